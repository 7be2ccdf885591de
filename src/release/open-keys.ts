import type { Bytes } from '#trust/bytes.ts'
import { ownValue } from '#trust/json.ts'
import type { AgreementKey, Kid } from '#trust/keys.ts'
import { unwrapEpochKey } from '#trust/wrap.ts'
import { checkBlob } from './check-blob.ts'
import type { VerifiedHead } from './head.ts'
import { keysSchema, parseShape, type Keys } from './manifest.ts'
import type { BlobSource } from './open-release.ts'
import { ReleaseError } from './release-error.ts'

/**
 * [R17] The key blob a head names.
 *
 * @throws ReleaseError blob-*, keys-malformed
 */
export async function openKeys(source: { head: VerifiedHead; blob: BlobSource }): Promise<Keys> {
  const { head } = source
  const [hash, size] = head.keys
  const keys = parseShape(
    keysSchema,
    await checkBlob(await source.blob(hash), { hash, size }),
    'keys-malformed',
  )
  if (keys.org !== head.org || keys.department !== head.department || keys.epoch !== head.epoch) {
    throw new ReleaseError('keys-malformed', 'key blob of another place')
  }
  return keys
}

/**
 * [R18] The epoch's key for the coordinator, who holds the recovery key. 32 bytes.
 *
 * @throws ReleaseError blob-*, keys-malformed; TrustError wrap-refused
 */
export async function recoverEpochKey(source: {
  head: VerifiedHead
  blob: BlobSource
  recovery: AgreementKey
}): Promise<Bytes> {
  const { head } = source
  const keys = await openKeys(source)
  return unwrapEpochKey(keys.recovery, source.recovery.key, placeOf(head))
}

/**
 * [R18] The epoch's key for a device that was a member before the epoch began. 32 bytes.
 *
 * @throws ReleaseError keys-not-for-us (ask for a new code), blob-*, keys-malformed; TrustError wrap-refused
 */
export async function unwrapForDevice(source: {
  head: VerifiedHead
  blob: BlobSource
  device: Kid
  agreement: AgreementKey
}): Promise<Bytes> {
  const keys = await openKeys(source)
  const wrap = ownValue<string>(keys.wraps, source.device)
  if (!wrap) throw new ReleaseError('keys-not-for-us', 'this device is not in the new epoch')
  return unwrapEpochKey(wrap, source.agreement.key, placeOf(source.head))
}

function placeOf(head: VerifiedHead) {
  return { organisation: head.org, department: head.department, epoch: head.epoch }
}
