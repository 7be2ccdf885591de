import type { Dexie } from 'dexie'
import type { PointerRow, RecordRow, SnapshotRow } from './rows.ts'

/** Name of the record that lists the blobs of a department's release that is not whole yet. */
export function stagedRecord(department: string): string {
  return `staged/${department}`
}

/**
 * Removes a department's releases that are neither current nor previous, and blobs that belong to no
 * release and wait for none. Another department's release may lie there and be put in force in the next
 * moment: that is left alone. All in one transaction, so that no blob written meanwhile is taken for an orphan.
 *
 * @param stored the department whose release is whole now, so that nothing is waited for any more
 */
export function tidy(database: Dexie, stored: string): PromiseLike<void> {
  const tables = ['pointers', 'snapshots', 'blobs', 'records']
  return database.transaction('rw', tables, async () => {
    await database.table('records').delete(stagedRecord(stored))
    const pointers: PointerRow[] = await database.table('pointers').toArray()
    const kept = new Set(pointers.flatMap(({ current, previous }) => [current, previous]))
    const snapshots: SnapshotRow[] = await database.table('snapshots').toArray()
    const isLeft = ({ id, department }: SnapshotRow) => kept.has(id) || department !== stored
    const gone = snapshots.filter((row) => !isLeft(row)).map(({ id }) => id)
    await database.table('snapshots').bulkDelete(gone)
    const named = new Set(
      snapshots.filter(isLeft).flatMap(({ blobs }) => blobs.map(({ hash }) => hash)),
    )
    const staged: RecordRow[] = await database
      .table('records')
      .where('name')
      .startsWith(stagedRecord(''))
      .toArray()
    for (const { value } of staged) for (const hash of value as string[]) named.add(hash)
    const hashes = (await database.table('blobs').toCollection().primaryKeys()) as string[]
    await database.table('blobs').bulkDelete(hashes.filter((hash) => !named.has(hash)))
  })
}
