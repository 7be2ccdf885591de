import { likelyWord } from '#domain/edit-distance.ts'

/** What to write instead, by what the schema's message asks for. */
const hints: readonly (readonly [asked: RegExp, hint: string])[] = [
  [
    /\bdate\b|\bday in the calendar/,
    'Write year, month and day as YYYY-MM-DD, a day that exists, for example "2026-02-28"',
  ],
  [
    /time with offset|time in the calendar/,
    'Write YYYY-MM-DDThh:mm:ss and the offset from UTC, for example "2026-03-12T14:20:00+01:00"',
  ],
  [/length of time/, 'Write a number, a space and min, h, d or w, for example "4 h"'],
  [/clock time/, 'Write hours and minutes with a colon, 00:00 to 23:59, for example "07:00"'],
  [/\+46/, 'Write the country code and no spaces: 070-174 06 05 becomes "+46701740605"'],
  [/is empty/, 'Write a text, or remove the field'],
  [/has no (steps|fields)/, 'Add one, or remove the list'],
  [/longer than|has more than/, 'Make it shorter'],
]

/** What to do about a value that is of the right type but not allowed. */
export function valueHint(message: string, value: unknown): string {
  const known = hints.find(([asked]) => asked.test(message))
  if (known !== undefined) return known[1]
  // "must be "it" or "phone" or "power"": the allowed words stand in the message.
  const allowed = [...message.matchAll(/"([^"]+)"/g)].map(([, word]) => word ?? '')
  const likely = typeof value === 'string' ? likelyWord(value, allowed) : undefined
  if (likely !== undefined) return `Did you mean "${likely}"?`
  if (message.startsWith('must be "')) return 'Choose one of those words'
  return 'Write it as this line asks for'
}
