import { createByteReader, createByteWriter } from './byte-list.ts'
import { bytesOfHex, fromBase64url, hexOf, toBase64url, type Bytes } from './bytes.ts'
import { frame, unframe } from './framing.ts'
import {
  exportPrivateKey,
  importAgreementKey,
  importSigningKey,
  importVerifyKey,
  thumbprint,
  type AgreementKey,
  type Kid,
  type PublicJwk,
  type SigningKey,
} from './keys.ts'
import { ownValue } from './json.ts'
import type { VerifiedRoot } from './root.ts'
import { isAbsoluteAddress } from './store-address.ts'
import { TrustError } from './trust-error.ts'

/**
 * What a payload restores, and which secrets it therefore holds: the coordinator's device (one root key
 * and the recovery key), a paper copy of one root key, the paper copy of the recovery key, a publisher's
 * signing key.
 */
export type RestoreType = 'coordinator' | 'root-key' | 'recovery-key' | 'publisher'

export interface RestorePayload {
  type: RestoreType
  /** Hash of root 1's payload, hex. */
  organisation: string
  /** A signing key: its kid and private scalar (32 bytes). The public half stands in the root. */
  signing?: { kid: Kid; secret: Uint8Array }
  /** The recovery key's private scalar (32 bytes). */
  recovery?: Uint8Array
  /** Where else the store lies; absolute address. */
  mirror?: string
}

/** The keys of a payload, ready to use. */
export interface RestoredKeys {
  signing?: SigningKey
  recovery?: AgreementKey
}

const version = 1
const types: RestoreType[] = ['coordinator', 'root-key', 'recovery-key', 'publisher']
const mirrorFlag = 0x80

/** [T40] The payload of `<app>#/restore/<payload>`: about 190 characters for a coordinator. */
export function encodeRestorePayload(payload: RestorePayload): string {
  const writer = createByteWriter()
  writer.byte(types.indexOf(payload.type) | (payload.mirror ? mirrorFlag : 0))
  writer.raw(bytesOfHex(payload.organisation))
  const { signing, recovery } = secretsOf(payload)
  if (signing) {
    writer.raw(fromBase64url(signing.kid))
    writer.raw(signing.secret)
  }
  if (recovery) writer.raw(recovery)
  if (payload.mirror) writer.text(payload.mirror)
  return frame('restore', version, writer.done())
}

/**
 * [T41] @throws TrustError restore-characters, -case, -cut, -long, -checksum (mistyped), -kind (an invitation),
 *   -version (made by a newer app), -malformed
 */
export function decodeRestorePayload(text: string): RestorePayload {
  const body = unframe('restore', version, text)
  try {
    return readBody(body)
  } catch (cause) {
    throw new TrustError('restore-malformed', 'checksum holds, content does not', { cause })
  }
}

/**
 * The payload that hands over keys. They must be extractable.
 *
 * @throws TrustError key-not-extractable
 */
export async function createRestorePayload(
  type: RestoreType,
  organisation: string,
  keys: RestoredKeys,
): Promise<RestorePayload> {
  const payload: RestorePayload = { type, organisation }
  if (keys.signing)
    payload.signing = { kid: keys.signing.kid, secret: await secretOf(keys.signing) }
  if (keys.recovery) payload.recovery = await secretOf(keys.recovery)
  const { signing, recovery } = secretsOf(payload)
  return { ...payload, signing, recovery }
}

/**
 * [T42] Keys of a payload, completed with the public halves the root names: so a payload is short enough
 * to type, and a key the root does not know (replaced since, or of another organisation) says so at once.
 *
 * @returns `unknown: 'recovery'` where the signing key counts and the root names another recovery key
 * @throws TrustError restore-key-unknown
 */
export async function restoreKeys(
  payload: RestorePayload,
  root: VerifiedRoot,
  options: { extractable: boolean },
): Promise<RestoredKeys & { unknown?: 'recovery' }> {
  if (payload.organisation !== root.organisation) {
    throw new TrustError('restore-key-unknown', 'keys of another organisation')
  }
  const keys: RestoredKeys = {}
  if (payload.signing) {
    const jwk = ownValue<PublicJwk>(root.keys, payload.signing.kid)
    keys.signing = await restoreSigning(payload.signing.secret, jwk, options)
  }
  if (!payload.recovery) return keys
  try {
    keys.recovery = await restoreRecovery(payload.recovery, root.recovery, options)
  } catch (error) {
    // Papers outlive a recovery key: what else they hold is as good as before.
    if (!keys.signing) throw error
    return { ...keys, unknown: 'recovery' }
  }
  return keys
}

/** Whether an error says that the root does not name a key. */
export function isUnknownKey(error: unknown): boolean {
  return error instanceof TrustError && error.code === 'restore-key-unknown'
}

function secretsOf(payload: RestorePayload): Pick<RestorePayload, 'signing' | 'recovery'> {
  const wanted = {
    signing: payload.type !== 'recovery-key',
    recovery: /^(coord|recov)/.test(payload.type),
  }
  if (wanted.signing !== !!payload.signing || wanted.recovery !== !!payload.recovery) {
    throw new RangeError(`a payload of type ${payload.type} holds other keys`)
  }
  return payload
}

function readBody(body: Bytes): RestorePayload {
  const reader = createByteReader(body)
  const flags = reader.byte()
  const type = types[flags & 0x7f]
  if (!type) throw new RangeError('unknown type')
  const payload: RestorePayload = { type, organisation: hexOf(reader.raw(32)) }
  if (type !== 'recovery-key') {
    payload.signing = { kid: toBase64url(reader.raw(32)), secret: reader.raw(32) }
  }
  if (type === 'coordinator' || type === 'recovery-key') payload.recovery = reader.raw(32)
  if (flags & mirrorFlag) {
    payload.mirror = reader.text()
    if (!isAbsoluteAddress(payload.mirror)) throw new RangeError('no address')
  }
  if (!reader.atEnd()) throw new RangeError('something follows')
  return payload
}

async function restoreSigning(
  secret: Uint8Array,
  jwk: PublicJwk | undefined,
  options: { extractable: boolean },
): Promise<SigningKey> {
  try {
    const signing = await importSigningKey({ ...jwk!, d: toBase64url(secret) }, options)
    // Not every engine checks that the halves belong together; a signature shows it.
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
    const probe = new Uint8Array(32)
    const signature = await crypto.subtle.sign(algorithm, signing.key, probe)
    const publicKey = await importVerifyKey(signing.jwk)
    if (await crypto.subtle.verify(algorithm, publicKey, signature, probe)) return signing
  } catch (cause) {
    throw new TrustError('restore-key-unknown', 'the root does not know this key', { cause })
  }
  throw new TrustError('restore-key-unknown', 'not the private half of the key the root names')
}

async function restoreRecovery(
  secret: Uint8Array,
  jwk: PublicJwk,
  options: { extractable: boolean },
): Promise<AgreementKey> {
  try {
    const d = toBase64url(secret)
    const recovery = await importAgreementKey({ ...jwk, d }, options)
    // The same scalar as a signing key: a signature that holds shows that the halves belong together.
    await restoreSigning(secret, jwk, { extractable: false })
    if (recovery.kid === (await thumbprint(jwk))) return recovery
  } catch (cause) {
    throw new TrustError('restore-key-unknown', 'not the recovery key the root names', { cause })
  }
  throw new TrustError('restore-key-unknown', 'not the recovery key the root names')
}

async function secretOf(pair: SigningKey | AgreementKey): Promise<Bytes> {
  return fromBase64url((await exportPrivateKey(pair)).d)
}
