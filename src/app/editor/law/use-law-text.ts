import { useEffect, useMemo, useState } from 'react'
import type { i18n as I18n, TFunction } from 'i18next'
import { useTranslation } from '#app/ui/translation.tsx'
import { lawSv } from '#i18n/editor-law-sv.ts'

export type LawText = TFunction<'law'>

/** Texts around the templates: Swedish at once, the other language when it has arrived. */
export function useLawText(i18n: I18n): LawText {
  const { t } = useTranslation()
  const [arrived, setArrived] = useState(0)
  if (!i18n.hasResourceBundle('sv', 'law')) i18n.addResourceBundle('sv', 'law', lawSv)
  const { language } = i18n
  useEffect(() => {
    if (language !== 'en' || i18n.hasResourceBundle('en', 'law')) return
    import('#i18n/editor-law-en.ts').then(
      ({ lawEn }) => {
        i18n.addResourceBundle('en', 'law', lawEn)
        setArrived((count) => count + 1)
      },
      // Not stored, and no connection: Swedish is better than nothing.
      () => undefined,
    )
  }, [i18n, language])
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => i18n.getFixedT(null, 'law'), [i18n, t, arrived])
}
