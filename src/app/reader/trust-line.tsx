import { useTranslation } from '#app/ui/translation.tsx'
import type { DepartmentState } from '#device/device-state.ts'
import type { ReadinessCheck } from '#device/readiness.ts'
import { Ago, Day } from '#app/documents/when.tsx'
import { useLive } from '#app/ui/live.tsx'
import { ageInDays, leastConfirmed, oldAfterDays } from './confirmed.ts'
import { missingDepartments } from './missing-departments.ts'
import { missingNames } from './missing-notice.tsx'
import type { Place } from './place.ts'
import { useReader } from './reader-context.ts'

/**
 * Whether the phone can be relied on, in one calm line. Green only when everything that decides whether
 * the plans open without internet was checked and held; what is unknown is said as unknown.
 */
export function TrustLine({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { state } = useReader()
  const live = useLive()
  const missing = missingDepartments(state.device.departments)
  const verdict = missing.length > 0 ? 'attention' : offlineVerdict(state.readiness)
  const oldest = leastConfirmed(place.shown)
  const isOld = oldest && live.live && ageInDays(oldest, live.now) >= oldAfterDays
  return (
    <a className={`trust is-${isOld === true ? 'attention' : verdict}`} href="#/ready">
      <span className="dot" aria-hidden="true" />
      <span>
        {missing.length > 0
          ? `${t('missing.title', { count: missing.length, titles: missingNames(missing) })}.`
          : t(
              verdict === 'ok'
                ? 'trust.offline'
                : verdict === 'unknown'
                  ? 'trust.stored'
                  : 'trust.notReady',
            )}{' '}
        {oldest === undefined ? (
          missing.length === 0 && t('trust.neverChecked')
        ) : missing.length > 0 || place.shown.length > 1 ? (
          <>
            {t(missing.length > 0 ? 'missing.othersChecked' : 'trust.allChecked')}{' '}
            <Ago at={oldest.confirmed} />
          </>
        ) : (
          <Published department={oldest} />
        )}
      </span>
    </a>
  )
}

/** "Publicerad av enhetschef Norr 12 mars · kontrollerad för 3 dagar sedan". */
export function Published({ department }: { department: DepartmentState }) {
  const { t } = useTranslation()
  const { release, confirmedAt } = department
  return (
    <>
      {release !== undefined && (
        <>
          {t('trust.published', { role: release.publishedBy })} <Day on={release.issued} />
        </>
      )}
      {confirmedAt !== undefined && (
        <>
          {' · '}
          {t('trust.checked')} <Ago at={confirmedAt} />
        </>
      )}
    </>
  )
}

/** Only these decide whether the plans open; the others make it more likely that they stay. */
const deciding = ['worker', 'shell', 'bytes', 'database']

export function offlineVerdict(checks: readonly ReadinessCheck[]): 'ok' | 'unknown' | 'attention' {
  const results = deciding.map((id) => checks.find((check) => check.id === id)?.result ?? 'unknown')
  if (results.includes('failed') || results.includes('attention')) return 'attention'
  return results.includes('unknown') ? 'unknown' : 'ok'
}
