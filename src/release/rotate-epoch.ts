import type { Kid, PublicJwk, SigningKey } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { buildRelease, type BuildInput, type BuiltRelease } from './build-release.ts'
import { createEpochSecret, type EpochSecret } from './epoch-secret.ts'
import type { VerifiedRelease } from './open-release.ts'

/**
 * [R56] A new epoch: the same documents sealed anew under a new key, which the recipients get silently. Who
 * is left out keeps what they have and reads nothing that comes later. Invitations of the epoch before end.
 *
 * @param input.recipients agreement keys by device id: publishers and the phones that stay; wiped ones are left
 *   out in any case
 * @param input.common key and floor of `gemensamt`; that of `previous` where it is left out
 * @param input.v number to take, where the next one is occupied by something that does not verify
 * @returns also the new epoch's secret, which is nowhere else
 * @throws as buildRelease
 */
export async function rotateEpoch(input: {
  previous: VerifiedRelease
  root: VerifiedRoot
  signer: SigningKey
  issued: Date
  recipients: Readonly<Record<Kid, PublicJwk>>
  common?: BuildInput['common']
  v?: number
}): Promise<{ built: BuiltRelease; epoch: EpochSecret }> {
  const { previous, ...rest } = input
  const epoch = await createEpochSecret(previous.epoch + 1)
  const built = await buildRelease({
    ...rest,
    previous,
    department: previous.department,
    documents: previous.documents,
    // The coordinator seals it again; who published it has not changed.
    by: previous.manifest.by,
    epoch,
  })
  return { built, epoch }
}
