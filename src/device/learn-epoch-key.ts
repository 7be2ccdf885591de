import type { Bytes } from '#trust/bytes.ts'
import type { VerifiedHead } from '#release/head.ts'
import { deviceAgreementKey, identityRecord, type DeviceIdentity } from './device-identity.ts'
import { keepEpochKey } from './epoch-keys.ts'
import { readHeldKeys, recoveryKeyName } from './roles.ts'
import type { BlobSource } from '#release/open-release.ts'
import type { OrganisationContext } from './context.ts'

/**
 * Finds this phone's wrap of an epoch key in the keys object a head names (it lies staged), or opens the
 * one for the recovery key where the phone holds that. False: it was given neither, or the object is not
 * here; a new code from a manager helps.
 *
 * @param options.blob where the keys object is, when it is not staged
 */
export async function learnEpochKey(
  organisation: OrganisationContext,
  head: VerifiedHead,
  options: { blob?: BlobSource; extractable?: boolean } = {},
): Promise<boolean> {
  const { connection, chest } = organisation
  const staged = (hash: string) =>
    connection.read(async (reader) => (await reader.get('blobs', hash))?.bytes)
  const { blob = staged } = options
  const identity = await connection.read((reader) => reader.get('records', identityRecord))
  const agreement = await chest.get('agreement', deviceAgreementKey)
  const held = await connection.read(readHeldKeys)
  const recovery = held.recovery ? await chest.get('agreement', recoveryKeyName) : undefined
  // Only a change of keys needs this: it is no part of what a first visit waits for.
  const { recoverEpochKey, unwrapForDevice } = await import('#release/open-keys.ts')
  const attempts: (() => Promise<Bytes>)[] = []
  if (identity && agreement) {
    const { device } = identity.value as DeviceIdentity
    attempts.push(() => unwrapForDevice({ head, blob, device, agreement }))
  }
  if (recovery) attempts.push(() => recoverEpochKey({ head, blob, recovery }))
  for (const attempt of attempts) {
    const bytes = await attempt().catch(() => undefined)
    if (!bytes) continue
    // Whoever holds a role hands the key on, in invitations and to the next epoch's members.
    await keepEpochKey(organisation, head.department, head.epoch, bytes, {
      extractable: options.extractable ?? held.kids.length > 0,
    })
    return true
  }
  return false
}
