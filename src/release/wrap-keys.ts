import { utf8, type Bytes } from '#trust/bytes.ts'
import type { Kid, PublicJwk } from '#trust/keys.ts'
import { format, limits } from '#trust/limits.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { wrapEpochKey } from '#trust/wrap.ts'
import type { EpochSecret } from './epoch-secret.ts'
import type { Keys } from './manifest.ts'
import { ReleaseError } from './release-error.ts'

/**
 * [R54] The key blob of an epoch: its key wrapped for the recovery key and for each device, and the devices'
 * public keys. Devices the root has wiped get nothing.
 *
 * @param input.keep a blob of the same epoch whose wraps, keys and unknown fields stay
 * @throws TrustError key-malformed; ReleaseError build-size
 */
export async function wrapKeys(input: {
  root: VerifiedRoot
  department: string
  epoch: EpochSecret
  recipients: Readonly<Record<Kid, PublicJwk>>
  keep?: Keys
}): Promise<Bytes> {
  const { root, department, keep } = input
  const { epoch, key } = input.epoch
  const place = { organisation: root.organisation, department, epoch }
  const recipients = notWiped(root, input.recipients)
  const wraps = await Promise.all(
    recipients.map(async ([device, jwk]) => [device, await wrapEpochKey(key, jwk, place)] as const),
  )
  const keys: Keys = {
    ...keep,
    format,
    org: root.organisation,
    department,
    epoch,
    wraps: Object.fromEntries([...notWiped(root, keep?.wraps), ...wraps]),
    recovery: await wrapEpochKey(key, root.recovery, place),
    agreement: Object.fromEntries([...notWiped(root, keep?.agreement), ...recipients]),
  }
  const bytes = utf8(JSON.stringify(keys))
  if (bytes.length > limits.keys) throw new ReleaseError('build-size', 'too many devices')
  return bytes
}

function notWiped<T>(root: VerifiedRoot, record: Readonly<Record<Kid, T>> = {}): [Kid, T][] {
  const wiped = new Set(root.wiped)
  return Object.entries(record).filter(([device]) => !wiped.has(device))
}
