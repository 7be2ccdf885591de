import { useTranslation } from '#app/ui/translation.tsx'
import { Page } from '#app/ui/page.tsx'
import { InstallOffer } from './offers.tsx'
import { JoinWays } from './join-ways.tsx'

/** The first screen on a phone that has joined nothing: what this is, and the ways in. */
export function Welcome() {
  const { t } = useTranslation()
  return (
    <Page name="" title="Plan B" lead={t('start.what')}>
      <p className="welcome">{t('start.noDepartmentText')}</p>
      <div className="narrow stack">
        <JoinWays />
        <InstallOffer />
      </div>
    </Page>
  )
}
