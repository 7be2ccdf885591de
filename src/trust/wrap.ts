import { compactDecrypt } from 'jose/jwe/compact/decrypt'
import { CompactEncrypt } from 'jose/jwe/compact/encrypt'
import {
  asBytes,
  bytesOfHex,
  fromBase64url,
  sha256,
  toBase64url,
  utf8,
  type Bytes,
} from './bytes.ts'
import type { PublicJwk } from './keys.ts'
import { TrustError } from './trust-error.ts'

/** Whose epoch a wrapped key opens; bound to the wrap. */
export interface WrapContext {
  organisation: string
  department: string
  epoch: number
}

const alg = 'ECDH-ES+A256KW'
const enc = 'A256GCM'

/**
 * [T22] Wraps an epoch key for one agreement key: compact JWE, ECDH-ES+A256KW on P-256. The context goes
 * into the key derivation as `apv` (RFC 7518 section 4.6), so that a wrap opens nowhere else.
 *
 * @throws TrustError key-malformed
 */
export async function wrapEpochKey(
  epochKey: Uint8Array,
  recipient: PublicJwk,
  context: WrapContext,
): Promise<string> {
  const key = await importRecipient(recipient)
  return new CompactEncrypt(asBytes(epochKey))
    .setProtectedHeader({ alg, enc })
    .setKeyManagementParameters({ apv: await partyOf(context) })
    .encrypt(key)
}

/**
 * [T23] The 32 bytes of an epoch key out of a wrap.
 *
 * @param key private half of the recipient's agreement key
 * @throws TrustError wrap-refused
 */
export async function unwrapEpochKey(
  jwe: string,
  key: CryptoKey,
  context: WrapContext,
): Promise<Bytes> {
  try {
    // [T5] jose's decoder is lenient (spaces, spare bits); ours is not.
    for (const part of jwe.split('.')) fromBase64url(part)
    const { plaintext, protectedHeader } = await compactDecrypt(jwe, key, {
      keyManagementAlgorithms: [alg],
      contentEncryptionAlgorithms: [enc],
    })
    const apv = toBase64url(await partyOf(context))
    if (protectedHeader.apv === apv && plaintext.length === 32) return asBytes(plaintext)
  } catch (cause) {
    throw new TrustError('wrap-refused', 'not wrapped for this key', { cause })
  }
  throw new TrustError('wrap-refused', 'wrapped for another place')
}

async function importRecipient(jwk: PublicJwk): Promise<CryptoKey> {
  try {
    const algorithm = { name: 'ECDH', namedCurve: 'P-256' }
    return await crypto.subtle.importKey('jwk', { ...jwk }, algorithm, true, [])
  } catch (cause) {
    throw new TrustError('key-malformed', 'not a key on P-256', { cause })
  }
}

async function partyOf({ organisation, department, epoch }: WrapContext): Promise<Bytes> {
  return bytesOfHex(await sha256(utf8(`planb1|${organisation}|${department}|${epoch}|wrap`)))
}
