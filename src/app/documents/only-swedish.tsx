import { useTranslation } from '#app/ui/translation.tsx'
import type { PlanBDocument } from '#domain/schema/document.ts'
import { translationExtent } from '#domain/translate.ts'
import { useDocuments } from './words.tsx'

/** Says in one line that a page, or part of it, stands in Swedish because nobody has translated it. */
export function OnlySwedish({ document }: { document: PlanBDocument }) {
  const { t } = useTranslation()
  const { language } = useDocuments()
  const extent = translationExtent(document, language)
  if (extent === 'all') return null
  return (
    <p className="meta">{t(extent === 'none' ? 'frame.onlySwedish' : 'frame.partlySwedish')}</p>
  )
}
