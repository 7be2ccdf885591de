import type { DocumentConflict } from '#release/merge.ts'
import { changeRecords } from './change-records.ts'
import { draftRecord, type Draft } from './drafts.ts'
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
  /**
   * [D12] The drafts as they were when it was asked: what is typed on meanwhile is not sent. Filled in by `put`.
   */
  drafts?: Draft[]
}

export interface PublicationKeeper {
  list(): Promise<Publication[]>
  get(department: string): Promise<Publication | undefined>
  /**
   * [D11] On disk when it is answered. The drafts are taken as they are now when something is asked: another `askedAt`
   * than the one held, or `waiting` again after a conflict or a refusal.
   *
   * @throws DeviceError full, read-only, …
   */
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
    const sources = (publication?.names ?? []).map(draftRecord)
    await connection.write((database) =>
      changeRecords(database, [record, indexRecord, ...sources], (values) => {
        const index = (values.get(indexRecord) ?? []) as string[]
        const others = index.filter((other) => other !== department)
        values.set(indexRecord, publication ? [...others, department] : others)
        if (!publication) return void values.delete(record)
        const held = values.get(record) as Publication | undefined
        const taken = () => sources.flatMap((name) => (values.get(name) as Draft | undefined) ?? [])
        const drafts = isAsked(publication, held) ? taken() : held?.drafts
        values.set(record, { ...publication, drafts })
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

function isAsked(publication: Publication, held: Publication | undefined): boolean {
  if (held?.askedAt !== publication.askedAt) return true
  return publication.state === 'waiting' && held.state !== 'waiting'
}
