import { useMemo } from 'react'
import type { i18n as I18n, TFunction } from 'i18next'
import { useTranslation } from '#app/ui/translation.tsx'
import { editorSv } from '#i18n/editor-sv.ts'
import { useEditor } from './editor-parts.ts'

export type EditorText = TFunction<'editor'>

/** The editor's own texts, in the language chosen. Those of the reader: `useTranslation`. */
export function useText(): EditorText {
  const { i18n } = useEditor()
  // Another `t` for another language: what hangs on it is drawn again.
  const { t } = useTranslation()
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => i18n.getFixedT(null, 'editor'), [i18n, t])
}

/** Brings the texts before the first screen is drawn. Swedish where the other language does not arrive. */
export async function loadTexts(i18n: I18n): Promise<void> {
  if (!i18n.hasResourceBundle('sv', 'editor')) i18n.addResourceBundle('sv', 'editor', editorSv)
  if (i18n.language !== 'en' || i18n.hasResourceBundle('en', 'editor')) return
  try {
    const { editorEn } = await import('#i18n/editor-en.ts')
    i18n.addResourceBundle('en', 'editor', editorEn)
  } catch {
    // Not stored, and no connection: Swedish is better than nothing.
  }
}
