import { asBytes } from '#trust/bytes.ts'
import type { EpochKey } from '#trust/epoch-key.ts'
import { createSigningKey, exportPrivateKey, randomBytes, type PrivateJwk } from '#trust/keys.ts'
import type { VerifiedRelease } from './open-release.ts'
import { ReleaseError } from './release-error.ts'

/** What a publisher holds of an epoch: its number, its key (32 bytes) and its member key. Secret. */
export interface EpochSecret {
  epoch: number
  key: Uint8Array
  member: PrivateJwk
}

/** A new epoch with new keys. */
export async function createEpochSecret(epoch: number): Promise<EpochSecret> {
  const member = await exportPrivateKey(await createSigningKey({ extractable: true }))
  return { epoch, key: randomBytes(32), member }
}

/**
 * The epoch of a release somebody can read, to publish the next one in it.
 *
 * @throws ReleaseError build-epoch: the key is a reader's, which cannot be handed on
 */
export function epochSecretOf(release: VerifiedRelease, key: EpochKey): EpochSecret {
  if (!key.bytes) throw new ReleaseError('build-epoch', "a reader's key cannot be handed on")
  return { epoch: release.epoch, key: asBytes(key.bytes), member: release.manifest.member }
}
