import { documentSchemas, type DocumentKind, type DocumentOf } from './schema/document.ts'
import type { TranslationLanguage } from './schema/entry.ts'
import {
  fieldsAboutFields,
  isPlainObject,
  isTranslatable,
  schemaPart,
  unwrapSchema,
  type SchemaPart,
} from './schema/walk-schema.ts'

/**
 * The document with the texts of a language laid over the Swedish ones. What is not translated, blank, or
 * a list of another length stays Swedish: half a list of what not to do is worse than one in Swedish.
 * Numbers, references and dates are never taken from a translation. The shape stays the same, and the
 * given document is left as it is. `sv` gives the document itself.
 */
export function translateDocument<K extends DocumentKind>(
  document: DocumentOf<K>,
  language: 'sv' | TranslationLanguage,
): DocumentOf<K> {
  if (language === 'sv') return document
  const schema = schemaPart(documentSchemas[document.kind])
  return { ...document, body: translateValue(schema, document.body, language) } as DocumentOf<K>
}

function translateValue(schema: SchemaPart, value: unknown, language: string): unknown {
  const part = unwrapSchema(schema)
  const { item } = part
  if (item !== undefined && Array.isArray(value)) {
    return value.map((one) => translateValue(item, one, language))
  }
  if (part.entries === undefined || !isPlainObject(value)) return value
  const texts = textsOf(value, language)
  // Unknown fields of a newer version come along untouched.
  const translated: Record<string, unknown> = { ...value }
  for (const [field, inner] of Object.entries(part.entries)) {
    if (fieldsAboutFields.has(field) || !Object.hasOwn(value, field)) continue
    translated[field] = isTranslatable(inner)
      ? laidOver(value[field], Object.hasOwn(texts, field) ? texts[field] : undefined)
      : translateValue(inner, value[field], language)
  }
  return translated
}

function textsOf(value: Record<string, unknown>, language: string): Record<string, unknown> {
  const { translations } = value
  if (!isPlainObject(translations) || !Object.hasOwn(translations, language)) return {}
  const texts = translations[language]
  return isPlainObject(texts) ? texts : {}
}

function laidOver(swedish: unknown, text: unknown): unknown {
  if (typeof swedish === 'string') return isWritten(text) ? text : swedish
  if (Array.isArray(swedish) && Array.isArray(text) && swedish.length === text.length) {
    return swedish.map((line: unknown, index) => (isWritten(text[index]) ? text[index] : line))
  }
  return swedish
}

function isWritten(text: unknown): text is string {
  return typeof text === 'string' && text.trim() !== ''
}
