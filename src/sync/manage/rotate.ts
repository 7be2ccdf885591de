import type { EpochSecret } from '#release/epoch-secret.ts'
import type { PublicJwk, SigningKey } from '#trust/keys.ts'
import type { DeviceId, Managed, Office } from './office.ts'

export interface Rotated extends Managed {
  /** The new epoch, to make invitations with. Secret. */
  epoch: EpochSecret
  /** `finished`: a rotation of `gemensamt` that was stopped midway was brought to its end, no new one begun. */
  outcome: 'rotated' | 'finished'
  /** Devices the new key was wrapped for. */
  recipients: DeviceId[]
}

/**
 * Gives a department a new key. Publishers and known phones get it by themselves, except those left out and
 * those the root has wiped; old invitations end. For `gemensamt`, whose key comes with other departments,
 * each of those is published again with the new one, which needs a root key.
 *
 * @param options.phones agreement keys of known phones, by device (`phonesOf` of the journal)
 * @param options.signer who publishes: a publisher of the department, or a root key
 * @throws ManageError not-a-publisher, not-readable, …; SendError
 */
export function rotate(
  _office: Office,
  _options: {
    department: string
    leaveOut: readonly DeviceId[]
    phones: Readonly<Record<DeviceId, PublicJwk>>
    signer: SigningKey
  },
): Promise<Rotated> {
  return Promise.reject(new Error('not written yet'))
}
