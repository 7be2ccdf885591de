import { useEffect, useMemo, useState } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from '#app/ui/translation.tsx'
import { beginSv } from '#i18n/editor-begin-sv.ts'
import { useEditor } from '../editor-parts.ts'

export type BeginText = TFunction<'begin'>

/** Texts of the way in: Swedish at once, the other language when it has arrived. */
export function useBeginText(): BeginText {
  const { i18n } = useEditor()
  const { t } = useTranslation()
  const [arrived, setArrived] = useState(0)
  if (!i18n.hasResourceBundle('sv', 'begin')) i18n.addResourceBundle('sv', 'begin', beginSv)
  const { language } = i18n
  useEffect(() => {
    if (language !== 'en' || i18n.hasResourceBundle('en', 'begin')) return
    import('#i18n/editor-begin-en.ts').then(
      ({ beginEn }) => {
        i18n.addResourceBundle('en', 'begin', beginEn)
        setArrived((count) => count + 1)
      },
      // Not stored, and no connection: Swedish is better than nothing.
      () => undefined,
    )
  }, [i18n, language])
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => i18n.getFixedT(null, 'begin'), [i18n, t, arrived])
}
