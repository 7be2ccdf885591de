import { useMemo } from 'react'
import type { i18n as I18n, TFunction } from 'i18next'
import { useTranslation } from '#app/ui/translation.tsx'
import { editorSv } from '#i18n/editor-sv.ts'
import { writeSv } from '#i18n/write-sv.ts'
import { manageSv } from '#i18n/manage-sv.ts'
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

/** Texts of one part of the editor, by namespace: Swedish at hand, the other language when it is wanted. */
const parts = [
  ['editor', editorSv, async () => (await import('#i18n/editor-en.ts')).editorEn],
  ['write', writeSv, async () => (await import('#i18n/write-en.ts')).writeEn],
  ['manage', manageSv, async () => (await import('#i18n/manage-en.ts')).manageEn],
] as const

/** Brings the texts before the first screen is drawn. Swedish where the other language does not arrive. */
export async function loadTexts(i18n: I18n): Promise<void> {
  for (const [name, swedish, loadEnglish] of parts) {
    if (!i18n.hasResourceBundle('sv', name)) i18n.addResourceBundle('sv', name, swedish)
    if (i18n.language !== 'en' || i18n.hasResourceBundle('en', name)) continue
    // Not stored, and no connection: Swedish is better than nothing.
    const english = await loadEnglish().catch(() => undefined)
    if (english !== undefined) i18n.addResourceBundle('en', name, english)
  }
}
