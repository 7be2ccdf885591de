import type { InterfaceLanguage } from '#i18n/create-i18n.ts'

export interface TranslatedText {
  text: string
  language: InterfaceLanguage
}

/**
 * A text field of an object of a document, in the reader's language or else in Swedish, and which of
 * them it is: a page must mark every text that is in another language than the page (WCAG 3.1.2),
 * which a document translated as a whole no longer tells.
 */
export function translatedText(
  of: object,
  field: string,
  language: InterfaceLanguage,
): TranslatedText {
  const swedish = (of as Record<string, unknown>)[field]
  return choose(typeof swedish === 'string' ? swedish : '', textIn(of, field, language), language)
}

/** A list of lines likewise. A translated list of another length is not used at all. */
export function translatedLines(
  of: object,
  field: string,
  language: InterfaceLanguage,
): TranslatedText[] {
  const swedish = (of as Record<string, unknown>)[field]
  if (!Array.isArray(swedish)) return []
  const found = textIn(of, field, language)
  const translated: unknown[] = Array.isArray(found) && found.length === swedish.length ? found : []
  return swedish.map((line, index) => choose(String(line), translated[index], language))
}

function textIn(of: object, field: string, language: InterfaceLanguage): unknown {
  if (language === 'sv') return undefined
  const { translations } = of as {
    translations?: Partial<Record<string, Record<string, unknown>>>
  }
  const texts = translations?.[language]
  return texts !== undefined && Object.hasOwn(texts, field) ? texts[field] : undefined
}

function choose(swedish: string, translated: unknown, language: InterfaceLanguage): TranslatedText {
  if (typeof translated === 'string' && translated.trim() !== '')
    return { text: withoutTurns(translated), language }
  return { text: withoutTurns(swedish), language: 'sv' }
}

/**
 * Marks that turn the order of letters and digits round do so unseen, in a number too: no text is shown
 * with them. Marks that only say a direction stay: Arabic needs them.
 */
function withoutTurns(text: string): string {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
}
