/** No letter that is mistaken for another by ear or eye (Crockford's base 32). */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The code two people compare by telephone, or with a printout: 40 bits of the head's payload hash as
 * "K7F2-9QXM". Same code, same content.
 */
export function versionCode(headHash: string): string {
  let code = ''
  for (let digit = 0; digit < 10; digit += 5) {
    const bits = Number.parseInt(headHash.slice(digit, digit + 5), 16)
    for (const shift of [15, 10, 5, 0]) code += letters[(bits >> shift) & 31]
  }
  return `${code.slice(0, 4)}-${code.slice(4)}`
}
