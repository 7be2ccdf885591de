import type { Dexie } from 'dexie'
import type { PointerRow, RecordRow, SnapshotRow } from './rows.ts'

/** Name of the record that lists the blobs of a department's release that is not whole yet. */
export function stagedRecord(department: string): string {
  return `staged/${department}`
}

/**
 * Removes releases that are neither current nor previous, and blobs that belong to none and wait for
 * none. All in one transaction, so that nothing that is being written meanwhile is taken for an orphan.
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
    const gone = snapshots.filter(({ id }) => !kept.has(id)).map(({ id }) => id)
    await database.table('snapshots').bulkDelete(gone)
    const named = new Set(
      snapshots
        .filter(({ id }) => kept.has(id))
        .flatMap(({ blobs }) => blobs.map(({ hash }) => hash)),
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
