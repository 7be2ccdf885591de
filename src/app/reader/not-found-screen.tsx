import { useTranslation } from '#app/ui/translation.tsx'
import { Page } from '#app/ui/page.tsx'
import { missingDepartments } from './missing-departments.ts'
import { MissingNotice } from './missing-notice.tsx'
import type { Place } from './place.ts'

/** An address that leads nowhere on this phone: says why that can be, and gives two ways on. */
export function NotFoundScreen({ place }: { place: Place }) {
  const { t } = useTranslation()
  return (
    <Page name={t('notFound.title')} title={t('notFound.title')} lead={t('notFound.text')}>
      <div className="stack">
        <MissingNotice missing={missingDepartments(place.shown)} />
        <div className="buttons">
          <a className="button is-main" href={`#${place.home}`}>
            {t('notFound.start')}
          </a>
          <a className="button" href="#/search">
            {t('notFound.search')}
          </a>
        </div>
      </div>
    </Page>
  )
}
