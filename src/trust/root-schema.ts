import * as v from 'valibot'
import { identifier, instant } from '#domain/schema/values.ts'
import { isStoreAddress } from './store-address.ts'
import { kidSchema, publicJwkSchema } from './keys.ts'

export const hashSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
export const countSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9_999_999_999))
/** Generations have four digits in the store's paths. */
export const genSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9999))
const titleSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const kidsSchema = v.pipe(v.array(kidSchema), v.maxLength(500))

const departmentSchema = v.looseObject({
  title: titleSchema,
  gen: genSchema,
  /** Who may publish. */
  publish: kidsSchema,
  /** Who approves routines of health care (the medical lead nurse). */
  approve: kidsSchema,
  /** Who may start a phone tree. */
  start: kidsSchema,
  /** Closed for good: phones say so and keep what they have. A department is never taken out. */
  ended: v.optional(v.boolean()),
})

/**
 * What a root says (TRUST "Objects"). It is public: role titles, never names of persons. Unknown fields
 * are kept.
 */
export const rootSchema = v.looseObject({
  format: countSchema,
  minFormat: countSchema,
  /** Hash of root 1's payload; root 1 cannot name itself and leaves it out. */
  org: v.optional(hashSchema),
  v: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(999_999)),
  /** The organisation's name. */
  title: titleSchema,
  example: v.optional(v.boolean()),
  issued: instant,
  /** When the coordinator means to look it through again. A reminder: it never ends a root. */
  reviewBy: instant,
  /** Public halves of every signing key the root names, by thumbprint. */
  keys: v.record(kidSchema, publicJwkSchema),
  /** Role titles ("Enhetschef hemtjänst norr") by thumbprint. */
  roles: v.record(kidSchema, titleSchema),
  /** Agreement keys of publishers by the thumbprint of their signing key: key wraps go to them. */
  agreementKeys: v.optional(v.record(kidSchema, publicJwkSchema)),
  root: v.looseObject({
    kids: v.pipe(v.array(kidSchema), v.minLength(2), v.maxLength(16)),
    needForRoot: v.pipe(v.number(), v.integer(), v.minValue(2)),
  }),
  departments: v.record(identifier, departmentSchema),
  stores: v.pipe(
    v.array(
      v.looseObject({
        // Absolute, or relative to the app's own address; no other scheme, no credentials.
        url: v.pipe(v.string(), v.maxLength(500), v.check(isStoreAddress)),
        write: v.boolean(),
      }),
    ),
    v.maxLength(20),
  ),
  /** Devices whose access has ended. */
  wiped: v.pipe(v.array(kidSchema), v.maxLength(5000)),
  /** The recovery key (ECDH): every epoch key is wrapped for it. */
  recovery: publicJwkSchema,
})

export type Root = v.InferOutput<typeof rootSchema>
