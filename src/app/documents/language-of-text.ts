import type { InterfaceLanguage } from '#i18n/create-i18n.ts'

/**
 * Which language a line found in a document stands in: `language` where it is one of the document's
 * translations into it, otherwise the Swedish the plans are written in (WCAG 3.1.2).
 */
export function languageOfText(
  document: object,
  text: string,
  language: InterfaceLanguage,
): InterfaceLanguage {
  return language !== 'sv' && isTranslation(document, text, language, false) ? language : 'sv'
}

function isTranslation(value: unknown, text: string, language: string, isInside: boolean): boolean {
  if (typeof value === 'string') return isInside && value !== '' && text.includes(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, each]) =>
    key === 'translations'
      ? isTranslation((each as Record<string, unknown>)[language], text, language, true)
      : isTranslation(each, text, language, isInside),
  )
}
