import { shortId } from '#journal/short-id.ts'
import type { Kid } from '#trust/keys.ts'

/**
 * Whether a person means this key or device by what they typed: its whole id, a beginning of at least six characters,
 * or the short id that stands beside a phone's name ("K7F-29Q", with or without the hyphen). More than one may be
 * meant: whoever asks has to see to that.
 */
export function isCalled(id: Kid, text: string): boolean {
  if (text.length >= 6 && id.startsWith(text)) return true
  return /^[0-9a-z]{3}-?[0-9a-z]{3}$/i.test(text) && plain(text) === plain(shortId(id))
}

/** Letters that are no digits of base 32 are read as those they look like. */
function plain(short: string): string {
  return short.replace('-', '').toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}
