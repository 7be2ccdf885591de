import * as v from 'valibot'
import { identifier, instant } from '#domain/schema/values.ts'
import { utf8, type Bytes } from '#trust/bytes.ts'
import { parseStrictJson } from '#trust/json.ts'
import { signCompact, verifyCompact } from '#trust/jws.ts'
import type { SigningKey } from '#trust/keys.ts'
import { format, limits } from '#trust/limits.ts'
import { countSchema, hashSchema } from '#trust/root-schema.ts'
import { minFormatOf, publisherKey, type VerifiedRoot } from '#trust/root.ts'
import { TrustError } from '#trust/trust-error.ts'
import type { VerifiedHead } from './head.ts'
import { ReleaseError } from './release-error.ts'

/** "Still current", said by any publisher's app. Unknown fields are kept. */
const beatSchema = v.looseObject({
  format: countSchema,
  minFormat: countSchema,
  org: hashSchema,
  department: identifier,
  /** Payload hash of the head it confirms. */
  head: hashSchema,
  /** The newest root its publisher knew. */
  root: v.looseObject({ v: countSchema, hash: hashSchema }),
  time: instant,
})
export type Beat = v.InferOutput<typeof beatSchema>

const typ = 'planb-beat+jws'

/** Signs that a head is still the newest one. */
export async function signBeat(
  head: VerifiedHead,
  root: VerifiedRoot,
  time: Date,
  signer: SigningKey,
): Promise<Bytes> {
  const beat: Beat = {
    format,
    minFormat: format,
    org: head.org,
    department: head.department,
    head: head.hash,
    root: { v: root.v, hash: root.hash },
    time: time.toISOString(),
  }
  return signCompact(typ, utf8(JSON.stringify(beat)), signer)
}

/**
 * [R6] A beat somebody the root names has signed. What its time counts for is the reader's to decide: a
 * time in the future counts for nothing, and no time ever refuses anything.
 *
 * @throws TrustError too-large, format-newer, those of trust/jws.ts; ReleaseError beat-malformed
 */
export async function verifyBeat(
  bytes: Uint8Array,
  context: { root: VerifiedRoot; department: string },
): Promise<Beat> {
  const { root, department } = context
  if (bytes.length > limits.head) throw new TrustError('too-large', 'beat is too large')
  const { payload } = await verifyCompact(bytes, typ, publisherKey(root, department))
  const value = parseStrictJson(payload)
  if (minFormatOf(value) > format) throw new TrustError('format-newer', 'beat needs a newer app')
  const result = v.safeParse(beatSchema, value)
  if (
    !result.success ||
    result.output.org !== root.organisation ||
    result.output.department !== department
  ) {
    throw new ReleaseError('beat-malformed', 'not a beat of this department')
  }
  return result.output
}
