import * as v from 'valibot'
import { identifier } from '#domain/schema/values.ts'
import { ownValue, parseStrictJson } from '#trust/json.ts'
import { parseGeneral, verifyGeneral } from '#trust/jws.ts'
import { kidSchema, publicJwkSchema, thumbprint, type PublicJwk } from '#trust/keys.ts'
import { countSchema, hashSchema } from '#trust/root-schema.ts'
import type { VerifiedHead } from './head.ts'
import { ReleaseError } from './release-error.ts'

/** What of a journal entry stands in clear and can be held against its place. `journal` knows the rest. */
const clearSchema = v.looseObject({
  org: hashSchema,
  department: identifier,
  device: kidSchema,
  deviceKey: publicJwkSchema,
  epoch: countSchema,
  n: countSchema,
})

/**
 * [R43] Whether a journal entry lies where it says, and is signed by a member of its epoch and by the device
 * whose folder it lies in. What is sealed in it stays closed.
 *
 * @param heads those of the store; they name the member key of each epoch
 * @throws ReleaseError entry-place, entry-epoch; TrustError jws-*, json-*, base64url-malformed, key-malformed
 */
export async function checkEntry(
  bytes: Uint8Array,
  place: { organisation: string; department: string; device: string; n: number },
  heads: readonly VerifiedHead[],
): Promise<void> {
  const { parts, payload } = parseGeneral(bytes)
  const result = v.safeParse(clearSchema, parseStrictJson(payload))
  const clear = result.success ? result.output : undefined
  if (
    clear?.org !== place.organisation ||
    clear.department !== place.department ||
    clear.device !== place.device ||
    clear.n !== place.n ||
    (await thumbprint(clear.deviceKey)) !== clear.device
  ) {
    throw new ReleaseError('entry-place', 'is no entry of this place')
  }
  const { department, epoch, device, deviceKey } = clear
  const head = heads.find((one) => one.department === department && one.epoch === epoch)
  if (!head) throw new ReleaseError('entry-epoch', `no head here is of epoch ${epoch}`)
  const member = await thumbprint(head.memberKey)
  const keyByKid: Record<string, PublicJwk> = { [device]: deviceKey, [member]: head.memberKey }
  if (parts.length !== 2) throw new ReleaseError('entry-place', 'has other than two signatures')
  await verifyGeneral(bytes, 'planb-entry+jws', (kid) => ownValue(keyByKid, kid))
}
