import * as v from 'valibot'
import { plainText } from '#domain/plain-text.ts'
import { publicJwkSchema } from '#trust/keys.ts'
import { countSchema, genSchema, hashSchema } from '#trust/root-schema.ts'
import { maxKeepDays } from './entry-schema.ts'
import { isOnCurve } from './is-on-curve.ts'

/** Characters of a report's text and of the title it names. */
export const longestReport = 500
export const longestTitle = 200

/**
 * What members tell each other. A later version adds kinds and fields, and takes none away: a kind that
 * is not known here is kept and means nothing, fields that are not known are kept.
 */
const joinedSchema = v.looseObject({
  /** The invitation's id, as its 12 hex characters; a device that came by another way has none. */
  invitation: v.optional(v.pipe(v.string(), v.maxLength(64))),
  /** Chosen by the person: "Anna N, jobbtelefon". */
  label: v.pipe(
    v.string(),
    v.transform((text) => plainText(text, 60)),
  ),
  /** Key wraps for this device are made for it. A point that is none would stop a rotation. */
  agreement: v.pipe(publicJwkSchema, v.check(isOnCurve)),
})

const confirmedSchema = v.looseObject({
  gen: genSchema,
  v: countSchema,
  /** Payload hash of the head. */
  head: hashSchema,
})

/** The last thing a device says of itself before it gives up what it holds of the department. */
const leftSchema = v.looseObject({})

const alarmSchema = v.looseObject({
  /** What was seen, as a code of the app: `head-gen`, `jws-signature`, `fork` … */
  code: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,63}$/)),
  /** Which store offered it. */
  store: v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => plainText(text, 200)),
    ),
  ),
  detail: v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => plainText(text, 300)),
    ),
  ),
})

/** Ends the run that stands in the entry. */
const closedSchema = v.looseObject({})

/** Something that is wrong or missing in a plan, for those who publish it. */
const reportSchema = v.looseObject({
  /** Chosen by the device: what it may have told twice counts once. */
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/)),
  /** `department/kind/id` of the document that was read. */
  document: v.pipe(v.string(), v.maxLength(200), v.regex(/^[a-z0-9-]+\/[a-z0-9-]+\/[a-z0-9-]+$/)),
  /** Its title, as whoever reports saw it. */
  title: v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => plainText(text, longestTitle)),
    ),
  ),
  text: v.pipe(
    v.string(),
    v.transform((text) => plainText(text, longestReport)),
    v.nonEmpty(),
  ),
})

/** A publisher has seen to a report. */
const handledSchema = v.looseObject({
  /** Hash of the report's entry. */
  report: hashSchema,
})

const schemaByKind = {
  joined: joinedSchema,
  confirmed: confirmedSchema,
  left: leftSchema,
  alarm: alarmSchema,
  closed: closedSchema,
  report: reportSchema,
  handled: handledSchema,
} as const

export type KnownKind = keyof typeof schemaByKind
export type BodyOf<K extends KnownKind> = v.InferOutput<(typeof schemaByKind)[K]>
export type Joined = BodyOf<'joined'>
export type Confirmed = BodyOf<'confirmed'>
export type Alarm = BodyOf<'alarm'>

/** [J20] The body of an entry of one kind; undefined when it is of another, or not as that kind should be. */
export function readBody<K extends KnownKind>(
  entry: { kind: string; body: unknown },
  kind: K,
): BodyOf<K> | undefined {
  if (entry.kind !== kind) return undefined
  const result = v.safeParse(schemaByKind[kind], entry.body)
  return result.success ? (result.output as BodyOf<K>) : undefined
}

/**
 * How long an entry is kept when nothing else is said, in days from when it is first received. Who has
 * joined, what they hold and what is closed is to outlast a quiet year; the rest is news.
 */
export function keepDaysOf(kind: string): number {
  return ['joined', 'confirmed', 'left', 'closed'].includes(kind) ? maxKeepDays : 90
}
