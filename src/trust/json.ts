import { textOf } from './bytes.ts'
import { TrustError } from './trust-error.ts'

/** Deeper than any document of ours by far; a walk over the value can rely on it. */
const maxDepth = 64

/**
 * JSON of bytes that are signed or named by a hash inside a signature.
 *
 * @throws TrustError text-malformed, json-malformed, json-deep
 */
export function parseJson(bytes: Uint8Array): unknown {
  if (depthOf(bytes) > maxDepth) throw new TrustError('json-deep', `nested deeper than ${maxDepth}`)
  const text = textOf(bytes)
  // A key of this name makes a property in JSON.parse but changes the prototype when it is copied.
  if (text.includes('"__proto__":')) throw new TrustError('json-malformed', 'a key is __proto__')
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new TrustError('json-malformed', 'not JSON', { cause })
  }
}

/**
 * JSON that has one spelling only: what `JSON.stringify` writes. Duplicate keys, spaces, other escapes
 * and anything after the value are refused, so that no two readers can see two things in it.
 *
 * @throws TrustError text-malformed, json-malformed, json-deep, json-spelling
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  const value = parseJson(bytes)
  if (JSON.stringify(value) !== textOf(bytes)) {
    throw new TrustError('json-spelling', 'JSON is not spelled as JSON.stringify spells it')
  }
  return value
}

/** How deep brackets nest outside strings. Reads bytes, because it runs over all content at start. */
function depthOf(bytes: Uint8Array): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (inString) {
      if (byte === 0x5c) i++
      else if (byte === 0x22) inString = false
    } else if (byte === 0x22) inString = true
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > deepest) deepest = depth
    } else if (byte === 0x7d || byte === 0x5d) depth--
  }
  return deepest
}

/** Whether two JSON values are the same; the order of keys and keys that are undefined do not count. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => sameJson(item, b[i]))
    )
  }
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => sameJson(ownValue(a, key), ownValue(b, key)))
}

/** `object[key]` where the object has it itself: "constructor" is a possible name of a department. */
export function ownValue<T>(
  object: { readonly [key: string]: T } | object,
  key: string,
): T | undefined {
  return Object.hasOwn(object, key) ? (object as { readonly [key: string]: T })[key] : undefined
}
