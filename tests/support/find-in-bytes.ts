import { inflateRawSync, inflateSync, gunzipSync, brotliDecompressSync } from 'node:zlib'

/** What is looked for, by its name in a report: bytes, compared as they are. */
export type Needles = ReadonlyMap<string, Uint8Array>

/** As many bytes of a needle as are compared first. */
const prefixLength = 5

/**
 * Looks for needles in bytes: as they lie there, in every run of base64 or base64url in them, and in what
 * inflates of either. Letters count the same whether they are large or small.
 *
 * @returns names of what was found, with how
 */
export function createFinder(needles: Needles): (bytes: Uint8Array) => string[] {
  const byPrefix = new Map<string, { name: string; text: string }[]>()
  for (const [name, bytes] of needles) {
    if (bytes.length < prefixLength) throw new RangeError(`${name} is too short to look for`)
    const text = Buffer.from(bytes).toString('latin1').toLowerCase()
    const prefix = text.slice(0, prefixLength)
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), { name, text }])
  }
  const search = (bytes: Uint8Array): string[] => {
    const text = Buffer.from(bytes).toString('latin1').toLowerCase()
    const found: string[] = []
    for (let at = 0; at + prefixLength <= text.length; at++) {
      for (const needle of byPrefix.get(text.slice(at, at + prefixLength)) ?? []) {
        if (text.startsWith(needle.text, at)) found.push(needle.name)
      }
    }
    return found
  }
  return (bytes) => [
    ...new Set(
      formsOf(bytes).flatMap(([how, form]) => search(form).map((name) => `${name} (${how})`)),
    ),
  ]
}

/** The bytes, what base64 in them decodes to, and what any of these inflates to. */
function formsOf(bytes: Uint8Array): [string, Uint8Array][] {
  const forms: [string, Uint8Array][] = [['as it is', bytes]]
  for (const decoded of decodedRuns(bytes)) {
    forms.push(['base64', decoded])
    // A payload holds base64url itself: keys, hashes, sealed entries.
    for (const inner of decodedRuns(decoded)) forms.push(['base64 twice', inner])
  }
  for (const [how, form] of forms.slice()) {
    for (const inflated of inflatedForms(form)) forms.push([`${how}, inflated`, inflated])
  }
  return forms
}

function decodedRuns(bytes: Uint8Array): Uint8Array[] {
  const text = Buffer.from(bytes).toString('latin1')
  const runs = text.match(/[A-Za-z0-9+/_-]{16,}/g) ?? []
  return runs.map((run) => Buffer.from(run, 'base64url'))
}

/** Sealed bytes begin with 12 random ones; a length field of four may come first. */
function inflatedForms(bytes: Uint8Array): Uint8Array[] {
  const inflated: Uint8Array[] = []
  for (const from of [0, 4, 12, 16]) {
    for (const inflate of [inflateRawSync, inflateSync, gunzipSync, brotliDecompressSync]) {
      try {
        inflated.push(inflate(bytes.subarray(from), { maxOutputLength: 4_000_000 }))
      } catch {
        // It is no such stream, as nearly everything here.
      }
    }
  }
  return inflated
}
