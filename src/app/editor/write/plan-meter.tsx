import type { Finding } from '#domain/writing/finding.ts'
import { requiredParts } from '#domain/completeness.ts'
import { Icon } from '#app/ui/icon.tsx'
import type { Place } from './place.ts'
import { useWriteText } from './use-write-text.ts'

const places = { fallback: 'routines', recovery: 'recovery', return: 'return', contacts: 'contacts' } as const // prettier-ignore

/**
 * The four parts a continuity plan must have to count in the national comparison, and that it was reviewed in
 * time. In words and signs, readable in black and white.
 */
export function PlanMeter(props: { findings: readonly Finding[]; onGo: (place: Place) => void }) {
  const t = useWriteText()
  const codes = new Set(props.findings.map(({ code }) => code))
  const has = (part: (typeof requiredParts)[number]) => !codes.has(`${part}-missing`)
  const isCurrent = !codes.has('review-overdue') && !codes.has('review-never')
  const count = requiredParts.filter(has).length
  const rows = [
    ...requiredParts.map((part) => ({
      place: places[part] as string,
      text: t(`meter.${part}`),
      isThere: has(part),
    })),
    { place: 'reviewed', text: t('meter.current'), isThere: isCurrent },
  ]
  return (
    <section className="card write-meter" aria-label={t('meter.title')}>
      <h2>
        {t('meter.title')} <small>{t('meter.count', { count })}</small>
      </h2>
      <ul>
        {rows.map(({ place, text, isThere }) => (
          <li key={place}>
            <button
              type="button"
              className={`write-part${isThere ? ' is-there' : ''}`}
              onClick={() => props.onGo(place)}
            >
              <Icon name={isThere ? 'check' : 'cross'} />
              <span>
                {text} <span className="meta">{t(isThere ? 'meter.has' : 'meter.hasNot')}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
