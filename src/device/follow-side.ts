import { commonDepartment } from '#domain/schema/document.ts'
import type { EpochKey } from '#trust/epoch-key.ts'
import type { PrivateJwk, PublicJwk, SigningKey } from '#trust/keys.ts'
import { mayPublish, type VerifiedRoot } from '#trust/root.ts'
import type { VerifiedEntry } from '#journal/entry.ts'
import type { VerifiedHead } from '#release/head.ts'
import { openAuthority, type Authority } from './authority.ts'
import { keepEpochKey } from './epoch-keys.ts'
import { changeRecords } from './change-records.ts'
import { entryRecord, outboxRecord, sayingRecord, type EntryRow } from './journal-rows.ts'
import { labelRecord } from './label.ts'
import { learnEpochKey } from './learn-epoch-key.ts'
import { loadRoots } from './load-roots.ts'
import { notePublished } from './published.ts'
import { readStanding, standingRecord, type Standing } from './standing.ts'
import type { Saying } from './sayings.ts'
import { notesRecord, type DeviceNote } from './sync-side.ts'
import type { DeviceContext, OrganisationContext } from './context.ts'
import type { RecordRow } from './rows.ts'

/** What the follow-up of a round asks; fits `FollowDevice` of sync/follow-device.ts. */
export interface DeviceFollowSide {
  root: VerifiedRoot
  deviceKey: SigningKey
  agreement: PublicJwk
  label: string
  departments: FollowedDepartment[]
  notes(): Promise<DeviceNote[]>
  wasNamed(department: string, kid: string): boolean
  readStanding(department: string): Promise<Standing>
  writeStanding(department: string, standing: Standing): Promise<void>
  readOutbox(department: string): Promise<unknown>
  writeOutbox(department: string, outbox: unknown): Promise<void>
  sayings(department: string): Promise<Saying[]>
  forgetSayings(department: string, ids: readonly string[]): Promise<void>
  entries(department: string): Promise<EntryRow[]>
  keepEntries(department: string, kept: EntryRow[], gone: VerifiedEntry[]): Promise<void>
  takeSecret(head: VerifiedHead, keys: Uint8Array): Promise<boolean>
}

interface FollowedDepartment {
  department: string
  keepDays: number | undefined
  head: VerifiedHead
  earlier: string[]
  member: PrivateJwk
  epochKey: EpochKey
  invitation: string | undefined
  signer: SigningKey | undefined
  lacksSecret: boolean
}

/** @throws DeviceError of openAuthority */
export async function openFollowSide(
  context: DeviceContext,
  organisation: OrganisationContext,
): Promise<DeviceFollowSide> {
  const { connection } = organisation
  const authority = await openAuthority(organisation, context.now())
  const [roots, label, memberships] = await connection.read((reader) =>
    Promise.all([
      loadRoots(reader, organisation.id),
      reader.get('records', labelRecord),
      reader.all('memberships'),
    ]),
  )
  const followed = await Promise.all(
    memberships.map(({ department, invitation }) =>
      describe(organisation, authority, department, invitation),
    ),
  )
  await notePublished(
    organisation,
    followed.flatMap((one) => (one?.signer ? [one.department] : [])),
  )
  const get = async (name: string) =>
    (await connection.read((reader) => reader.get('records', name)))?.value
  const put = (name: string, value: unknown) =>
    connection.write<unknown>((database) => database.table('records').put({ name, value }))
  return {
    root: authority.root,
    deviceKey: authority.deviceKey,
    agreement: authority.device.agreement,
    label: typeof label?.value === 'string' ? label.value : '',
    departments: followed.filter((one) => one !== undefined),
    notes: async () => ((await get(notesRecord)) ?? []) as DeviceNote[],
    wasNamed: (department, kid) =>
      [...roots.values()].some((root) => mayPublish(root, department, kid)),
    readStanding: (department) => connection.read((reader) => readStanding(reader, department)),
    writeStanding: async (department, standing) => {
      await put(standingRecord(department), standing)
      context.announce('check')
    },
    readOutbox: (department) => get(outboxRecord(department)),
    writeOutbox: async (department, outbox) => void (await put(outboxRecord(department), outbox)),
    sayings: async (department) => ((await get(sayingRecord(department))) ?? []) as Saying[],
    forgetSayings: (department, ids) =>
      connection.write((database) =>
        changeRecords(database, [sayingRecord(department)], (values) => {
          const held = (values.get(sayingRecord(department)) ?? []) as Saying[]
          const left = held.filter(({ id }) => !ids.includes(id))
          if (left.length > 0) values.set(sayingRecord(department), left)
          else values.delete(sayingRecord(department))
        }),
      ),
    entries: (department) => entriesOf(organisation, department),
    keepEntries: async (department, kept, gone) => {
      await keepEntries(organisation, department, kept, gone)
      context.announce('journal')
    },
    takeSecret: async (head, keys) => {
      const blob = (hash: string) => Promise.resolve(hash === head.keys[0] ? keys : undefined)
      const isTaken = await learnEpochKey(organisation, head, { blob, extractable: true })
      if (isTaken) context.announce('content')
      return isTaken
    },
  }
}

async function describe(
  organisation: OrganisationContext,
  authority: Authority,
  department: string,
  invitation: string | undefined,
): Promise<FollowedDepartment | undefined> {
  const { connection, chest } = organisation
  const release = authority.release(department)
  if (!release) return undefined
  const { head, headHash, epoch } = release
  const snapshots = await connection.read((reader) => reader.all('snapshots'))
  const own = snapshots.filter((row) => row.department === department)
  const row = own.find((one) => one.headHash === headHash)
  let epochKey = row && (await chest.get('epoch', row.key))
  if (!row || !epochKey) return undefined
  const signer = authority.signerFor(department)
  // [D4] What all share carries its key in every other release: whoever publishes one of those hands it on too.
  const isShared = department === commonDepartment && hasRole(authority)
  const handsOn = signer !== undefined || isShared
  const isHandedOn = handsOn && epochKey.bytes === undefined
  const common = isHandedOn && commonKey(authority, department, epoch)
  if (common) {
    await keepEpochKey(organisation, department, epoch, common, { extractable: true })
  } else if (!handsOn && epochKey.bytes) {
    // [D5] The right to publish has ended: reading goes on, with a key that stays here.
    const secret = { kind: 'epoch' as const, bytes: new Uint8Array(epochKey.bytes) }
    await chest.put(row.key, secret, { extractable: false })
  }
  epochKey = (await chest.get('epoch', row.key)) ?? epochKey
  const { prev = [] } = head
  return {
    department,
    keepDays: release.documents.find((one) => one.kind === 'department')?.body.keepEntries,
    head,
    earlier: [...own.map((one) => one.headHash), ...(Array.isArray(prev) ? prev : [prev])],
    member: release.manifest.member,
    epochKey,
    invitation,
    signer,
    lacksSecret: signer !== undefined && epochKey.bytes === undefined,
  }
}

function hasRole(authority: Authority): boolean {
  return Object.keys(authority.root.departments).some((id) => authority.signerFor(id) !== undefined)
}

function commonKey(
  authority: Authority,
  department: string,
  epoch: number,
): Uint8Array | undefined {
  if (department !== commonDepartment) return undefined
  return Object.keys(authority.root.departments)
    .map((id) => authority.release(id)?.common)
    .find((common) => common?.epoch === epoch)?.epochKey
}

function entriesOf({ connection }: OrganisationContext, department: string): Promise<EntryRow[]> {
  return connection.write(async (database) => {
    const rows: RecordRow[] = await database
      .table('records')
      .where('name')
      .startsWith(entryRecord(department))
      .toArray()
    return rows.map(({ value }) => value as EntryRow)
  })
}

function keepEntries(
  { connection }: OrganisationContext,
  department: string,
  kept: EntryRow[],
  gone: VerifiedEntry[],
): Promise<void> {
  return connection.write((database) =>
    database.transaction('rw', ['records'], async () => {
      // First what goes: what takes its place has the same name.
      await database.table('records').bulkDelete(gone.map((one) => entryRecord(department, one)))
      await database
        .table('records')
        .bulkPut(kept.map((value) => ({ name: entryRecord(department, value.entry), value })))
    }),
  )
}
