import type { Head } from './head.ts'

/** No letter that is mistaken for another by ear or eye (Crockford's base 32). */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * [R58] The code two people compare by telephone, or with a printout: 40 bits of the manifest's hash as
 * "K7F2-9QXM". Same code, same content: a manager who is let in changes neither.
 *
 * @param head of the release
 */
export function versionCode({ manifest: [hash] }: Pick<Head, 'manifest'>): string {
  let code = ''
  for (let digit = 0; digit < 10; digit += 5) {
    const bits = Number.parseInt(hash.slice(digit, digit + 5), 16)
    for (const shift of [15, 10, 5, 0]) code += letters[(bits >> shift) & 31]
  }
  return `${code.slice(0, 4)}-${code.slice(4)}`
}
