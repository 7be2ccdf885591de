import type { Dexie } from 'dexie'
import { commonDepartment } from '#domain/schema/document.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { blobsOf, isNewer, type VerifiedHead } from '#release/head.ts'
import type { VerifiedRelease } from '#release/open-release.ts'
import { DeviceError, toDeviceError } from './device-error.ts'
import { epochKeys, keepEpochKey } from './epoch-keys.ts'
import { ensureMembership } from './join.ts'
import { loadRoots } from './load-roots.ts'
import { openSnapshot } from './open-snapshot.ts'
import { readHeldKeys } from './roles.ts'
import { tidy } from './tidy.ts'
import type { DeviceContext, OrganisationContext } from './context.ts'
import type { MembershipRow, PointerRow, SnapshotRow } from './rows.ts'

/**
 * Puts a release whose blobs are all here in force. It is written under an id of its own and opened from
 * what was written; only then one small transaction, on disk before it is answered, makes it `current`
 * and what was current `previous`. Whatever ends this half-way leaves what was there.
 *
 * `kept`: what is current is the same or higher, as when another tab was quicker.
 *
 * @throws DeviceError `full`, `damaged` (a blob is missing), `not-usable` (no key opens it), …;
 *   TrustError and ReleaseError of what does not open
 */
export async function storeSnapshot(
  context: DeviceContext,
  organisation: OrganisationContext,
  offer: { head: Uint8Array; verified: VerifiedHead; root: VerifiedRoot },
): Promise<'stored' | 'kept'> {
  await openCurrent(organisation, offer.verified.department)
  const { row, release } = await writeAndReadBack(context, organisation, offer)
  // Before it is in force: what is current is not opened again, and would never lead there.
  await joinCommon(context, organisation, release)
  const flipped = await organisation.connection.write((database) =>
    flip(database, row, context.now().toISOString(), (current) =>
      organisation.openedBySnapshot.has(current),
    ),
  )
  // Tidying is no part of storing: what is left over is removed the next time.
  const { department } = offer.verified
  await organisation.connection
    .write((database) => tidy(database, department))
    .catch(() => undefined)
  context.announce('content')
  return flipped
}

/** So that the flip knows whether what is current is intact. */
async function openCurrent(organisation: OrganisationContext, department: string): Promise<void> {
  await organisation.connection.read(async (reader) => {
    const pointer = await reader.get('pointers', department)
    const row = pointer && (await reader.get('snapshots', pointer.current))
    if (!row) return
    const roots = await loadRoots(reader, organisation.id)
    await openSnapshot(organisation, reader, roots, row).catch(() => undefined)
  })
}

async function writeAndReadBack(
  context: DeviceContext,
  organisation: OrganisationContext,
  { head, verified, root }: { head: Uint8Array; verified: VerifiedHead; root: VerifiedRoot },
): Promise<{ row: SnapshotRow; release: VerifiedRelease }> {
  const { department, gen, v } = verified
  const keys = await epochKeys(organisation, department, verified.epoch)
  let problem: unknown = new DeviceError('not-usable', `no key for epoch ${verified.epoch}`)
  for (const key of keys) {
    const row: SnapshotRow = {
      id: `${department}/${gen}-${v}/${crypto.randomUUID()}`,
      department,
      gen,
      v,
      headHash: verified.hash,
      rootV: root.v,
      head: new Uint8Array(head),
      // The keys object is for those who join an epoch; it may be larger than all the rest.
      blobs: blobsOf(verified).filter(({ kind }) => kind !== 'keys'),
      key: key.name,
      storedAt: context.now().toISOString(),
    }
    await organisation.connection.write((database) => database.table('snapshots').put(row))
    try {
      const release = await organisation.connection.read(async (reader) => {
        const back = await reader.get('snapshots', row.id)
        if (!back) throw new DeviceError('damaged', 'the snapshot was not there when read back')
        return openSnapshot(organisation, reader, await loadRoots(reader, organisation.id), back)
      })
      return { row, release }
    } catch (error) {
      problem = error
      await organisation.connection.write((database) => database.table('snapshots').delete(row.id))
    }
  }
  throw problem
}

/**
 * Dexie has no durability for a single transaction, and a relaxed one may be lost with the battery; so
 * this one is made on the connection below it. On disk with it come the writes before it.
 *
 * @param isOpen whether a stored snapshot has been opened in this session, so that a damaged one is
 *   replaced by the same release, and never becomes the previous one
 */
function flip(
  database: Dexie,
  row: SnapshotRow,
  now: string,
  isOpen: (snapshot: string) => boolean,
): Promise<'stored' | 'kept'> {
  return new Promise((resolve, reject) => {
    const tables = ['pointers', 'snapshots', 'memberships']
    const transaction = database
      .backendDB()
      .transaction(tables, 'readwrite', { durability: 'strict' })
    let outcome: 'stored' | 'kept' = 'kept'
    transaction.oncomplete = () => resolve(outcome)
    transaction.onerror = transaction.onabort = () =>
      reject(
        transaction.error
          ? toDeviceError(transaction.error)
          : new DeviceError('damaged', 'the snapshot was not there when it was to be put in force'),
      )
    const pointers = transaction.objectStore('pointers')
    const held = pointers.get(row.department) as IDBRequest<PointerRow | undefined>
    held.onsuccess = () => {
      const pointer = held.result
      if (!pointer) return write(undefined)
      const request = transaction.objectStore('snapshots').get(pointer.current)
      request.onsuccess = () => {
        const current = request.result as SnapshotRow | undefined
        const repairs = current && !isOpen(current.id) && current.headHash === row.headHash
        if (current && !repairs && !isNewer(row, current)) return
        write(current && isOpen(current.id) ? current.id : pointer.previous)
      }
    }
    const write = (previous: string | undefined) => {
      // Where two tabs are at it at once, the other one may have tidied it away.
      const written = transaction.objectStore('snapshots').count(row.id)
      written.onsuccess = () => {
        if (written.result === 1) point(previous)
        else transaction.abort()
      }
    }
    const point = (previous: string | undefined) => {
      outcome = 'stored'
      const next: PointerRow = { department: row.department, current: row.id }
      pointers.put(previous === undefined ? next : { ...next, previous })
      const memberships = transaction.objectStore('memberships')
      const membership = memberships.get(row.department) as IDBRequest<MembershipRow | undefined>
      membership.onsuccess = () => {
        if (!membership.result) return
        const joined: MembershipRow = { ...membership.result, status: 'joined' }
        memberships.put({ ...joined, receivedAt: now, checkedAt: now })
      }
    }
  })
}

/**
 * Every release carries the key of what all departments share: opening one joins that too. May be repeated,
 * and is where it was stopped half-way.
 */
async function joinCommon(
  context: DeviceContext,
  organisation: OrganisationContext,
  release: VerifiedRelease,
): Promise<void> {
  const { common } = release
  if (!common || release.department === commonDepartment) return
  const reader = organisation.connection
  const content = await reader.read((rows) => rows.get('pointers', commonDepartment))
  // What a release carries stands above what a link said: a false one must not keep the first one away.
  if (!content) {
    await ensureMembership(context, organisation, commonDepartment, { floor: common.floor })
  }
  const { kids } = await reader.read(readHeldKeys)
  await keepEpochKey(organisation, commonDepartment, common.epoch, common.epochKey, {
    extractable: kids.length > 0,
  })
}
