import { DeviceError } from './device-error.ts'
import type { DeviceContext } from './context.ts'
import type { OccasionRow } from './rows.ts'

/**
 * One time a document was worked through. Ticks belong to it, not to the document: the next time begins
 * empty, and what was ticked this time stays, also through a crash, an update, a dead battery.
 */
export interface Occasion {
  id: string
  /** Name of the document, `department/kind/id`. */
  name: string
  /** The document's organisation, where the app has said so. */
  organisation?: string
  startedAt: string
  changedAt: string
  endedAt?: string
  /** Keys of the steps that are done. */
  ticks: string[]
}

export interface OccasionKeeper {
  /** All of them, the one changed last first; none when the database does not answer. */
  list(): Promise<Occasion[]>
  start(name: string, organisation?: string): Promise<Occasion>
  tick(id: string, step: string, done: boolean): Promise<Occasion>
  end(id: string): Promise<Occasion>
  /** Takes an ending back ("Börja om" was a slip). */
  reopen(id: string): Promise<Occasion>
}

/** Ended ones are kept this long, so that somebody can look back over a shift; then the oldest go. */
const keptEnded = 50

/** @throws DeviceError unknown-name for an id that is not there, `full`, `read-only` from each change */
export function createOccasions(context: DeviceContext): OccasionKeeper {
  const { phone } = context

  async function change(id: string, alter: (row: OccasionRow) => OccasionRow): Promise<Occasion> {
    const now = context.now().toISOString()
    const changed = await phone.write((database) =>
      database.transaction('rw', ['occasions'], async () => {
        const row = (await database.table('occasions').get(id)) as OccasionRow | undefined
        if (!row) return undefined
        const next = { ...alter(row), changedAt: now }
        await database.table('occasions').put(next)
        return next
      }),
    )
    if (!changed) throw new DeviceError('unknown-name', `no occasion ${id}`)
    context.announce('occasions')
    return changed
  }

  return {
    list: async () => {
      const rows = await phone.read((reader) => reader.all('occasions')).catch(() => [])
      return rows.sort((a, b) => (a.changedAt < b.changedAt ? 1 : -1))
    },
    start: async (name, organisation) => {
      const now = context.now().toISOString()
      const row: OccasionRow = {
        id: crypto.randomUUID(),
        name,
        startedAt: now,
        changedAt: now,
        ticks: [],
        ...(organisation !== undefined && { organisation }),
      }
      await phone.write((database) => database.table('occasions').put(row))
      await forgetOldest(context).catch(() => undefined)
      context.announce('occasions')
      return row
    },
    tick: (id, step, done) =>
      change(id, (row) => {
        const others = row.ticks.filter((tick) => tick !== step)
        return { ...row, ticks: done ? [...others, step] : others }
      }),
    end: (id) => {
      const endedAt = context.now().toISOString()
      return change(id, (row) => ({ ...row, endedAt }))
    },
    reopen: (id) => change(id, ({ endedAt: _endedAt, ...row }) => row),
  }
}

async function forgetOldest({ phone }: DeviceContext): Promise<void> {
  const rows = await phone.read((reader) => reader.all('occasions'))
  const ended = rows
    .filter(({ endedAt }) => endedAt !== undefined)
    .sort((a, b) => (a.changedAt < b.changedAt ? 1 : -1))
  const gone = ended.slice(keptEnded).map(({ id }) => id)
  if (gone.length) await phone.write((database) => database.table('occasions').bulkDelete(gone))
}
