import type { DocumentConflict } from '#release/conflict.ts'
import { changeRecords } from './change-records.ts'
import type { DeviceContext } from './context.ts'

/** What somebody has asked to be published and that is not out yet: one for each department. */
export interface Publication {
  department: string
  /** Documents whose drafts are meant, `department/kind/id`. */
  names: string[]
  /** One line; empty where none was given. */
  reason: string
  /** RFC 3339. */
  askedAt: string
  /**
   * - `waiting`: for a network, or for the next try.
   * - `conflict`: somebody else changed the same fields; `conflicts` says which.
   * - `refused`: trying again does not help; `code` says why.
   */
  state: 'waiting' | 'conflict' | 'refused'
  /** Why the last try came to nothing: a code of ManageError, SendError, StoreError, …, or `blocked`. */
  code?: string
  tries: number
  /** RFC 3339. */
  triedAt?: string
  conflicts?: DocumentConflict[]
}

export interface PublicationKeeper {
  list(): Promise<Publication[]>
  get(department: string): Promise<Publication | undefined>
  /** [D11] On disk when it is answered. @throws DeviceError full, read-only, … */
  put(publication: Publication): Promise<void>
  remove(department: string): Promise<void>
}

/** Name of the record that lists the departments that have one. */
const indexRecord = 'publications'

export function publicationRecord(department: string): string {
  return `publication:${department}`
}

export function createPublications(
  context: DeviceContext,
  organisation: string,
): PublicationKeeper {
  const { connection } = context.organisation(organisation)
  /** The index is changed with it; a department stands in it once. */
  const change = async (department: string, publication: Publication | undefined) => {
    const record = publicationRecord(department)
    await connection.write((database) =>
      changeRecords(database, [record, indexRecord], (values) => {
        const index = (values.get(indexRecord) ?? []) as string[]
        const others = index.filter((other) => other !== department)
        if (publication) values.set(record, publication)
        else values.delete(record)
        values.set(indexRecord, publication ? [...others, department] : others)
      }),
    )
    context.announce('drafts')
  }
  return {
    list: () =>
      connection.read(async (reader) => {
        const index = (await reader.get('records', indexRecord))?.value as string[] | undefined
        const rows = await reader.many('records', (index ?? []).map(publicationRecord))
        return rows.flatMap((row) => (row ? [row.value as Publication] : []))
      }),
    get: (department) =>
      connection.read(
        async (reader) =>
          (await reader.get('records', publicationRecord(department)))?.value as
            Publication | undefined,
      ),
    put: (publication) => change(publication.department, publication),
    remove: (department) => change(department, undefined),
  }
}
