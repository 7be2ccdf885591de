import * as v from 'valibot'

/** Languages a text may be translated to. Swedish is the language of the text itself. */
export const translationLanguages = ['en', 'fi', 'ar'] as const
export type TranslationLanguage = (typeof translationLanguages)[number]

/**
 * An object of a document, with what every object may carry beside its own fields:
 *
 * - `translations`: the same field names in another language, for the fields that are text;
 * - `secrecy`: per field, the legal ground for keeping it out of the open extract
 *   (for example `secrecy: { number: "OSL 39:3" }`).
 *
 * Fields this version does not know are kept as they are, and a translation or secrecy mark for such
 * a field is no error here, so that an older app neither loses nor refuses what a newer one wrote. The
 * type lists known fields only; `unknown-fields.ts` finds the rest for those who write plans.
 */
export function entry<const E extends v.ObjectEntries>(entries: E) {
  const shape = { ...entries, translations, secrecy }
  // looseObject at run time keeps unknown fields; the narrower type keeps our own code honest.
  return v.looseObject(shape) as unknown as v.ObjectSchema<typeof shape, undefined>
}

const translations = v.optional(
  v.record(v.string(), v.record(v.string(), v.union([v.string(), v.array(v.string())]))),
)
const secrecy = v.optional(v.record(v.string(), v.string()))

/** A line of text a person reads: not blank, at most 400 characters. Inline Markdown subset allowed. */
export const line = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'is empty'),
  v.maxLength(400, 'is longer than 400 characters: split it'),
)

/** Several sentences: not blank, at most 4,000 characters. Inline Markdown subset allowed. */
export const prose = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'is empty'),
  v.maxLength(4000, 'is longer than 4,000 characters'),
)
