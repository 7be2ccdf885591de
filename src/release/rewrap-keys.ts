import { sha256 } from '#trust/bytes.ts'
import { ownValue, sameJson } from '#trust/json.ts'
import type { Kid, PublicJwk, SigningKey } from '#trust/keys.ts'
import { mayPublish, type VerifiedRoot } from '#trust/root.ts'
import type { BuiltRelease } from './build-release.ts'
import type { EpochSecret } from './epoch-secret.ts'
import { payloadOf, signHead } from './head.ts'
import type { Keys } from './manifest.ts'
import type { VerifiedRelease } from './open-release.ts'
import { ReleaseError } from './release-error.ts'
import { wrapKeys } from './wrap-keys.ts'

/**
 * [R53] The same release with its epoch key wrapped for more devices: packs, manifest and edition stay, only
 * the key blob is new. So a manager who was just let in learns the key from the store. Wraps for the root's
 * recovery key anew, also where that was replaced.
 *
 * @param input.keys of openKeys, for `previous.head`
 * @param input.add agreement keys by device id
 * @param input.v number to take, where the next one is occupied by something that does not verify
 * @throws ReleaseError build-signer, build-epoch, build-size, department-unknown; TrustError key-malformed
 */
export async function rewrapKeys(input: {
  previous: VerifiedRelease
  keys: Keys
  epoch: EpochSecret
  root: VerifiedRoot
  signer: SigningKey
  issued: Date
  add: Readonly<Record<Kid, PublicJwk>>
  v?: number
}): Promise<BuiltRelease> {
  const { previous, keys, epoch, root, signer } = input
  const { department, head } = previous
  const gen = ownValue(root.departments, department)?.gen
  if (gen === undefined) {
    throw new ReleaseError('department-unknown', `the root names no ${department}`)
  }
  if (!mayPublish(root, department, signer.kid)) {
    throw new ReleaseError('build-signer', `${signer.kid} may not publish ${department}`)
  }
  const isSameEpoch =
    previous.organisation === root.organisation &&
    epoch.epoch === previous.epoch &&
    keys.epoch === previous.epoch &&
    keys.department === department &&
    sameJson(previous.manifest.member, epoch.member)
  if (!isSameEpoch) throw new ReleaseError('build-epoch', 'keys of another epoch or place')
  const bytes = await wrapKeys({ root, department, epoch, recipients: input.add, keep: keys })
  const hash = await sha256(bytes)
  const place = { gen, v: input.v ?? (previous.gen === gen ? previous.v + 1 : 1) }
  const signed = await signHead(
    {
      ...payloadOf(head),
      ...place,
      prev: previous.headHash,
      root: { v: root.v, hash: root.hash },
      issued: input.issued.toISOString(),
      keys: [hash, bytes.length],
    },
    signer,
  )
  return {
    department,
    ...place,
    edition: previous.edition,
    head: signed.bytes,
    headHash: signed.hash,
    blobs: [{ hash, bytes }],
  }
}
