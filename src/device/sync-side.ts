import { sha256 } from '#trust/bytes.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import type { VerifiedHead } from '#release/head.ts'
import { DeviceError } from './device-error.ts'
import { identityRecord, type DeviceIdentity } from './device-identity.ts'
import { epochKeys } from './epoch-keys.ts'
import { learnEpochKey } from './learn-epoch-key.ts'
import { keepRoots } from './keep-roots.ts'
import { highestAgreedRoot, highestRoot, loadRoots } from './load-roots.ts'
import { syncLockName } from './names.ts'
import { openSnapshot } from './open-snapshot.ts'
import { awaitsRoot } from './roles.ts'
import { storeSnapshot } from './store-snapshot.ts'
import { stagedRecord } from './tidy.ts'
import { newerAppRecord } from './load-state.ts'
import type { DeviceContext, OrganisationContext } from './context.ts'
import type { DeviceFollowSide } from './follow-side.ts'
import type { Seldom } from './seldom.ts'
import type { BlobName, MembershipRow, OrganisationRow, RecordRow, RowReader } from './rows.ts'

/**
 * What sync asks of the device. Fits `SyncDevice` of sync/sync-device.ts, which this room does not
 * import; where the two are put together, the compiler compares them.
 */
export interface DeviceSyncSide {
  organisations(): Promise<SyncedOrganisation[]>
  keepRoots(organisation: string, roots: { root: VerifiedRoot; bytes: Uint8Array }[]): Promise<void>
  missingBlobs(organisation: string, wanted: readonly BlobName[]): Promise<BlobName[]>
  stageBlob(
    organisation: string,
    department: string,
    hash: string,
    bytes: Uint8Array,
  ): Promise<void>
  holdsKey(organisation: string, head: VerifiedHead, which?: 'own'): Promise<boolean>
  storeSnapshot(
    organisation: string,
    release: { head: Uint8Array; verified: VerifiedHead; root: VerifiedRoot },
  ): Promise<'stored' | 'kept'>
  recordCheck(organisation: string, department: string, at: Date): Promise<void>
  recordNeedsNewCode(organisation: string, department: string): Promise<void>
  endAccess(organisation: string): Promise<void>
  recordNewerApp(organisation: string, of: 'content' | 'beats', isNeeded: boolean): Promise<void>
  note(organisation: string, note: DeviceNote): Promise<void>
  follow(organisation: string): Promise<DeviceFollowSide | undefined>
}

interface SyncedOrganisation {
  id: string
  lock: string
  base: string
  mirrors: string[]
  invitedRoot: { v: number; hash: string; isClaim?: true }
  root: VerifiedRoot | undefined
  agreedStores: string[]
  deviceId: string
  departments: {
    department: string
    floor: { gen: number; v: number }
    current: { gen: number; v: number; headHash: string } | undefined
  }[]
}

/** Something a manager should know; see SyncNote in sync/sync-device.ts for the codes. */
export interface DeviceNote {
  code: string
  at: string
  store?: string
  department?: string
  detail?: string
}

/** Name of the record that holds an organisation's notes. */
export const notesRecord = 'notes'
/** Of each code: a bad mirror would otherwise write one at every sync, for ever, and push out what is worse. */
const keptNotes = 10

export function createSyncSide(
  context: DeviceContext,
  seldom: () => Promise<Seldom>,
): DeviceSyncSide {
  const of = (id: string) => context.organisation(id)
  /** [D10] A root that does not name the key yet is no failure of sync: a later one may. */
  const settle = async (id: string, root: VerifiedRoot) => {
    if (!(await of(id).connection.read((reader) => awaitsRoot(reader, root)))) return false
    await (await seldom()).completeRestore(id, root).catch(() => undefined)
    return true
  }
  return {
    organisations: async () => {
      const rows = await context.organisationRows()
      return Promise.all(
        rows.map(async (row) => {
          const described = () =>
            of(row.id).connection.read((reader) => describe(context.scope, of(row.id), row, reader))
          const first = await described()
          if (!first.root || !(await settle(row.id, first.root))) return first
          context.announce('content')
          return described()
        }),
      )
    },
    keepRoots: async (id, roots) => {
      await keepRoots(of(id), roots, context.now())
      const highest = roots.at(-1)?.root
      if (highest) await settle(id, highest)
      context.announce('content')
    },
    missingBlobs: (id, wanted) =>
      of(id).connection.read(async (reader) => {
        const names = wanted.map(({ hash }) => hash)
        const rows = await reader.many('blobs', names)
        const isHere = await Promise.all(
          rows.map(async (row) => row !== undefined && (await sha256(row.bytes)) === row.hash),
        )
        return wanted.filter((_, index) => !isHere[index])
      }),
    stageBlob: (id, department, hash, bytes) => stageBlob(of(id), department, hash, bytes),
    holdsKey: async (id, head, which) => {
      if (which === 'own') return learnEpochKey(of(id), head)
      const held = await epochKeys(of(id), head.department, head.epoch)
      return held.length > 0 || (await learnEpochKey(of(id), head))
    },
    storeSnapshot: (id, release) => storeSnapshot(context, of(id), release),
    recordCheck: async (id, department, at) => {
      const isNew = await changeMembership(of(id), department, (row) =>
        isSameMinute(row.checkedAt, at) ? undefined : { ...row, checkedAt: at.toISOString() },
      )
      if (isNew) context.announce('check')
    },
    recordNeedsNewCode: async (id, department) => {
      await changeMembership(of(id), department, (row) =>
        row.status === 'ended' ? undefined : { ...row, status: 'needs-new-code' },
      )
      context.announce('content')
    },
    endAccess: async (id) => (await seldom()).endAccess(id),
    recordNewerApp: async (id, source, isNeeded) => {
      const { connection } = of(id)
      const held = await connection.read((reader) => reader.get('records', newerAppRecord))
      const before = (held?.value ?? []) as string[]
      if (before.includes(source) === isNeeded) return
      const others = before.filter((other) => other !== source)
      const value = isNeeded ? [...others, source] : others
      await connection.write((database) =>
        database.table('records').put({ name: newerAppRecord, value }),
      )
      context.announce('content')
    },
    note: (id, note) => addNote(of(id), note),
    follow: async (id) => (await seldom()).follow(id),
  }
}

async function describe(
  scope: string,
  organisation: OrganisationContext,
  row: OrganisationRow,
  reader: RowReader,
): Promise<SyncedOrganisation> {
  const roots = await loadRoots(reader, row.id)
  const identity = await reader.get('records', identityRecord)
  const memberships = await reader.all('memberships')
  return {
    id: row.id,
    lock: syncLockName(scope, row.id),
    base: row.base,
    mirrors: row.mirrors,
    invitedRoot: row.root,
    root: highestRoot(roots),
    agreedStores: highestAgreedRoot(roots)?.stores.map(({ url }) => url) ?? [],
    deviceId: (identity?.value as DeviceIdentity | undefined)?.device ?? '',
    departments: await Promise.all(
      memberships.map(async ({ department, floor }) => ({
        department,
        floor,
        current: await currentOf(organisation, reader, roots, department),
      })),
    ),
  }
}

/** What is current and opens; a damaged one counts as not there, so that it is fetched again. */
async function currentOf(
  organisation: OrganisationContext,
  reader: RowReader,
  roots: ReadonlyMap<number, VerifiedRoot>,
  department: string,
) {
  const pointer = await reader.get('pointers', department)
  const row = pointer && (await reader.get('snapshots', pointer.current))
  if (!row) return undefined
  try {
    await openSnapshot(organisation, reader, roots, row)
  } catch (error) {
    // A silent database says nothing about the content.
    if (error instanceof DeviceError && error.code !== 'damaged') throw error
    return undefined
  }
  return { gen: row.gen, v: row.v, headHash: row.headHash }
}

function stageBlob(
  { connection }: OrganisationContext,
  department: string,
  hash: string,
  bytes: Uint8Array,
): Promise<void> {
  const name = stagedRecord(department)
  // In a buffer of their own: a view would be stored with everything around it.
  const row = { hash, bytes: new Uint8Array(bytes) }
  return connection.write((database) =>
    database.transaction('rw', ['blobs', 'records'], async () => {
      await database.table('blobs').put(row)
      const held = (await database.table('records').get(name)) as RecordRow | undefined
      const hashes = new Set(held?.value as string[] | undefined).add(hash)
      await database.table('records').put({ name, value: [...hashes] })
    }),
  )
}

function changeMembership(
  { connection }: OrganisationContext,
  department: string,
  change: (row: MembershipRow) => MembershipRow | undefined,
): Promise<boolean> {
  return connection.write((database) =>
    database.transaction('rw', ['memberships'], async () => {
      const row = (await database.table('memberships').get(department)) as MembershipRow | undefined
      const changed = row && change(row)
      if (changed) await database.table('memberships').put(changed)
      return changed !== undefined
    }),
  )
}

/** Sync looks twice a minute; writing it down as often would only wear the phone. */
function isSameMinute(before: string | undefined, at: Date): boolean {
  return before !== undefined && Math.abs(at.getTime() - Date.parse(before)) < 60_000
}

/** The same thing said again only gets a new time. */
function addNote({ connection }: OrganisationContext, note: DeviceNote): Promise<void> {
  const same = (other: DeviceNote) =>
    (['code', 'store', 'department', 'detail'] as const).every((part) => other[part] === note[part])
  return connection.write((database) =>
    database.transaction('rw', ['records'], async () => {
      const row = (await database.table('records').get(notesRecord)) as RecordRow | undefined
      const notes = ((row?.value ?? []) as DeviceNote[]).filter((other) => !same(other))
      const alike = notes.filter(({ code }) => code === note.code)
      const oldest = alike.length < keptNotes ? undefined : alike[0]
      const value = [...notes.filter((other) => other !== oldest), note]
      await database.table('records').put({ name: notesRecord, value })
    }),
  )
}
