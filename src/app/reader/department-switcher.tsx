import { useTranslation } from '#app/ui/translation.tsx'
import { Icon } from '#app/ui/icon.tsx'
import type { Place } from './place.ts'

/** The name of what is on the screen: a department's title, or that there are several. */
export function placeName(place: Place, several: string): string {
  if (place.shown.length <= 1) return place.shown[0]?.title ?? 'Plan B'
  const names = place.shown.map((each) => each.title)
  return names.length === 2 ? names.join(' + ') : several
}

/**
 * Whose plans are shown, and the way to others: a native `<details>`, so that it also opens in the
 * reading copy.
 */
export function DepartmentSwitcher({ place }: { place: Place }) {
  const { t } = useTranslation()
  return (
    <details className="switcher" data-fold="switcher">
      <summary aria-label={t('start.switch')}>
        <span className="switcher-mark">
          {t('start.switch')}
          <Icon name="down" />
        </span>
      </summary>
      <ul className="card rows switcher-list">
        {place.all.map((each) => {
          const isShown = place.shown.length === 1 && place.shown[0] === each
          return (
            <li key={each.department}>
              <a
                className="row kind-plain"
                href={`#/d/${each.department}`}
                aria-current={isShown ? 'true' : undefined}
              >
                <strong lang="sv">{each.title}</strong>
                <Icon name={isShown ? 'check' : 'forward'} />
              </a>
            </li>
          )
        })}
        <li>
          <a className="row kind-plain" href="#/departments">
            <span>{t('start.more')}</span>
            <Icon name="forward" />
          </a>
        </li>
      </ul>
    </details>
  )
}
