import * as v from 'valibot'
import { asBytes, sha256, toBase64url, utf8 } from './bytes.ts'
import { TrustError } from './trust-error.ts'

/** RFC 7638 thumbprint (SHA-256, base64url, 43 characters) of a public key. A device's id is the kid of its signing key. */
export type Kid = string

/** A public key on P-256. Signing and agreement keys look alike; what names them says which they are. */
export interface PublicJwk {
  kty: 'EC'
  crv: 'P-256'
  x: string
  y: string
}
export interface PrivateJwk extends PublicJwk {
  d: string
}

/** An ECDSA key pair. `key` is the private half. */
export interface SigningKey {
  kid: Kid
  jwk: PublicJwk
  key: CryptoKey
}
/** An ECDH key pair. `key` is the private half. */
export interface AgreementKey {
  kid: Kid
  jwk: PublicJwk
  key: CryptoKey
}

const coordinate = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/))
/** Exactly the four members: a private half or usage hints in a public place are refused. */
export const publicJwkSchema = v.strictObject({
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  x: coordinate,
  y: coordinate,
})
export const kidSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/))

const signing = { name: 'ECDSA', namedCurve: 'P-256' }
const agreement = { name: 'ECDH', namedCurve: 'P-256' }

/** A new ES256 key pair. Extractable only where it must be written down (papers, `secret/`). */
export async function createSigningKey(options: { extractable: boolean }): Promise<SigningKey> {
  return pairOf(await crypto.subtle.generateKey(signing, options.extractable, ['sign', 'verify']))
}

/** A new ECDH key pair for key wraps. */
export async function createAgreementKey(options: { extractable: boolean }): Promise<AgreementKey> {
  return pairOf(await crypto.subtle.generateKey(agreement, options.extractable, ['deriveBits']))
}

/** RFC 7638: SHA-256 over the required members in alphabetic order. */
export async function thumbprint(jwk: PublicJwk): Promise<Kid> {
  const text = JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y })
  return toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text))))
}

/** @throws TrustError key-malformed: not a point on the curve */
export async function importVerifyKey(jwk: PublicJwk): Promise<CryptoKey> {
  return imported(publicHalf(jwk), signing, true, ['verify'])
}

/** @throws TrustError key-malformed: not a point on the curve, or not this point's private half */
export async function importSigningKey(
  jwk: PrivateJwk,
  options: { extractable: boolean },
): Promise<SigningKey> {
  const key = await imported({ ...publicHalf(jwk), d: jwk.d }, signing, options.extractable, [
    'sign',
  ])
  return { kid: await thumbprint(jwk), jwk: publicHalf(jwk), key }
}

/** @throws TrustError key-malformed: not a point on the curve, or not this point's private half */
export async function importAgreementKey(
  jwk: PrivateJwk,
  options: { extractable: boolean },
): Promise<AgreementKey> {
  const parts = { ...publicHalf(jwk), d: jwk.d }
  const key = await imported(parts, agreement, options.extractable, ['deriveBits'])
  return { kid: await thumbprint(jwk), jwk: publicHalf(jwk), key }
}

/** The private half, to write it down. @throws TrustError key-not-extractable */
export async function exportPrivateKey(pair: SigningKey | AgreementKey): Promise<PrivateJwk> {
  if (!pair.key.extractable)
    throw new TrustError('key-not-extractable', 'made to stay on its device')
  const { d } = await crypto.subtle.exportKey('jwk', pair.key)
  return { ...pair.jwk, d: d! }
}

/** SHA-256 hex of a key's thumbprint text, to compare a key as words. */
export async function hashOfKey(kid: Kid): Promise<string> {
  return sha256(utf8(kid))
}

export function publicHalf(jwk: PublicJwk): PublicJwk {
  return { kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y }
}

export function randomBytes(count: number) {
  return crypto.getRandomValues(asBytes(new Uint8Array(count)))
}

async function pairOf(pair: CryptoKeyPair): Promise<SigningKey> {
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const jwk: PublicJwk = { kty: 'EC', crv: 'P-256', x: x!, y: y! }
  return { kid: await thumbprint(jwk), jwk, key: pair.privateKey }
}

async function imported(
  jwk: PublicJwk | PrivateJwk,
  algorithm: EcKeyImportParams,
  extractable: boolean,
  usages: KeyUsage[],
): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey('jwk', { ...jwk }, algorithm, extractable, usages)
  } catch (cause) {
    throw new TrustError('key-malformed', 'not a key on P-256', { cause })
  }
}
