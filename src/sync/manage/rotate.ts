import { commonDepartment } from '#domain/schema/document.ts'
import type { EpochSecret } from '#release/epoch-secret.ts'
import { rotateEpoch } from '#release/rotate-epoch.ts'
import { ownValue } from '#trust/json.ts'
import type { PublicJwk, SigningKey } from '#trust/keys.ts'
import { mayPublish, type VerifiedRoot } from '#trust/root.ts'
import { beginGenerations } from './begin-generations.ts'
import { carryCommon, isCommonBehind } from './carry-common.ts'
import { mostTries, rootSigner } from './change-root.ts'
import { followStoreRoot } from './follow-store-root.ts'
import { openNotBehind } from './held-head.ts'
import { ManageError } from './manage-error.ts'
import { requireSaid } from './require-said.ts'
import { recipientsOf } from './rotation-recipients.ts'
import type { DeviceId, Managed, Office, OpenedDepartment } from './office.ts'

export interface Rotated extends Managed {
  /** The new epoch, to make invitations with. Secret. */
  epoch: EpochSecret
  /** `finished`: a rotation of `gemensamt` that was stopped midway was brought to its end, no new one begun. */
  outcome: 'rotated' | 'finished'
  /** Devices the new key was wrapped for. */
  recipients: DeviceId[]
  /** [M29] Devices whose key is no key: they need a new code. */
  unusable: DeviceId[]
  /** [M29] Devices there was no room for: they need a new code. */
  tooMany: DeviceId[]
}

export interface RotateOptions {
  department: string
  /** Devices the manager has unticked; those the root has wiped are left out anyway. */
  leaveOut: readonly DeviceId[]
  /**
   * Agreement keys of phones that have told of themselves, by device (`phonesOf` of the journal), longest known
   * first. Who has not come along to the epoch in force is left out by whoever asks, or named on purpose.
   */
  phones: Readonly<Record<DeviceId, PublicJwk>>
  /** [M28] Further devices, whose keys stand in the list of keys of the epoch in force only. */
  include?: readonly DeviceId[]
  /** [M28] The epoch in which the phones were looked at: another one in force means that they are not those. */
  epoch?: number
  /** Who publishes: a publisher of the department, or a root key. */
  signer: SigningKey
}

/**
 * [M25] Gives a department a new key. Publishers and the phones named get it by themselves, except those left
 * out and those the root has wiped; old invitations end.
 *
 * `gemensamt` wraps its key for publishers alone: everybody else has it from a department, each of which is
 * therefore published again with the new one, by a root key ([M26]).
 *
 * @throws ManageError department-unknown, not-a-publisher, keep-unsaid, not-readable, root-keys, head-behind,
 *   head-fork, epoch-changed, lost-race, …; SendError;
 *   StoreError
 */
export async function rotate(office: Office, options: RotateOptions): Promise<Rotated> {
  const { department, signer } = options
  const root = await followStoreRoot(office.store, office.root)
  if (!Object.hasOwn(root.departments, department)) {
    throw new ManageError('department-unknown', `the root names no department ${department}`)
  }
  if (!mayPublish(root, department, signer.kid)) {
    throw new ManageError('not-a-publisher', `${signer.kid} may not publish ${department}`)
  }
  await requireSaid(office, root, [department])
  const others = Object.keys(root.departments).filter((id) => id !== commonDepartment)
  if (department === commonDepartment) {
    // Said before anything is sent: half a rotation would be worse than none.
    rootSigner(office, root)
    await beginGenerations(office, root, Object.keys(root.departments))
    await requireReadable(office, root, others)
    const opened = await requireOpen(office, root, department)
    // Begun by a run that was stopped: it is that rotation which is finished, not one more begun.
    if (await isCommonBehind(office, root, others, opened)) {
      const departments = await carryCommon(office, root, others)
      const recipients = Object.keys(opened.keys.wraps)
      const none = { unusable: [], tooMany: [] }
      return { root, departments, epoch: opened.epoch, outcome: 'finished', recipients, ...none }
    }
  }
  const rotated = await rotateOne(office, root, options)
  const carried = department === commonDepartment ? await carryCommon(office, root, others) : []
  return { ...rotated, root, departments: [...rotated.departments, ...carried] }
}

async function rotateOne(
  office: Office,
  root: VerifiedRoot,
  options: RotateOptions,
): Promise<Rotated> {
  const { department, signer } = options
  let takenUpTo = 0
  for (let tries = 0; tries < mostTries; tries++) {
    const { release, keys } = await requireOpen(office, root, department)
    if (options.epoch !== undefined && options.epoch !== release.epoch) {
      throw new ManageError(
        'epoch-changed',
        `${department} is in epoch ${release.epoch}; the phones were looked at in ${options.epoch}`,
      )
    }
    const { recipients, unusable, tooMany } = recipientsOf(root, options, keys)
    const gen = ownValue(root.departments, department)?.gen
    const own = release.gen === gen ? release.v : 0
    const { built, epoch } = await rotateEpoch({
      previous: release,
      root,
      signer,
      issued: office.now(),
      recipients,
      v: Math.max(own, takenUpTo) + 1,
    })
    const sent = await office.store.sendRelease(department, built)
    if (sent.outcome === 'stored') {
      const done = { department, gen: built.gen, v: built.v, outcome: 'published' as const }
      return {
        root,
        departments: [done],
        epoch,
        outcome: 'rotated',
        recipients: Object.keys(recipients),
        unusable,
        tooMany,
      }
    }
    takenUpTo = built.v
  }
  throw new ManageError('lost-race', `${department}: somebody else was first ${mostTries} times`)
}

/** [M26] Phones of a department that cannot be published again would be left with the old key. */
async function requireReadable(
  office: Office,
  root: VerifiedRoot,
  departments: readonly string[],
): Promise<void> {
  for (const department of departments) {
    const { opened, head } = await openNotBehind(office, root, department)
    if (!opened && head) throw new ManageError('not-readable', `${department} cannot be read here`)
  }
}

async function requireOpen(
  office: Office,
  root: VerifiedRoot,
  department: string,
): Promise<OpenedDepartment> {
  const { opened } = await openNotBehind(office, root, department)
  if (opened) return opened
  throw new ManageError(
    'not-readable',
    `${department} has published nothing, or nobody here holds its key`,
  )
}
