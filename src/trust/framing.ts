import { lenientBase64url, toBase64url, type Bytes } from './bytes.ts'
import { TrustError } from './trust-error.ts'

/**
 * The frame of what people scan, paste and type: `type(1) version(1) length(2) body crc32(4)` as base64url.
 * Length and checksum come before anything else is read, so that a cut text says "cut" and a mistyped
 * one "mistyped". The frame is the same in every version.
 */
export type FrameName = 'invitation' | 'restore' | 'enrolment'

/** First byte of each: chosen so that the text begins with J (join), R (restore) or E (enrol). */
const typeBytes: Record<FrameName, number> = { invitation: 0x24, restore: 0x44, enrolment: 0x10 }
const headerLength = 4
const checksumLength = 4
/** Longer than any frame of ours, far shorter than what would trouble anybody. */
const maxLength = 2048

export function frame(name: FrameName, version: number, body: Uint8Array): string {
  const bytes = new Uint8Array(headerLength + body.length + checksumLength)
  const view = new DataView(bytes.buffer)
  bytes[0] = typeBytes[name]
  bytes[1] = version
  view.setUint16(2, bytes.length)
  bytes.set(body, headerLength)
  const end = bytes.length - checksumLength
  view.setUint32(end, crc32(bytes.subarray(0, end)))
  return toBase64url(bytes)
}

/** @throws TrustError `<name>-characters`, `-case`, `-cut`, `-long`, `-checksum`, `-kind`, `-version` */
export function unframe(name: FrameName, version: number, text: string): Bytes {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new TrustError(`${name}-characters`, 'other characters')
  const refuse = (what: 'cut' | 'long' | 'checksum', message: string): never => {
    throw new TrustError(`${name}-${hasLostCase(text) ? 'case' : what}`, message)
  }
  const stated = frameLength(text)
  if (stated === undefined || text.length < stated) return refuse('cut', 'cut short')
  // A mistyped length looks like this too; nothing can tell the two apart.
  if (text.length > stated) return refuse('long', 'something follows it')
  const bytes = lenientBase64url(text)
  const end = (bytes?.length ?? 0) - checksumLength
  // Spare bits of the last character are covered by writing the bytes again.
  if (
    !bytes ||
    toBase64url(bytes) !== text ||
    viewOf(bytes).getUint32(end) !== crc32(bytes.subarray(0, end))
  ) {
    return refuse('checksum', 'a character is wrong')
  }
  if (bytes[0] !== typeBytes[name]) throw new TrustError(`${name}-kind`, 'something else')
  if (bytes[1] !== version) throw new TrustError(`${name}-version`, 'made by a newer app')
  return bytes.subarray(headerLength, end)
}

/**
 * Whether a keyboard, a form or a mail program has made all letters small, or all large: base64url then reads
 * as something else, beginning with its length. The first letter may be large by itself. A frame's own letters
 * are of one kind about once in 2^32 so many as are asked for here.
 */
export function hasLostCase(text: string): boolean {
  const letters = text.slice(1).replaceAll(/[^A-Za-z]/g, '')
  return letters.length >= 40 && /^([a-z]*|[A-Z]*)$/.test(letters)
}

/** Characters the frame at the start of a text should have; undefined when that cannot be told. */
export function frameLength(text: string): number | undefined {
  const bytes = lenientBase64url(text.slice(0, 8))
  if (!bytes || bytes.length < headerLength) return undefined
  const length = viewOf(bytes).getUint16(2)
  if (length < headerLength + checksumLength || length > maxLength) return undefined
  return Math.ceil((length * 4) / 3)
}

function viewOf(bytes: Bytes): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** CRC-32 as in zip and PNG: finds every burst of up to 32 wrong bits. It is no protection against malice. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
