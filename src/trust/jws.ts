import { flattenedVerify } from 'jose/jws/flattened/verify'
import { asBytes, fromBase64url, sameBytes, textOf, utf8, type Bytes } from './bytes.ts'
import { parseStrictJson } from './json.ts'
import { importVerifyKey, type Kid, type PublicJwk, type SigningKey } from './keys.ts'
import { limits } from './limits.ts'
import { TrustError } from './trust-error.ts'

/** What is signed, named in the signature, so that one kind of object never passes for another. */
export type JwsType = 'planb-root+jws' | 'planb-head+jws' | 'planb-beat+jws' | 'planb-entry+jws'

/** Gives the public key of a signer who may sign this object; undefined for anybody else. */
export type KeyOf = (kid: Kid) => PublicJwk | undefined

interface Part {
  protected: string
  payload: string
  signature: string
}

/** Signs bytes as they are (compact serialization, RFC 7515): `header.payload.signature`. */
export async function signCompact(
  typ: JwsType,
  payload: Uint8Array,
  key: SigningKey,
): Promise<Bytes> {
  const part = await signPart(typ, payload, key)
  return utf8(`${part.protected}.${part.payload}.${part.signature}`)
}

/** Signs bytes with several keys (general JSON serialization, RFC 7515). */
export async function signGeneral(
  typ: JwsType,
  payload: Uint8Array,
  keys: readonly SigningKey[],
): Promise<Bytes> {
  const parts = await Promise.all(keys.map((key) => signPart(typ, payload, key)))
  return utf8(spellGeneral(parts))
}

/**
 * Adds a signature to an object that others have signed already; what they signed stays as it is.
 *
 * @throws TrustError jws-malformed
 */
export async function addSignature(
  typ: JwsType,
  bytes: Uint8Array,
  key: SigningKey,
): Promise<Bytes> {
  const { parts, payload } = parseGeneral(bytes)
  return utf8(spellGeneral([...parts, await signPart(typ, payload, key)]))
}

/**
 * [T1]–[T6] Verifies a compact JWS.
 *
 * @throws TrustError jws-malformed, jws-header, jws-type, jws-signer, jws-signature, json-*, base64url-malformed
 */
export async function verifyCompact(
  bytes: Uint8Array,
  typ: JwsType,
  keyOf: KeyOf,
): Promise<{ kid: Kid; payload: Bytes }> {
  const [head = '', payload = '', signature = '', ...more] = textOf(bytes).split('.')
  if (!head || !payload || !signature || more.length > 0) {
    throw new TrustError('jws-malformed', 'not a compact JWS')
  }
  return verifyPart({ protected: head, payload, signature }, typ, keyOf)
}

/**
 * [T1]–[T7] Verifies every signature of a general JWS; one that does not hold, or is made by a key that
 * may not sign this, refuses the whole. Gives the distinct signers.
 *
 * @throws TrustError jws-malformed, jws-header, jws-type, jws-signer, jws-signature, json-*, base64url-malformed
 */
export async function verifyGeneral(
  bytes: Uint8Array,
  typ: JwsType,
  keyOf: KeyOf,
): Promise<{ kids: Kid[]; payload: Bytes }> {
  const { parts, payload } = parseGeneral(bytes)
  const kids: Kid[] = []
  for (const part of parts) {
    const { kid } = await verifyPart(part, typ, keyOf)
    if (kids.includes(kid)) throw new TrustError('jws-malformed', 'signed twice by one key')
    kids.push(kid)
  }
  return { kids, payload }
}

/**
 * The payload of a general JWS before anybody has said that it holds, and who claims to have signed.
 *
 * @throws TrustError jws-malformed, json-*, base64url-malformed
 */
export function parseGeneral(bytes: Uint8Array): { parts: Part[]; payload: Bytes } {
  const value = parseStrictJson(bytes) as { payload?: unknown; signatures?: unknown } | null
  const signatures = Array.isArray(value?.signatures) ? (value.signatures as unknown[]) : []
  const parts = signatures.map((one) => ({ ...(one as Part), payload: value?.payload as string }))
  // [T5] Written again from the three known members it must give the same bytes: unprotected headers,
  // extra members, another order and another spelling all fall here.
  if (
    parts.length === 0 ||
    parts.length > limits.signatures ||
    ![value?.payload, ...parts.flatMap((p) => [p.protected, p.signature])].every(isText) ||
    !sameBytes(utf8(spellGeneral(parts)), bytes)
  ) {
    throw new TrustError('jws-malformed', 'not a general JWS of ours')
  }
  return { parts, payload: fromBase64url(parts[0]!.payload) }
}

/** The kid a protected header names, before anybody has said that the signature holds. */
export function kidOf(encodedHeader: string, typ: JwsType): Kid {
  const header = parseStrictJson(fromBase64url(encodedHeader)) as Record<string, unknown> | null
  // [T2] Exactly these three: `jwk`, `jku`, `x5c`, `crit`, `b64` and whatever comes next are refused.
  if (
    typeof header !== 'object' ||
    header === null ||
    Object.keys(header).toSorted().join() !== 'alg,kid,typ' ||
    header.alg !== 'ES256' ||
    !isText(header.kid)
  ) {
    throw new TrustError('jws-header', 'protected header is not exactly alg ES256, typ and kid')
  }
  if (header.typ !== typ) throw new TrustError('jws-type', `typ is not ${typ}`)
  return header.kid
}

async function verifyPart(
  part: Part,
  typ: JwsType,
  keyOf: KeyOf,
): Promise<{ kid: Kid; payload: Bytes }> {
  const kid = kidOf(part.protected, typ)
  const payload = fromBase64url(part.payload)
  const signature = fromBase64url(part.signature)
  const jwk = keyOf(kid)
  if (!jwk) throw new TrustError('jws-signer', `${kid} may not sign this`)
  if (signature.length !== 64) throw new TrustError('jws-signature', 'signature is not 64 bytes')
  const key = await importVerifyKey(jwk)
  try {
    await flattenedVerify({ ...part }, key, { algorithms: ['ES256'] })
  } catch (cause) {
    throw new TrustError('jws-signature', `signature of ${kid} does not hold`, { cause })
  }
  return { kid, payload }
}

async function signPart(typ: JwsType, payload: Uint8Array, key: SigningKey): Promise<Part> {
  // Verifying is for everybody and at once; signing is for what comes after the first page.
  const { FlattenedSign } = await import('jose/jws/flattened/sign')
  const signed = await new FlattenedSign(asBytes(payload))
    .setProtectedHeader({ alg: 'ES256', typ, kid: key.kid })
    .sign(key.key)
  return { protected: signed.protected!, payload: signed.payload, signature: signed.signature }
}

function spellGeneral(parts: readonly Part[]): string {
  return JSON.stringify({
    payload: parts[0]?.payload,
    signatures: parts.map((part) => ({ protected: part.protected, signature: part.signature })),
  })
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
