import { asBytes, utf8, type Bytes } from './bytes.ts'

/**
 * The key of a department's epoch, as a handle. `base` derives everything and cannot be read out, so it
 * can lie in a device's database; `bytes` are there only for publishers, who hand the key on.
 */
export interface EpochKey {
  readonly base: CryptoKey
  readonly bytes?: Bytes
}

/** What a key of an epoch is used for; each use has a key of its own (HKDF, RFC 5869). */
export type Purpose = 'content' | 'journal'

/** @param bytes 32 random bytes */
export async function importEpochKey(
  bytes: Uint8Array,
  options: { extractable: boolean },
): Promise<EpochKey> {
  if (bytes.length !== 32) throw new RangeError('an epoch key has 32 bytes')
  // WebCrypto never lets an HKDF key be read out: that is what we want on readers' phones.
  const base = await crypto.subtle.importKey('raw', asBytes(bytes), 'HKDF', false, ['deriveKey'])
  return options.extractable ? { base, bytes: asBytes(bytes.slice()) } : { base }
}

/** The AES-256-GCM key of one purpose. */
export async function deriveSealKey(key: EpochKey, purpose: Purpose): Promise<CryptoKey> {
  const info = utf8(`planb1|${purpose}`)
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info },
    key.base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}
