import { useEffect, useMemo, useState } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from '#app/ui/translation.tsx'
import { filesSv } from '#i18n/editor-files-sv.ts'
import { useEditor } from '../editor-parts.ts'

export type FilesText = TFunction<'files'>

/** Texts of the screen for files: Swedish at once, the other language when it has arrived. */
export function useFilesText(): FilesText {
  const { i18n } = useEditor()
  const { t } = useTranslation()
  const [arrived, setArrived] = useState(0)
  if (!i18n.hasResourceBundle('sv', 'files')) i18n.addResourceBundle('sv', 'files', filesSv)
  const { language } = i18n
  useEffect(() => {
    if (language !== 'en' || i18n.hasResourceBundle('en', 'files')) return
    import('#i18n/editor-files-en.ts').then(
      ({ filesEn }) => {
        i18n.addResourceBundle('en', 'files', filesEn)
        setArrived((count) => count + 1)
      },
      // Not stored, and no connection: Swedish is better than nothing.
      () => undefined,
    )
  }, [i18n, language])
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => i18n.getFixedT(null, 'files'), [i18n, t, arrived])
}
