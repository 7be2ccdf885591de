import { useDocuments } from '#app/documents/words.tsx'
import { moreEn } from '#i18n/more-en.ts'
import { moreSv, type MoreTexts } from '#i18n/more-sv.ts'

export type MoreText = (key: keyof MoreTexts, places?: Record<string, string | number>) => string

/** The texts of these pages in the language chosen: a table of their own, so that they need no more than it. */
export function useMoreText(): MoreText {
  const { language } = useDocuments()
  const texts: MoreTexts = language === 'en' ? moreEn : moreSv
  return (key, places = {}) =>
    texts[key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(places[name] ?? ''))
}
