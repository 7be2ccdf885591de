import { TrustError } from './trust-error.ts'

/** Bytes in a buffer of their own, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>

const encoder = new TextEncoder()
// A byte order mark is left in, so that it is refused with the rest instead of silently dropped.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** WebCrypto's types refuse shared memory, which nothing here ever makes. */
export function asBytes(bytes: Uint8Array): Bytes {
  return bytes as Bytes
}

export function utf8(text: string): Bytes {
  return encoder.encode(text)
}

/** Text of UTF-8 bytes. @throws TrustError text-malformed */
export function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw new TrustError('text-malformed', 'not UTF-8', { cause })
  }
}

export function hexOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

/** Bytes of lower-case hex; the caller has checked the characters. */
export function bytesOfHex(text: string): Bytes {
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

/** SHA-256 as lower-case hex: the name of an object everywhere. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', asBytes(bytes))))
}

export function toBase64url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Bytes of base64url as RFC 7515 writes it: no padding, no spare bits. @throws TrustError base64url-malformed */
export function fromBase64url(text: string): Bytes {
  const bytes = /^[A-Za-z0-9_-]*$/.test(text) ? lenientBase64url(text) : undefined
  // atob drops spare bits of the last character; writing it back shows whether there were any.
  if (!bytes || toBase64url(bytes) !== text) {
    throw new TrustError('base64url-malformed', 'not canonical base64url')
  }
  return bytes
}

/** Bytes of base64url whose last character may be cut; undefined when its length is impossible. */
export function lenientBase64url(text: string): Bytes | undefined {
  if (text.length % 4 === 1) return undefined
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
    c.charCodeAt(0),
  )
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
