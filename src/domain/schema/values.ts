import * as v from 'valibot'
import { entry } from './entry.ts'

/** The kinds a reference may point at. `contact` is an entry of a department's contacts document. */
export const referenceKinds = [
  'plan',
  'routine',
  'phone-tree',
  'form',
  'exercise',
  'situation',
  'rota',
  'contact',
] as const
export type ReferenceKind = (typeof referenceKinds)[number]

/** File name, folder name and address part: lower-case letters a–z, digits and single hyphens. */
export const identifier = v.pipe(
  v.string(),
  v.regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'may hold only a–z, 0–9 and single hyphens, for example "tes-korlista"',
  ),
  v.maxLength(64, 'is longer than 64 characters'),
)

/** `department/kind/id`, for example `hemtjanst/form/anteckning-vid-besok`. */
export const reference = v.pipe(
  v.string(),
  v.regex(
    /^[a-z0-9]+(-[a-z0-9]+)*\/(plan|routine|phone-tree|form|exercise|situation|rota|contact)\/[a-z0-9]+(-[a-z0-9]+)*$/,
    'is no reference: write department/kind/id, for example "hemtjanst/form/anteckning-vid-besok"',
  ),
)

/** A reference of one kind only. */
export function referenceTo(kind: ReferenceKind) {
  return v.pipe(
    reference,
    v.check(
      (value) => value.split('/')[1] === kind,
      `must point at a ${kind}: department/${kind}/id`,
    ),
  )
}

/** Numbers that work in all of Sweden and are no E.164 numbers. */
export const nationalNumbers = ['112', '11313', '11414', '1177'] as const

/** E.164 (`+46701740605`) or one of the national short numbers, as text. */
export const phoneNumber = v.pipe(
  v.string('must be text in quotation marks, for example "+46701740605"'),
  v.regex(
    /^(\+[1-9][0-9]{6,14}|112|11313|11414|1177)$/,
    'must be written as +46…, without spaces, for example "+46701740605" (or 112, 11313, 11414, 1177)',
  ),
)

/** A calendar day that exists, `2026-03-12`. */
export const day = v.pipe(
  v.string('must be a date in quotation marks, for example "2026-03-12"'),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date, for example "2026-03-12"'),
  v.check(
    (value) => !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value),
    'is no day in the calendar',
  ),
)

/** A point in time with offset, RFC 3339: `2026-03-12T14:20:00+01:00`. */
export const instant = v.pipe(
  v.string(),
  v.regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/,
    'must be a time with offset, for example "2026-03-12T14:20:00+01:00"',
  ),
  v.check((value) => !Number.isNaN(Date.parse(value)), 'is no time in the calendar'),
)

/** A length of time a manager can read: `30 min`, `4 h`, `3 d` (days), `2 w` (weeks). */
export const duration = v.pipe(
  v.string(),
  v.regex(
    /^[1-9][0-9]{0,3} (min|h|d|w)$/,
    'must be a length of time: "30 min", "4 h", "3 d" or "2 w"',
  ),
)

/** Minutes in a duration of the schema above. */
export function minutesOf(text: string): number {
  const [count, unit] = text.split(' ')
  const minutes = { min: 1, h: 60, d: 1440, w: 10080 }[unit ?? '']
  if (minutes === undefined) throw new RangeError(`not a duration: ${text}`)
  return Number(count) * minutes
}

/** Clock time of a day, `07:00`. */
export const clockTime = v.pipe(
  v.string('must be a clock time in quotation marks, for example "07:00"'),
  v.regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'must be a clock time, for example "07:00"'),
)

/** A number of a row in the list of what went down in the reports. */
export const answerRow = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(999))

/** What a statement rests on; `practice` marks what no report says. */
export const source = entry({
  text: v.pipe(v.string(), v.minLength(1)),
  practice: v.optional(v.boolean()),
  verified: v.optional(v.boolean()),
})
