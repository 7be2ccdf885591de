import * as v from 'valibot'
import { identifier, instant } from '#domain/schema/values.ts'
import { kidSchema, publicJwkSchema } from '#trust/keys.ts'
import { countSchema, hashSchema } from '#trust/root-schema.ts'

/** The most bytes an entry may have as it lies in a store; as `LIMITS.log` of `store/layout.ts`. */
export const maxEntryBytes = 8 * 1024

/** Sealed text is padded to multiples of this, so that sizes tell little. */
export const entryPadding = 512

/** The longest an entry may ask to be kept: a year and a month, so that yearly work does not run out. */
export const maxKeepDays = 400

/** What a kind of entry is called: small letters, digits and hyphens. */
const kindSchema = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/))
/** What entries of one undertaking share (one start of a phone tree); chosen at random by who starts it. */
const runSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/))

/** Who claims to write, before anything is believed: enough to ask whether the signatures hold. */
export const claimSchema = v.looseObject({ device: kidSchema, deviceKey: publicJwkSchema })

/** What stands in clear: enough to admit an entry without being able to read it. Unknown fields are kept. */
export const outerSchema = v.looseObject({
  format: countSchema,
  minFormat: countSchema,
  org: hashSchema,
  department: identifier,
  /** Thumbprint of `deviceKey`. */
  device: kidSchema,
  deviceKey: publicJwkSchema,
  epoch: countSchema,
  /** The device's own numbering, from 1; never used twice. */
  n: countSchema,
  keepDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxKeepDays)),
  /** Base64url. */
  sealed: v.string(),
})
export type Outer = v.InferOutput<typeof outerSchema>

/** What is sealed. The first five say where it belongs; each must equal the outer one. Unknown fields are kept. */
export const innerSchema = v.looseObject({
  org: hashSchema,
  department: identifier,
  device: kidSchema,
  epoch: countSchema,
  n: countSchema,
  /** Payload hash of the device's entry before. */
  previous: v.optional(hashSchema),
  kind: kindSchema,
  run: v.optional(runSchema),
  /** By the device's clock: for people to read, never to decide by. */
  time: instant,
  body: v.looseObject({}),
})
export type Inner = v.InferOutput<typeof innerSchema>
