import type { VerifiedRoot } from '#trust/root.ts'
import { openRelease, type VerifiedRelease } from '#release/open-release.ts'
import { verifyHead } from '#release/head.ts'
import { DeviceError } from './device-error.ts'
import type { OrganisationContext } from './context.ts'
import type { RowReader, SnapshotRow } from './rows.ts'

/**
 * Opens a stored release, with everything that was checked when it came: signature (under the root it was
 * accepted with), hashes, keys. What the memory has damaged is found here.
 *
 * @throws DeviceError `damaged`: a root, a key or a blob is gone or is not what was stored;
 *   TrustError and ReleaseError of what does not open
 */
export async function openSnapshot(
  organisation: OrganisationContext,
  reader: RowReader,
  roots: ReadonlyMap<number, VerifiedRoot>,
  row: SnapshotRow,
): Promise<VerifiedRelease> {
  const held = organisation.openedBySnapshot.get(row.id)
  if (held) return held
  const root = roots.get(row.rootV)
  if (!root) throw new DeviceError('damaged', `root ${row.rootV} is gone`)
  const head = await verifyHead(row.head, { root, department: row.department })
  const epochKey = await organisation.chest.get('epoch', row.key)
  if (!epochKey) throw new DeviceError('damaged', 'the key is gone')
  const rows = await reader.many(
    'blobs',
    row.blobs.map(({ hash }) => hash),
  )
  const bytesByHash = new Map(rows.map((blob) => [blob?.hash, blob?.bytes]))
  const blob = (hash: string) => Promise.resolve(bytesByHash.get(hash))
  const release = await openRelease({ head, epochKey, blob })
  organisation.openedBySnapshot.set(row.id, release)
  return release
}
