import { changeRecords } from './change-records.ts'
import type { DeviceContext } from './context.ts'

/** What somebody is writing: one for each document, kept on this phone only. */
export interface Draft {
  /** `department/kind/id` */
  name: string
  /** As published when editing began; absent: a new document. */
  base?: { gen: number; v: number; body: unknown }
  /** As edited; absent: the document is to be removed. Need not fit its schema yet. */
  body?: unknown
  /** RFC 3339, by this phone's clock; for show only. */
  changedAt: string
  /** One higher with each write: a publication removes the draft only if it is still the one it sent. */
  rev: number
}

export interface DraftKeeper {
  /** Of one department, or of all; in the order in which they were begun. */
  list(department?: string): Promise<Draft[]>
  get(name: string): Promise<Draft | undefined>
  /** [D11] On disk when it is answered. @throws DeviceError full, read-only, … */
  put(draft: Omit<Draft, 'rev' | 'changedAt'>): Promise<Draft>
  /** @param rev remove it only if this is what it holds. @returns whether it was removed */
  remove(name: string, rev?: number): Promise<boolean>
}

/** Name of the record that lists the documents that have a draft. */
const indexRecord = 'drafts'

export function draftRecord(name: string): string {
  return `draft:${name}`
}

export function createDrafts(context: DeviceContext, organisation: string): DraftKeeper {
  const { connection } = context.organisation(organisation)
  return {
    list: (department) =>
      connection.read(async (reader) => {
        const index = (await reader.get('records', indexRecord))?.value as string[] | undefined
        const names = (index ?? []).filter((name) => isOf(name, department))
        const rows = await reader.many('records', names.map(draftRecord))
        return rows.flatMap((row) => (row ? [row.value as Draft] : []))
      }),
    get: (name) =>
      connection.read(
        async (reader) =>
          (await reader.get('records', draftRecord(name)))?.value as Draft | undefined,
      ),
    put: async ({ name, base, body }) => {
      const record = draftRecord(name)
      const changedAt = context.now().toISOString()
      const kept = await connection.write((database) =>
        changeRecords(database, [record, indexRecord], (values) => {
          const rev = ((values.get(record) as Draft | undefined)?.rev ?? 0) + 1
          const draft: Draft = {
            name,
            ...(base && { base }),
            ...(body !== undefined && { body }),
            changedAt,
            rev,
          }
          values.set(record, draft)
          const index = (values.get(indexRecord) ?? []) as string[]
          if (!index.includes(name)) values.set(indexRecord, [...index, name])
          return draft
        }),
      )
      context.announce('drafts')
      return kept
    },
    remove: async (name, rev) => {
      const isRemoved = await connection.write((database) =>
        changeRecords(database, [draftRecord(name), indexRecord], (values) => {
          const held = values.get(draftRecord(name)) as Draft | undefined
          if (!held || (rev !== undefined && held.rev !== rev)) return false
          values.delete(draftRecord(name))
          const index = (values.get(indexRecord) ?? []) as string[]
          values.set(
            indexRecord,
            index.filter((other) => other !== name),
          )
          return true
        }),
      )
      if (isRemoved) context.announce('drafts')
      return isRemoved
    },
  }
}

function isOf(name: string, department: string | undefined): boolean {
  return department === undefined || name.startsWith(`${department}/`)
}
