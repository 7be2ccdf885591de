import { nationalNumbers } from './schema/values.ts'

export type PhoneNumberProblem =
  | 'empty'
  /** Letters, `;`, `*`, `#`: what a phone could take for a command is never a number here. */
  | 'not-a-number'
  | 'too-short'
  | 'too-long'
  /** Neither 0…, nor +…, nor a national number: the area code is missing. */
  | 'no-area-code'

export type ParsedPhoneNumber =
  { ok: true; number: string } | { ok: false; code: PhoneNumberProblem }

/** Marks of writing direction and of no width, which come along when a number is pasted. */
const invisible = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
const separators = /[\s().\-\u2010-\u2015\u2212/]/g

/**
 * Understands a number in any usual Swedish writing and gives it as the schema wants it: E.164, or one
 * of the national short numbers. Understood: `070-174 06 05`, `0701740605`, `+46 (0)70 174 06 05`,
 * `0046701740605`, `tel:…`, `112`, `113 13`, and mobile numbers that lost their first zero in a
 * spreadsheet (`701740605`). Whether somebody answers there is not known.
 */
export function parsePhoneNumber(text: string): ParsedPhoneNumber {
  const written = text
    .normalize('NFKC')
    .replace(invisible, '')
    .trim()
    .replace(/^tel:\s*/i, '')
  if (written === '') return { ok: false, code: 'empty' }
  const compact = written.replace(/(^\+\s*46[\s-]*|^0046[\s-]*)\(0\)/, '$1').replace(separators, '')
  if (!/^\+?[0-9]+$/.test(compact)) return { ok: false, code: 'not-a-number' }
  if ((nationalNumbers as readonly string[]).includes(compact)) return { ok: true, number: compact }
  const international = toInternational(compact)
  if (international === undefined) {
    return { ok: false, code: compact.length < 6 ? 'too-short' : 'no-area-code' }
  }
  return checkLength(international)
}

/** Digits after the plus sign. */
function toInternational(compact: string): string | undefined {
  if (compact.startsWith('+')) return compact.slice(1)
  if (compact.startsWith('00')) return compact.slice(2)
  if (compact.startsWith('0')) return `46${compact.slice(1)}`
  if (/^7[02369][0-9]{7}$/.test(compact)) return `46${compact}`
  if (/^46[1-9][0-9]{7,8}$/.test(compact)) return compact
  return undefined
}

function checkLength(digits: string): ParsedPhoneNumber {
  if (digits.startsWith('0')) return { ok: false, code: 'not-a-number' }
  const swedish = digits.startsWith('46')
  // Numbering plan for telephony (PTS): 7 to 9 digits after the country code, mobile numbers always 9.
  // "+46 070…": the zero of the area code was kept by mistake.
  const national = swedish ? digits.slice(2).replace(/^0/, '') : digits
  const mobile = swedish && /^7[02369]/.test(national)
  const shortest = mobile ? 9 : 7
  const longest = swedish ? 9 : 15
  if (national.length < shortest) return { ok: false, code: 'too-short' }
  if (national.length > longest) return { ok: false, code: 'too-long' }
  return { ok: true, number: swedish ? `+46${national}` : `+${digits}` }
}

const threeDigitAreas = new Set(
  (
    '010 011 013 016 018 019 020 021 023 026 031 033 035 036 040 042 044 046 054 060 063 090 ' +
    '070 072 073 076 079'
  ).split(' '),
)
/** How many digits stand together, by the number of digits after the area code. */
const groups: Readonly<Record<number, readonly number[]>> = {
  4: [2, 2],
  5: [3, 2],
  6: [3, 3],
  7: [3, 2, 2],
  8: [3, 3, 2],
}

/**
 * A stored number as Swedes write it: `070-174 06 05`, `08-465 004 00`, `0980-319 200`, `113 13`. A
 * number of another country keeps its plus sign. What is no stored number is given back unchanged,
 * since a person must always see something; only marks that would turn its digits round are left out.
 */
export function formatPhoneNumber(text: string): string {
  const number = text.replace(invisible, '')
  if (number === '11313' || number === '11414') return `${number.slice(0, 3)} ${number.slice(3)}`
  if (/^\+46[0-9]+$/.test(number)) return formatSwedish(`0${number.slice(3)}`)
  if (/^\+[0-9]+$/.test(number)) return formatForeign(number.slice(1))
  return number
}

function formatSwedish(digits: string): string {
  const length = digits.startsWith('08') ? 2 : threeDigitAreas.has(digits.slice(0, 3)) ? 3 : 4
  const rest = digits.slice(length)
  return `${digits.slice(0, length)}-${inGroups(rest, groups[rest.length] ?? [])}`
}

function formatForeign(digits: string): string {
  // Country codes of one digit are 1 and 7; those of the Nordic neighbours that have three begin with 35
  // and 29. Elsewhere two digits are right or near enough to read aloud.
  const length = /^[17]/.test(digits) ? 1 : /^(35|37|38|42|29)/.test(digits) ? 3 : 2
  const rest = digits.slice(length)
  const threes = Array.from({ length: Math.floor((rest.length - 1) / 3) }, () => 3)
  return `+${digits.slice(0, length)} ${inGroups(rest, threes)}`
}

function inGroups(digits: string, sizes: readonly number[]): string {
  const parts: string[] = []
  let position = 0
  for (const size of sizes) {
    parts.push(digits.slice(position, position + size))
    position += size
  }
  if (position < digits.length) parts.push(digits.slice(position))
  return parts.join(' ')
}

/** Whether it is a number as plans hold them, to the letter: E.164 or a national one. Others are not dialled. */
export function isStoredNumber(number: string): boolean {
  return (
    /^\+[1-9][0-9]{6,14}$/.test(number) || (nationalNumbers as readonly string[]).includes(number)
  )
}

/** The address a phone calls, `tel:+46701740605`: a plus sign and digits, never `;`, `*` or `#`. */
export function telAddress(number: string): string {
  return `tel:${diallable(number)}`
}

/** The address that opens a text message to the number. */
export function smsAddress(number: string): string {
  return `sms:${diallable(number)}`
}

function diallable(number: string): string {
  const digits = number.replace(/[^0-9]/g, '')
  return number.startsWith('+') ? `+${digits}` : digits
}

/**
 * Numbers the Swedish telecom authority (PTS) keeps free for books and films, and the national numbers:
 * all an example organisation may hold.
 */
const fictional: readonly (readonly [from: number, to: number])[] = [
  [46701740605, 46701740699],
  [46846500400, 46846500499],
  [46313900600, 46313900699],
  [46406280400, 46406280499],
  [46980319200, 46980319299],
]

/** Whether a stored number (E.164 or national) is one of those an example may hold. */
export function isFictionalNumber(number: string): boolean {
  if ((nationalNumbers as readonly string[]).includes(number)) return true
  if (!/^\+[0-9]{11}$/.test(number)) return false
  const value = Number(number.slice(1))
  return fictional.some(([from, to]) => value >= from && value <= to)
}

/**
 * Phone numbers written out in a text: area code and hyphen, or with a country code. Gives the words as
 * they stand with the number they mean.
 */
export function numbersInText(text: string): { written: string; number: string }[] {
  const found: { written: string; number: string }[] = []
  for (const [written] of text.matchAll(
    /(?<![\d-])(?:\+\d{1,3}|0\d{1,3}\s?[-–])[\d\s()\u2011-]{4,18}\d/g,
  )) {
    const parsed = parsePhoneNumber(written)
    if (parsed.ok) found.push({ written, number: parsed.number })
  }
  return found
}
