import type { VerifiedRoot } from '#trust/root.ts'
import { highestAgreedRoot, loadRoots } from './load-roots.ts'
import { organisationRecord, type OrganisationContext } from './context.ts'
import type { OrganisationRow, RecordRow, RootRow, SnapshotRow } from './rows.ts'

/** The newest are kept, to tell what an ended publisher signed from what a stranger did. */
const newestKept = 8

/**
 * Keeps roots that verify, and of all that are held only those that are needed: every one is read at each start, and one
 * stolen root key can sign any number of large ones. Needed are the newest, the highest that enough root keys
 * signed, those that stored releases were accepted under, and the one that the invitation named.
 *
 * @throws DeviceError `full`, …
 */
export async function keepRoots(
  organisation: OrganisationContext,
  roots: readonly { root: VerifiedRoot; bytes: Uint8Array }[],
  now: Date,
): Promise<void> {
  const { connection, id } = organisation
  const held = await connection.read((reader) => loadRoots(reader, id))
  for (const { root } of roots) held.set(root.v, root)
  const newest = [...held.keys()].toSorted((a, b) => b - a).slice(0, newestKept)
  const agreed = highestAgreedRoot(held)?.v
  const rows = roots.map(({ root, bytes }): RootRow => ({
    v: root.v,
    hash: root.hash,
    bytes: new Uint8Array(bytes),
    receivedAt: now.toISOString(),
  }))
  await connection.write((database) =>
    database.transaction('rw', ['roots', 'snapshots', 'records'], async () => {
      const snapshots: SnapshotRow[] = await database.table('snapshots').toArray()
      const invited = (await database.table('records').get(organisationRecord)) as
        RecordRow | undefined
      const needed = new Set([
        ...newest,
        agreed,
        ...snapshots.map(({ rootV }) => rootV),
        (invited?.value as OrganisationRow | undefined)?.root.v,
      ])
      await database.table('roots').bulkPut(rows.filter(({ v }) => needed.has(v)))
      const all = (await database.table('roots').toCollection().primaryKeys()) as number[]
      await database.table('roots').bulkDelete(all.filter((v) => !needed.has(v)))
    }),
  )
}
