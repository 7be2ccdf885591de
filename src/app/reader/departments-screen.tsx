import { useTranslation } from '#app/ui/translation.tsx'
import { commonDepartment } from '#domain/schema/document.ts'
import { useGo } from '#app/ui/hash-location.ts'
import { Icon } from '#app/ui/icon.tsx'
import { useLive } from '#app/ui/live.tsx'
import { Row } from '#app/ui/row.tsx'
import { Page } from '#app/ui/page.tsx'
import { Later } from './later.tsx'
import { settingsName, type Place } from './place.ts'
import { useReader } from './reader-context.ts'

/** What lies on this phone: choose one, or several together for the night. */
export function DepartmentsScreen({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { state, actions } = useReader()
  const go = useGo()
  const live = useLive()
  const hasGiven = state.restored !== undefined || state.device.givenKeys !== undefined
  const { together } = state.settings
  const own = place.all.filter((each) => each.department !== commonDepartment)
  const chosen = own.filter((each) => together.includes(settingsName(each)))
  const others = state.device.organisations.filter(
    ({ id }) =>
      id !== place.organisation?.id &&
      state.device.departments.some((each) => each.organisation === id),
  )
  return (
    <Page
      name={t('departments.title')}
      title={t('departments.title')}
      back={{ href: `#${place.home}`, text: t('frame.start') }}
    >
      <div className="wide">
        <div className="stack">
          {live.live && hasGiven && <Later part="restored" place={place} />}
          {place.organisation !== undefined && (
            <h2 className="list-head" lang="sv">
              {place.organisation.title}
            </h2>
          )}
          {place.all.length > 0 && (
            <ul className="card rows">
              {place.all.map((each) => (
                <li key={each.department}>
                  <Row
                    href={`#/d/${each.department}`}
                    kind="plain"
                    title={<span lang="sv">{each.title}</span>}
                  />
                </li>
              ))}
            </ul>
          )}
          {others.map((organisation) => (
            <section key={organisation.id}>
              <h2 className="list-head" lang="sv">
                {organisation.title}
              </h2>
              <ul className="card rows">
                {state.device.departments
                  .filter((each) => each.organisation === organisation.id)
                  .map((each) => (
                    <li key={each.department}>
                      <a
                        className="row kind-plain"
                        href={`#/d/${each.department}`}
                        onClick={(event) => {
                          // Two organisations may have a department of the same name.
                          event.preventDefault()
                          void actions
                            .setSettings({ last: settingsName(each) })
                            .then(() => go(`/d/${each.department}`))
                        }}
                      >
                        <strong lang="sv">{each.title}</strong>
                        <Icon name="forward" />
                      </a>
                    </li>
                  ))}
              </ul>
            </section>
          ))}
          <a className="button is-wide" href="#/join">
            <Icon name="plus" />
            {t('ready.add')}
          </a>
        </div>
        <div className="aside">
          {own.length > 1 && (
            <section className="stack-small" data-needs-script="">
              <h2>{t('departments.together')}</h2>
              <p className="meta">{t('departments.togetherText')}</p>
              <div className="card rows">
                {own.map((each) => (
                  <label className="check-row" key={each.department}>
                    <input
                      type="checkbox"
                      checked={chosen.includes(each)}
                      onChange={(event) => {
                        const name = settingsName(each)
                        const rest = together.filter((other) => other !== name)
                        void actions.setSettings({
                          together: event.currentTarget.checked ? [...rest, name] : rest,
                        })
                      }}
                    />
                    <span lang="sv">{each.title}</span>
                  </label>
                ))}
              </div>
              <button
                type="button"
                className="button is-main is-wide"
                disabled={chosen.length < 2}
                onClick={() => void actions.setSettings({ last: undefined }).then(() => go('/'))}
              >
                {chosen.length < 2
                  ? t('departments.chooseTwo')
                  : t('departments.showTogether', { count: chosen.length })}
              </button>
            </section>
          )}
        </div>
      </div>
    </Page>
  )
}
