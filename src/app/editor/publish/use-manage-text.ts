import { useMemo } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from '#app/ui/translation.tsx'
import { useEditor } from '../editor-parts.ts'

export type ManageText = TFunction<'manage'>

/** The texts of publishing, history, overview and the situation, in the language chosen. */
export function useManageText(): ManageText {
  const { i18n } = useEditor()
  // Another `t` for another language: what hangs on it is drawn again.
  const { t } = useTranslation()
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => i18n.getFixedT(null, 'manage'), [i18n, t])
}
