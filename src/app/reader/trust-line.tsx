import { useTranslation } from '#app/ui/translation.tsx'
import type { DepartmentState } from '#device/device-state.ts'
import type { ReadinessCheck } from '#device/readiness.ts'
import { When } from '#app/documents/when.tsx'
import { missingDepartments } from './missing-departments.ts'
import { missingNames } from './missing-notice.tsx'
import type { Place } from './place.ts'
import { useReader } from './reader-context.ts'

/** After this many days without a confirmation people are asked to compare the code by phone. */
export const oldAfterDays = 30

/** Whole days since a department's content was last confirmed to be current; 0 when that is unknown. */
export function ageInDays(department: DepartmentState, now: Date): number {
  const confirmed = department.checkedAt ?? department.receivedAt
  if (confirmed === undefined) return 0
  return Math.max(0, Math.floor((now.getTime() - Date.parse(confirmed)) / 86_400_000))
}

/**
 * Whether the phone can be relied on, in one calm line. Green only when everything that decides whether
 * the plans open without internet was checked and held; what is unknown is said as unknown.
 */
export function TrustLine({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { state } = useReader()
  const missing = missingDepartments(state.device.departments)
  const verdict = missing.length > 0 ? 'attention' : offlineVerdict(state.readiness)
  const times = place.shown.flatMap((each) => each.checkedAt ?? each.receivedAt ?? []).sort()
  const checkedAt = times[0]
  return (
    <a className={`trust is-${verdict}`} href="#/ready">
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
        {checkedAt !== undefined ? (
          <>
            {t(missing.length > 0 ? 'missing.othersChecked' : 'trust.checked')}{' '}
            <When at={checkedAt} />
          </>
        ) : (
          missing.length === 0 && t('trust.neverChecked')
        )}
      </span>
    </a>
  )
}

/** Only these decide whether the plans open; the others make it more likely that they stay. */
const deciding = ['worker', 'shell', 'bytes', 'database']

export function offlineVerdict(checks: readonly ReadinessCheck[]): 'ok' | 'unknown' | 'attention' {
  const results = deciding.map((id) => checks.find((check) => check.id === id)?.result ?? 'unknown')
  if (results.includes('failed') || results.includes('attention')) return 'attention'
  return results.includes('unknown') ? 'unknown' : 'ok'
}
