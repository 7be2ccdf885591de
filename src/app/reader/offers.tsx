import { useTranslation } from '#app/ui/translation.tsx'
import { Notice } from '#app/ui/notice.tsx'
import type { Place } from './place.ts'
import { useReader } from './reader-context.ts'
import { Later } from './later.tsx'
import { TrustNotices } from './trust-notices.tsx'

/** What the phone has to say, above the page: only what can be acted on, never more than calm. */
export function Offers({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { state, actions } = useReader()
  const { problem } = state.device
  const isEmpty = state.device.departments.length === 0
  const lack = problem !== undefined && isEmpty ? 'no-storage' : state.lack
  const notices = [
    problem?.code === 'blocked' && (
      <Notice key="blocked" kind="warning" title={t('offer.blocked')} announce>
        <p>{t('offer.blockedText')}</p>
      </Notice>
    ),
    // With nothing to read, it is the window that cannot store.
    problem !== undefined && problem.code !== 'blocked' && !isEmpty && (
      <Notice key="raw" kind="warning" title={t('offer.readOnly')} announce>
        <p>{t('offer.readOnlyText')}</p>
      </Notice>
    ),
    state.problem !== undefined && (
      <Notice
        key="problem"
        kind="warning"
        title={
          typeof state.problem === 'object'
            ? t('offer.roleEnded', { titles: state.problem.ended })
            : t(state.problem === 'full' ? 'offer.full' : 'offer.tickLost')
        }
        announce
      >
        {state.problem === 'full' && <p>{t('offer.fullText')}</p>}
        <div className="buttons">
          <button type="button" className="button" onClick={actions.dismissProblem}>
            {t('offer.close')}
          </button>
        </div>
      </Notice>
    ),
  ].filter((each) => each !== false)
  return (
    <div className="offers">
      {lack !== undefined && <Later key={lack} part={lack} place={place} />}
      {notices}
      <TrustNotices place={place} />
    </div>
  )
}

/** A newer version of the app lies ready: said where it disturbs nobody, taken when somebody wants. */
export function UpdateOffer() {
  const { t } = useTranslation()
  const { state, actions } = useReader()
  if (!state.hasUpdate) return null
  return (
    <Notice kind="plain" icon="refresh" title={t('offer.update')} announce>
      <p>{t('offer.updateText')}</p>
      <div className="buttons">
        <button type="button" className="button" onClick={actions.applyUpdate}>
          {t('offer.updateYes')}
        </button>
      </div>
    </Notice>
  )
}

/** The offer to put the app on the home screen: on the ready page and, once, on the start. */
export function InstallOffer() {
  const { t } = useTranslation()
  const { state, actions } = useReader()
  if (state.install === 'none') return null
  return (
    <Notice kind="plain" icon="addToHome" title={t('offer.install')}>
      <p>{t('offer.installText')}</p>
      {state.install === 'ios-tab' ? (
        <IosSteps />
      ) : (
        <div className="buttons">
          <button type="button" className="button is-main" onClick={() => void actions.install()}>
            {t('offer.installYes')}
          </button>
          <button type="button" className="button" onClick={actions.declineInstall}>
            {t('offer.later')}
          </button>
        </div>
      )}
    </Notice>
  )
}

/** The share menu of an iPhone in three pictures. */
export function IosSteps() {
  const { t } = useTranslation()
  return (
    <ol className="ios-steps">
      <li>
        <svg className="ios-picture" viewBox="0 0 72 56" aria-hidden="true">
          <rect x="1" y="1" width="70" height="54" rx="8" className="ios-screen" />
          <path d="M1 40h70" className="ios-line" />
          <path
            d="M36 51V41.500M32.500 44.500l3.500-3.500 3.500 3.500M31.500 47.500H30v5.500h12v-5.500h-1.500"
            className="ios-mark"
          />
          <path d="M12 47.500h6M54 47.500h6" className="ios-faint" />
          <path d="M10 11h40M10 19h52M10 27h34" className="ios-faint" />
        </svg>
        {t('offer.ios1')}
      </li>
      <li>
        <svg className="ios-picture" viewBox="0 0 72 56" aria-hidden="true">
          <rect x="1" y="1" width="70" height="54" rx="8" className="ios-screen" />
          <rect x="8" y="20" width="56" height="17" rx="5" className="ios-chosen" />
          <path d="M14 28.500h26" className="ios-mark" />
          <path d="M50 23.500h10v10H50zM55 26v5M52.500 28.500h5" className="ios-mark" />
          <path d="M14 12h30M14 45h24" className="ios-faint" />
        </svg>
        {t('offer.ios2')}
      </li>
      <li>
        <svg className="ios-picture" viewBox="0 0 72 56" aria-hidden="true">
          <rect x="1" y="1" width="70" height="54" rx="8" className="ios-screen" />
          <rect x="10" y="9" width="14" height="14" rx="4" className="ios-faint" />
          <rect x="29" y="9" width="14" height="14" rx="4" className="ios-chosen" />
          <rect x="48" y="9" width="14" height="14" rx="4" className="ios-faint" />
          <path
            d="M33.500 12.500v7M33.500 12.500h3a1.800 1.800 0 0 1 0 3.500h-3 3.400a1.800 1.800 0 0 1 0 3.500h-3.400"
            className="ios-mark"
          />
          <rect x="10" y="31" width="14" height="14" rx="4" className="ios-faint" />
          <rect x="29" y="31" width="14" height="14" rx="4" className="ios-faint" />
        </svg>
        {t('offer.ios3')}
      </li>
    </ol>
  )
}
