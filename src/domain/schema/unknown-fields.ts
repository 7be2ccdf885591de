import { likelyWord } from '../edit-distance.ts'
import { documentSchemas, type DocumentKind } from './document.ts'
import { translationLanguages } from './entry.ts'
import {
  fieldsAboutFields,
  isPlainObject,
  isTranslatable,
  schemaPart,
  walkSchema,
  type SchemaPart,
} from './walk-schema.ts'

/**
 * What a schema accepts for the sake of newer versions, but an author most likely did not mean:
 *
 * - `unknown-field`: no field of this object, in the object, its translations or its secrecy marks;
 * - `unknown-language`: no language texts are translated to;
 * - `not-translatable`: the field is not text (a number, a reference, a date);
 * - `translation-shape`: a list translated as one text, or the reverse;
 * - `translation-length`: a list with more or fewer lines than the Swedish one (Swedish is shown then);
 * - `translation-of-nothing`: the Swedish field is missing.
 */
export type FieldProblemCode =
  | 'unknown-field'
  | 'unknown-language'
  | 'not-translatable'
  | 'translation-shape'
  | 'translation-length'
  | 'translation-of-nothing'

export interface FieldProblem {
  code: FieldProblemCode
  /** Where it stands in the body, down to the field itself. */
  path: (string | number)[]
  field: string
  /** The field or language that was most likely meant. */
  likely?: string
  /** Fields or languages that are allowed there. */
  allowed: string[]
}

/** Everything of the kind above in a body, valid or not. */
export function unknownFields(kind: DocumentKind, body: unknown): FieldProblem[] {
  const problems: FieldProblem[] = []
  for (const { part, value, path } of walkSchema(schemaPart(documentSchemas[kind]), body)) {
    if (part.entries === undefined || !isPlainObject(value)) continue
    const allowed = Object.keys(part.entries)
    const known = new Set(allowed)
    for (const field of Object.keys(value)) {
      if (!known.has(field)) problems.push(named('unknown-field', [...path, field], allowed))
    }
    const fields = allowed.filter((field) => !fieldsAboutFields.has(field))
    problems.push(...secrecyProblems(value.secrecy, fields, [...path, 'secrecy']))
    problems.push(...translationProblems(part.entries, value, fields, [...path, 'translations']))
  }
  return problems
}

function named(
  code: FieldProblemCode,
  path: (string | number)[],
  allowed: readonly string[],
): FieldProblem {
  const field = String(path.at(-1))
  const likely = likelyWord(field, allowed)
  return { code, path, field, allowed: [...allowed], ...(likely === undefined ? {} : { likely }) }
}

function secrecyProblems(
  secrecy: unknown,
  fields: string[],
  path: (string | number)[],
): FieldProblem[] {
  if (!isPlainObject(secrecy)) return []
  return Object.keys(secrecy)
    .filter((field) => !fields.includes(field))
    .map((field) => named('unknown-field', [...path, field], fields))
}

function translationProblems(
  entries: Readonly<Record<string, SchemaPart>>,
  value: Record<string, unknown>,
  fields: string[],
  path: (string | number)[],
): FieldProblem[] {
  if (!isPlainObject(value.translations)) return []
  const problems: FieldProblem[] = []
  const languages: readonly string[] = translationLanguages
  const texts = fields.filter((field) => isTranslatable(entries[field] as SchemaPart))
  for (const [language, translated] of Object.entries(value.translations)) {
    if (!languages.includes(language)) {
      problems.push(named('unknown-language', [...path, language], languages))
    }
    if (!isPlainObject(translated)) continue
    for (const [field, text] of Object.entries(translated)) {
      const code = translationCode(fields, texts, field, value[field], text)
      if (code !== undefined) problems.push(named(code, [...path, language, field], texts))
    }
  }
  return problems
}

function translationCode(
  fields: string[],
  texts: string[],
  field: string,
  swedish: unknown,
  text: unknown,
): FieldProblemCode | undefined {
  if (!fields.includes(field)) return 'unknown-field'
  if (!texts.includes(field)) return 'not-translatable'
  if (swedish === undefined) return 'translation-of-nothing'
  if (Array.isArray(swedish) !== Array.isArray(text)) return 'translation-shape'
  if (Array.isArray(swedish) && Array.isArray(text) && swedish.length !== text.length) {
    return 'translation-length'
  }
  return undefined
}
