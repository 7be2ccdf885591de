import type { EpochKey } from '#trust/epoch-key.ts'
import type { AgreementKey, Kid, SigningKey } from '#trust/keys.ts'
import { createRestorePayload, type RestorePayload } from '#trust/restore-payload.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import type { EpochSecret } from '#release/epoch-secret.ts'
import type { VerifiedRelease } from '#release/open-release.ts'
import { DeviceError } from './device-error.ts'
import { deviceSigningKey, identityRecord, type DeviceIdentity } from './device-identity.ts'
import { epochKeys } from './epoch-keys.ts'
import { loadDepartment } from './load-department.ts'
import { highestRoot, loadRoots } from './load-roots.ts'
import { readHeldKeys, recoveryKeyName, roleKeyName } from './roles.ts'
import type { OrganisationContext } from './context.ts'

/** What this phone can sign and hand on in an organisation: its own keys, and those of its roles. */
export interface Authority {
  organisation: string
  /** The highest root held. */
  root: VerifiedRoot
  device: DeviceIdentity
  /** Its private half cannot be read out. */
  deviceKey: SigningKey
  /** Coordinator's only. Its private half cannot be read out. */
  rootKey?: SigningKey
  /** The key that may publish a department: the phone's own, a publisher's that was restored, else the root key. */
  signerFor(department: string): SigningKey | undefined
  /** Opens the recovery wrap of every epoch. */
  recovery?: AgreementKey
  /** The recovery key as it is printed; where a coordinator's payload brought it. */
  recoverySecret?: RestorePayload
  /** Number and keys of the epoch of the release held; undefined for who only reads. */
  epochSecret(department: string): Promise<EpochSecret | undefined>
  /** Keys held of an epoch, also of one that is over, for reading only; the one learnt last first. */
  heldKeys(department: string, epoch: number): Promise<EpochKey[]>
  /** The release held. */
  release(department: string): VerifiedRelease | undefined
  /** A stored object by its hash; the keys object is kept only while it is needed. */
  blob(hash: string): Promise<Uint8Array | undefined>
}

/**
 * What this phone can sign and hand on now. A picture of the moment: after a change of root or release, ask
 * again.
 *
 * @throws DeviceError unknown-name (not joined, or no root is here yet), damaged (its own key is gone)
 */
export async function openAuthority(
  organisation: OrganisationContext,
  now: Date,
): Promise<Authority> {
  const { id, connection, chest } = organisation
  const [roots, identity, held, memberships] = await connection.read((reader) =>
    Promise.all([
      loadRoots(reader, id),
      reader.get('records', identityRecord),
      readHeldKeys(reader),
      reader.all('memberships'),
    ]),
  )
  const root = highestRoot(roots)
  if (!root || !identity) throw new DeviceError('unknown-name', 'no root of it is here')
  const deviceKey = await chest.get('signing', deviceSigningKey)
  if (!deviceKey) throw new DeviceError('damaged', "the phone's own key is gone")
  const keyByKid = new Map<Kid, SigningKey>([[deviceKey.kid, deviceKey]])
  for (const kid of held.kids) {
    const key = await chest.get('signing', roleKeyName(kid))
    if (key) keyByKid.set(kid, key)
  }
  const loaded = await connection.read((reader) =>
    Promise.all(
      memberships.map((row) =>
        loadDepartment(organisation, reader, roots, row, root, { now, invitedRoot: 0 }),
      ),
    ),
  )
  const releases = new Map(loaded.map(({ state }) => [state.department, state.release]))
  const keyed = (kids: readonly Kid[] = []) =>
    [...keyByKid.values()].find(({ kid }) => kids.includes(kid))
  const rootKey = keyed(root.root.kids)
  const recovery = held.recovery ? await chest.get('agreement', recoveryKeyName) : undefined
  // Whoever typed it from its paper has the paper: only the coordinator's phone prints it again.
  const isPrintable = rootKey !== undefined && recovery?.key.extractable === true
  return {
    organisation: id,
    root,
    device: identity.value as DeviceIdentity,
    deviceKey,
    ...(rootKey && { rootKey }),
    signerFor: (department) =>
      keyed(
        Object.hasOwn(root.departments, department) ? root.departments[department]?.publish : [],
      ) ?? rootKey,
    ...(recovery && { recovery }),
    ...(isPrintable && {
      recoverySecret: await createRestorePayload('recovery-key', id, { recovery }),
    }),
    epochSecret: (department) => epochSecretOf(organisation, releases.get(department)),
    heldKeys: async (department, epoch) =>
      (await epochKeys(organisation, department, epoch)).map(({ key }) => key),
    release: (department) => releases.get(department),
    blob: (hash) => connection.read(async (reader) => (await reader.get('blobs', hash))?.bytes),
  }
}

/** Of the keys held for the epoch, the one that opened the release, where it can be handed on. */
async function epochSecretOf(
  { connection, chest }: OrganisationContext,
  release: VerifiedRelease | undefined,
): Promise<EpochSecret | undefined> {
  if (!release) return undefined
  const { department, epoch, headHash } = release
  const snapshots = await connection.read((reader) => reader.all('snapshots'))
  const row = snapshots.find((one) => one.department === department && one.headHash === headHash)
  const bytes = row && (await chest.get('epoch', row.key))?.bytes
  return bytes && { epoch, key: bytes, member: release.manifest.member }
}
