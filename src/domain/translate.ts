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

/** Fields nobody reads a page for: what is only searched by, and what a statement rests on. */
const besideTheText: ReadonlySet<string> = new Set([...fieldsAboutFields, 'aliases', 'sources'])

/** How much of a document's text there is in a language: all of it, some, or none. Swedish is all there. */
export function translationExtent(
  document: { kind: DocumentKind; body: unknown },
  language: 'sv' | TranslationLanguage,
): 'all' | 'some' | 'none' {
  if (language === 'sv') return 'all'
  const count = { translated: 0, swedish: 0 }
  countTexts(schemaPart(documentSchemas[document.kind]), document.body, { language, count })
  if (count.swedish === 0) return 'all'
  return count.translated === 0 ? 'none' : 'some'
}

function countTexts(
  schema: SchemaPart,
  value: unknown,
  to: { language: string; count: { translated: number; swedish: number } },
): void {
  const part = unwrapSchema(schema)
  const { item } = part
  if (item !== undefined && Array.isArray(value)) {
    for (const one of value) countTexts(item, one, to)
  }
  if (part.entries === undefined || !isPlainObject(value)) return
  const texts = textsOf(value, to.language)
  for (const [field, inner] of Object.entries(part.entries)) {
    if (besideTheText.has(field) || !Object.hasOwn(value, field)) continue
    const text = value[field]
    if (!isTranslatable(inner)) countTexts(inner, text, to)
    else if (isWritten(text) || (Array.isArray(text) && text.length > 0)) {
      const hasOwn = Object.hasOwn(texts, field)
      to.count[hasOwn && isTranslated(text, texts[field]) ? 'translated' : 'swedish'] += 1
    }
  }
}

/** Every line of a list, or the text, is written in the other language. */
function isTranslated(swedish: unknown, text: unknown): boolean {
  if (!Array.isArray(swedish)) return isWritten(text)
  return Array.isArray(text) && swedish.length === text.length && text.every(isWritten)
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
