import type { Kid } from '#trust/keys.ts'

/** No letter that is mistaken for another by ear or eye (Crockford's base 32). */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** RFC 4648, section 5: six bits a character. */
const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * What a phone is called beside the name its person gave it, short enough to be read out: the first 30 bits of
 * its id as "K7F-29Q". It tells phones of one department apart and proves nothing: two of ten thousand are
 * alike about once in twenty times, and whoever makes keys for long enough finds one that is. What decides is
 * the whole id.
 *
 * @param device thumbprint of the phone's signing key, base64url; any other text gives the same shape
 */
export function shortId(device: Kid): string {
  let bits = 0
  for (let at = 0; at < 5; at += 1) bits = (bits << 6) | (base64url.indexOf(device.charAt(at)) & 63)
  let short = ''
  for (let shift = 25; shift >= 0; shift -= 5) short += letters[(bits >> shift) & 31]
  return `${short.slice(0, 3)}-${short.slice(3)}`
}
