import type { ReactNode } from 'react'
import type { DepartmentState } from '#device/device-state.ts'
import { useLocation } from 'wouter'
import { useTranslation } from '#app/ui/translation.tsx'
import { useLive } from '#app/ui/live.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Day } from '#app/documents/when.tsx'
import { versionCode } from '#release/version-code.ts'
import { ageInDays, leastConfirmed, oldAfterDays } from './confirmed.ts'
import { settingsName, type Place } from './place.ts'
import { useReader } from './reader-context.ts'

/**
 * What trust has to say to somebody who reads (TRUST, "What people see"): only what they can do something
 * about, in words of what to do. Age and doubt warn; the content stays where it is.
 */
export function TrustNotices({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { state, actions } = useReader()
  const live = useLive()
  const [path] = useLocation()
  // Somebody reads a routine because something is down: there, one line that leads to the rest.
  const isLine = /^\/d\/[^/]+\/[^/]+\/./.test(path)
  const mayDoubt = path !== '/compare'
  const { shown } = place
  const ended = shown.find((each) => each.status === 'ended')
  const isManager = state.device.roles.some((role) => role.organisation === place.organisation?.id)
  const withheld = shown.filter((each) => each.note?.code === 'withheld-root')
  const hasWrongClock = shown.some((each) => each.note?.code === 'clock')
  const oldest = leastConfirmed(shown)
  // By a clock that is wrong, nothing can be said of age.
  const isOld = !hasWrongClock && live.live && oldest && ageInDays(oldest, live.now) >= oldAfterDays
  return (
    <>
      {ended !== undefined && (
        <Notice
          kind="stop"
          title={`${ended.title}: ${t(ended.release ? 'trust.closed' : 'trust.ended')}`}
        >
          <p>{t('trust.endedText')}</p>
        </Notice>
      )}
      {shown.some((each) => each.status === 'needs-new-code' && each.release !== undefined) && (
        <Notice kind="warning" title={t('trust.needsNewCode')}>
          <p>{t('trust.needsNewCodeText')}</p>
        </Notice>
      )}
      {place.organisation?.needsNewerApp === true && (
        <Notice kind="warning" icon="refresh" title={t('trust.newer')}>
          <p>{t('trust.newerText')}</p>
          {state.hasUpdate && (
            <div className="buttons">
              <button type="button" className="button is-main" onClick={actions.applyUpdate}>
                {t('trust.newerYes')}
              </button>
            </div>
          )}
        </Notice>
      )}
      {mayDoubt && withheld.length > 0 && (
        <Doubt
          kind={isManager ? 'stop' : 'warning'}
          title={t('trust.withheld')}
          of={withheld}
          home={isLine ? place.home : undefined}
        >
          {isManager && <p>{t('trust.withheldText')}</p>}
        </Doubt>
      )}
      {hasWrongClock && (
        <Notice kind="plain" icon="clock" title={t('trust.clock')}>
          <p>{t('trust.clockText')}</p>
        </Notice>
      )}
      {mayDoubt && oldest !== undefined && (isOld === true || (!live.live && !hasWrongClock)) && (
        <Later of={oldest} isNow={isOld === true}>
          <Doubt
            kind="warning"
            title={
              <>
                {t('trust.old')} <Day on={oldest.confirmed} />
              </>
            }
            of={shown}
            home={isLine ? place.home : undefined}
          />
        </Later>
      )}
    </>
  )
}

/** Readable, but not known to be current: whom to call, and the code to compare. */
function Doubt(props: {
  kind: 'warning' | 'stop'
  title: ReactNode
  of: readonly DepartmentState[]
  /** Where the rest stands: only a line is wanted here. */
  home: string | undefined
  children?: ReactNode
}) {
  const { t } = useTranslation()
  const releases = props.of.flatMap(({ release, title }) => (release ? [{ release, title }] : []))
  const roles = new Set(releases.map(({ release }) => release.publishedBy))
  if (props.home !== undefined)
    return (
      <Notice kind={props.kind} title={props.title}>
        <p>
          <a href={`#${props.home}`}>{t('trust.compare')}</a>
        </p>
      </Notice>
    )
  return (
    <Notice kind={props.kind} title={props.title}>
      {props.children}
      <p>{t('trust.doubtText', { role: [...roles].join(', ') })}</p>
      {releases.map(({ release, title }) => (
        <p key={release.department}>
          {releases.length > 1 && <span lang="sv">{title}: </span>}
          <b className="number version-code">{versionCode(release.head)}</b>
        </p>
      ))}
      <div className="buttons" data-needs-script="">
        <a className="button" href="#/compare">
          {t('trust.compare')}
        </a>
      </div>
    </Notice>
  )
}

/**
 * On a drawn page the notice lies hidden, with whose it is and from when it holds: who hands the page out
 * knows the day (device/reading-copy/old-notes.ts).
 */
function Later(props: {
  of: DepartmentState & { confirmed: string }
  isNow: boolean
  children: ReactNode
}) {
  if (props.isNow) return props.children
  return (
    <div hidden data-old={`${settingsName(props.of)} ${props.of.confirmed}`}>
      {props.children}
    </div>
  )
}
