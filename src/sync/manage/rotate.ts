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
import { ManageError } from './manage-error.ts'
import type { DeviceId, Managed, Office, OpenedDepartment } from './office.ts'

export interface Rotated extends Managed {
  /** The new epoch, to make invitations with. Secret. */
  epoch: EpochSecret
  /** `finished`: a rotation of `gemensamt` that was stopped midway was brought to its end, no new one begun. */
  outcome: 'rotated' | 'finished'
  /** Devices the new key was wrapped for. */
  recipients: DeviceId[]
}

export interface RotateOptions {
  department: string
  /** Devices the manager has unticked; those the root has wiped are left out anyway. */
  leaveOut: readonly DeviceId[]
  /** Agreement keys of known phones, by device (`phonesOf` of the journal). */
  phones: Readonly<Record<DeviceId, PublicJwk>>
  /** Who publishes: a publisher of the department, or a root key. */
  signer: SigningKey
}

/**
 * [M25] Gives a department a new key. Publishers and known phones get it by themselves, except those left
 * out and those the root has wiped; old invitations end.
 *
 * `gemensamt` wraps its key for publishers alone: everybody else has it from a department, each of which is
 * therefore published again with the new one, by a root key ([M26]).
 *
 * @throws ManageError department-unknown, not-a-publisher, not-readable, root-keys, lost-race, …; SendError;
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
  const others = Object.keys(root.departments).filter((id) => id !== commonDepartment)
  if (department === commonDepartment) {
    // Said before anything is sent: half a rotation would be worse than none.
    rootSigner(office, root)
    await beginGenerations(office, root, Object.keys(root.departments))
    const opened = await requireOpen(office, root, department)
    // Begun by a run that was stopped: it is that rotation which is finished, not one more begun.
    if (await isCommonBehind(office, root, others, opened)) {
      const departments = await carryCommon(office, root, others)
      const recipients = Object.keys(opened.keys.wraps)
      return { root, departments, epoch: opened.epoch, outcome: 'finished', recipients }
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
    const recipients = recipientsOf(root, options, keys.agreement)
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
      }
    }
    takenUpTo = built.v
  }
  throw new ManageError('lost-race', `${department}: somebody else was first ${mostTries} times`)
}

async function requireOpen(
  office: Office,
  root: VerifiedRoot,
  department: string,
): Promise<OpenedDepartment> {
  const opened = await office.open(department, root)
  if (opened) return opened
  throw new ManageError(
    'not-readable',
    `${department} has published nothing, or nobody here holds its key`,
  )
}

/** [M27] Publishers, phones that told of themselves, and those an earlier rotation knew; never one that is wiped. */
function recipientsOf(
  root: VerifiedRoot,
  { department, leaveOut, phones }: RotateOptions,
  known: Readonly<Record<DeviceId, PublicJwk>> | undefined,
): Record<DeviceId, PublicJwk> {
  const publishers = (ownValue(root.departments, department)?.publish ?? []).flatMap((kid) => {
    const jwk = ownValue<PublicJwk>(root.agreementKeys ?? {}, kid)
    return jwk ? [[kid, jwk] as const] : []
  })
  const members = department === commonDepartment ? [] : Object.entries({ ...known, ...phones })
  const all: Record<DeviceId, PublicJwk> = Object.fromEntries([...members, ...publishers])
  const isLeftOut = (id: DeviceId) => leaveOut.includes(id) || root.wiped.includes(id)
  return Object.fromEntries(Object.entries(all).filter(([id]) => !isLeftOut(id)))
}
