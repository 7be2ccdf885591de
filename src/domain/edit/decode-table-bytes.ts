export type TableEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/**
 * The text of a CSV file as Excel writes it: UTF-8 or UTF-16 by its byte order mark or as it looks, else
 * Windows-1252, in which every byte means something. Never throws.
 */
export function decodeTableBytes(bytes: Uint8Array): { text: string; encoding: TableEncoding } {
  const encoding = encodingOf(bytes)
  try {
    return {
      text: new TextDecoder(encoding, { fatal: encoding === 'utf-8' }).decode(bytes),
      encoding,
    }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' }
  }
}

function encodingOf(bytes: Uint8Array): TableEncoding {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  // Latin letters have a zero in every second byte; no other encoding of text has any.
  const start = bytes.subarray(0, 200)
  const zeros = (odd: number) => start.filter((byte, at) => byte === 0 && at % 2 === odd).length
  if (zeros(1) > start.length / 4) return 'utf-16le'
  if (zeros(0) > start.length / 4) return 'utf-16be'
  return 'utf-8'
}
