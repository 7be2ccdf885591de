import * as v from 'valibot'
import { identifier, instant } from '#domain/schema/values.ts'
import { parseJson } from '#trust/json.ts'
import { kidSchema, publicJwkSchema } from '#trust/keys.ts'
import { countSchema, genSchema, hashSchema } from '#trust/root-schema.ts'
import { ReleaseError } from './release-error.ts'

const text = v.pipe(v.string(), v.maxLength(500))
/** Kinds a later app invents are kept, so any word will do. */
const kind = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/))
const jwe = v.pipe(v.string(), v.maxLength(2000))

const changeSchema = v.looseObject({
  kind,
  id: identifier,
  title: text,
  change: v.picklist(['added', 'changed', 'removed']),
  /** Which fields, as paths: "contacts.nattpatrull.number". At most 20. */
  fields: v.array(text),
  /** Role title of who published it. */
  by: text,
  gen: genSchema,
  v: countSchema,
  edition: countSchema,
  issued: instant,
  /** Why, in one line of whoever published; absent where they gave none, and from older apps. */
  reason: v.optional(text),
})

/** What stands in the sealed manifest. Unknown fields are kept. */
export const manifestSchema = v.looseObject({
  format: countSchema,
  /** Role title of who published; a head that was re-signed later still tells it. */
  by: text,
  documents: v.array(
    v.looseObject({
      kind,
      id: identifier,
      title: text,
      /** SHA-256 hex of the document's body as JSON. */
      hash: hashSchema,
      /** The release it last changed in. */
      gen: genSchema,
      v: countSchema,
      /** Which of the head's packs holds it, counted from 0. */
      pack: v.pipe(v.number(), v.integer(), v.minValue(0)),
    }),
  ),
  /** Newest first; those of this release and some before it. */
  changes: v.array(changeSchema),
  /** Private half of the epoch's member key. */
  member: v.strictObject({ ...publicJwkSchema.entries, d: v.string() }),
  /** Key (base64url) and floor of `gemensamt`: joining one department joins both. */
  common: v.optional(
    v.looseObject({ key: v.string(), epoch: countSchema, gen: genSchema, v: countSchema }),
  ),
})
export type Manifest = v.InferOutput<typeof manifestSchema>
export type ManifestEntry = Manifest['documents'][number]

/** A pack's content: documents as `{kind, id, body}`. */
export const packSchema = v.array(v.looseObject({ kind, id: identifier, body: v.unknown() }))
export type Pack = v.InferOutput<typeof packSchema>

/** The plain key blob: wraps of the epoch key by device id, and one for the recovery key. */
export const keysSchema = v.looseObject({
  format: countSchema,
  org: hashSchema,
  department: identifier,
  epoch: countSchema,
  wraps: v.record(kidSchema, jwe),
  recovery: jwe,
  /** Public agreement keys by device id, so that any later publisher can begin a new epoch for them. */
  agreement: v.optional(v.record(kidSchema, publicJwkSchema)),
})
export type Keys = v.InferOutput<typeof keysSchema>

/** Reads JSON of the given shape. @throws ReleaseError with `code`; TrustError json-*, text-malformed */
export function parseShape<const S extends v.GenericSchema>(
  schema: S,
  bytes: Uint8Array,
  code: 'manifest-malformed' | 'pack-malformed' | 'keys-malformed',
): v.InferOutput<S> {
  const result = v.safeParse(schema, parseJson(bytes))
  if (result.success) return result.output
  const where = result.issues.map((issue) => v.getDotPath(issue) ?? '').join(', ')
  throw new ReleaseError(code, `not as it should be: ${where}`)
}
