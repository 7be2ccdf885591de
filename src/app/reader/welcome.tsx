import { useTranslation } from '#app/ui/translation.tsx'
import { Page } from '#app/ui/page.tsx'
import { EditorLink } from './editor-link.tsx'
import { InstallOffer } from './offers.tsx'
import { JoinWays } from './join-ways.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import type { Place } from './place.ts'

/** The first screen on a phone that has joined nothing: what this is, and the ways in. */
export function Welcome({ place }: { place: Place }) {
  const { t } = useTranslation()
  return (
    <Page name="" title="Plan B" lead={t('start.what')} tools={<LanguageSwitch />}>
      <p className="welcome">{t('start.noDepartmentText')}</p>
      <div className="narrow stack">
        <EditorLink place={place} />
        <JoinWays />
        <InstallOffer />
      </div>
    </Page>
  )
}
