import { isNewer } from '#release/head.ts'
import { changeRecords } from './change-records.ts'
import type { DeviceContext } from './context.ts'

/** What somebody is writing: one for each document, kept on this phone only. */
export interface Draft {
  /** `department/kind/id` */
  name: string
  /**
   * As published when editing began; absent: a new document. Where an earlier state of the draft was published since,
   * the release that has it, and the body as it was sent: from there the two went their own ways.
   */
  base?: { gen: number; v: number; body: unknown }
  /** As edited; absent: the document is to be removed. Need not fit its schema yet. */
  body?: unknown
  /** RFC 3339, by this phone's clock; for show only. */
  changedAt: string
  /**
   * Higher with each write and never used twice, also by another draft of that name: a publication removes the draft
   * only if it is still the one it sent.
   */
  rev: number
}

export interface DraftKeeper {
  /** Of one department, or of all; in the order in which they were begun. */
  list(department?: string): Promise<Draft[]>
  get(name: string): Promise<Draft | undefined>
  /**
   * [D11] On disk when it is answered. A base older than the one held is passed over: the editor may not have heard
   * yet that what it began with has been published.
   *
   * @throws DeviceError full, read-only, …
   */
  put(draft: Omit<Draft, 'rev' | 'changedAt'>): Promise<Draft>
  /** @param rev remove it only if this is what it holds. @returns whether it was removed */
  remove(name: string, rev?: number): Promise<boolean>
  /**
   * [D12] What was sent is published: a draft that is still the same goes; one that was written on stays, and goes on
   * from what was sent. May be repeated.
   */
  settle(sent: Draft, place: { gen: number; v: number }): Promise<void>
}

/** Name of the record that lists the documents that have a draft. */
export const draftIndexRecord = 'drafts'

interface DraftIndex {
  names: string[]
  /** The highest `rev` that was given. */
  last: number
}

export function draftRecord(name: string): string {
  return `draft:${name}`
}

export function createDrafts(context: DeviceContext, organisation: string): DraftKeeper {
  const { connection } = context.organisation(organisation)

  /** Changes one draft, and the index with it. */
  async function change<R extends { isChanged: boolean }>(
    name: string,
    alter: (held: Draft | undefined, nextRev: number) => R & { draft?: Draft },
  ): Promise<R> {
    const record = draftRecord(name)
    const result = await connection.write((database) =>
      changeRecords(database, [record, draftIndexRecord], (values) => {
        const index = indexOf(values.get(draftIndexRecord))
        const altered = alter(values.get(record) as Draft | undefined, index.last + 1)
        if (!altered.isChanged) return altered
        const { draft } = altered
        const others = index.names.filter((other) => other !== name)
        const isListed = others.length < index.names.length
        if (draft) values.set(record, draft)
        else values.delete(record)
        values.set(draftIndexRecord, {
          names: !draft ? others : isListed ? index.names : [...others, name],
          last: Math.max(index.last, draft?.rev ?? 0),
        })
        return altered
      }),
    )
    if (result.isChanged) context.announce('drafts')
    return result
  }

  return {
    list: (department) =>
      connection.read(async (reader) => {
        const { names } = indexOf((await reader.get('records', draftIndexRecord))?.value)
        const wanted = names.filter((name) => isOf(name, department))
        const rows = await reader.many('records', wanted.map(draftRecord))
        return rows.flatMap((row) => (row ? [row.value as Draft] : []))
      }),
    get: (name) =>
      connection.read(
        async (reader) =>
          (await reader.get('records', draftRecord(name)))?.value as Draft | undefined,
      ),
    put: async ({ name, base: given, body }) => {
      const changedAt = context.now().toISOString()
      const { draft } = await change(name, (held, rev) => {
        const base = laterBase(given, held?.base)
        const written: Draft = {
          name,
          ...(base && { base }),
          ...(body !== undefined && { body }),
          changedAt,
          rev,
        }
        return { isChanged: true, draft: written }
      })
      return draft
    },
    remove: async (name, rev) => {
      const { isChanged } = await change(name, (held) => ({
        isChanged: held !== undefined && (rev === undefined || held.rev === rev),
      }))
      return isChanged
    },
    settle: async (sent, { gen, v }) => {
      await change(sent.name, (held) => {
        if (!held || held.rev === sent.rev) return { isChanged: held !== undefined }
        const { base: _before, ...rest } = held
        const base = sent.body === undefined ? undefined : { gen, v, body: sent.body }
        return { isChanged: true, draft: { ...rest, ...(base && { base }) } }
      })
    },
  }
}

function indexOf(value: unknown): DraftIndex {
  return (value as DraftIndex | undefined) ?? { names: [], last: 0 }
}

function isOf(name: string, department: string | undefined): boolean {
  return department === undefined || name.startsWith(`${department}/`)
}

/** The one of the later release; of two of the same, what is given now. */
function laterBase(given: Draft['base'], held: Draft['base']): Draft['base'] {
  return given && held && isNewer(held, given) ? held : (given ?? held)
}
