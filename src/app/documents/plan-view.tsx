import type { ReactNode } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import type { DocumentOf } from '#domain/schema/document.ts'
import type { Plan } from '#domain/schema/plan.ts'
import { minutesOf } from '#domain/schema/values.ts'
import { Icon } from '#app/ui/icon.tsx'
import { addressOf } from './address-of.ts'
import { ContactList } from './contacts-view.tsx'
import { Fact, Facts } from './facts.tsx'
import { RoutineRows } from './routine-rows.tsx'
import { SourceList } from './source-list.tsx'
import { StepList } from './step-list.tsx'
import { Day, useDuration } from './when.tsx'
import { Lines, ProseWords, useDocuments, Words } from './words.tsx'

/** A continuity plan for one critical activity, what must be done first. */
export function PlanView({ document }: { document: DocumentOf<'plan'> }) {
  const { t } = useTranslation()
  const { index } = useDocuments()
  const plan = document.body
  const routines = plan.routines.flatMap((name) => index.getOf('routine', name) ?? [])
  return (
    <div className="wide">
      <div className="stack">
        <section className="must">
          <h2>{t('plan.mbco')}</h2>
          <ProseWords of={plan} field="mbco" />
        </section>
        <Times plan={plan} />
        {plan.activation !== undefined && (
          <Part title={t('plan.activation')}>
            <div className="card is-padded stack-small">
              <Lines of={plan.activation} field="when" />
              <p>
                <b>{t('plan.decides')}:</b> <Words of={plan.activation} field="decides" />
              </p>
            </div>
          </Part>
        )}
        {routines.length > 0 && (
          <Part title={t('plan.routines')}>
            <RoutineRows routines={routines} />
          </Part>
        )}
      </div>
      <div className="aside">
        {plan.contacts.length > 0 && (
          <Part title={t('plan.contacts')}>
            <ContactList
              contacts={plan.contacts.flatMap((name) => index.contact(name)?.contact ?? [])}
            />
          </Part>
        )}
        {(plan.paused.length > 0 || plan.leastStaffing.length > 0) && (
          <div className="pair">
            {plan.leastStaffing.length > 0 && (
              <Part title={t('plan.leastStaffing')}>
                <Lines of={plan} field="leastStaffing" />
              </Part>
            )}
            {plan.paused.length > 0 && (
              <Part title={t('plan.paused')}>
                <Lines of={plan} field="paused" />
              </Part>
            )}
          </div>
        )}
        <About plan={plan} />
      </div>
      <div>
        <Dependencies plan={plan} />
        <Consequences plan={plan} />
        {plan.recovery.length > 0 && (
          <Part title={t('plan.recovery')}>
            <div className="card">
              <StepList steps={plan.recovery} />
            </div>
          </Part>
        )}
        {plan.return.length > 0 && (
          <Part title={t('plan.return')}>
            <div className="card">
              <StepList steps={plan.return} />
            </div>
          </Part>
        )}
        <SourceList sources={plan.sources} />
      </div>
    </div>
  )
}

function Part(props: { title: string; children: ReactNode }) {
  return (
    <section className="section">
      <h2>{props.title}</h2>
      {props.children}
    </section>
  )
}

function Times({ plan }: { plan: Plan }) {
  const { t } = useTranslation()
  const duration = useDuration()
  return (
    <section className="section">
      <h2>{t('plan.times')}</h2>
      <dl className="card times">
        {(['mtpd', 'rto', 'rpo'] as const).map((name) => (
          <div key={name}>
            <dt>
              {t(`plan.${name}`)} <small>{t(`plan.${name}Text`)}</small>
            </dt>
            <dd>{duration(plan[name])}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Dependencies({ plan }: { plan: Plan }) {
  const { t } = useTranslation()
  const duration = useDuration()
  if (plan.dependencies.length === 0) return null
  return (
    <Part title={t('plan.dependencies')}>
      <ul className="card rows">
        {plan.dependencies.map((each, index) => {
          const { expectedOutage: expected, acceptableOutage: acceptable } = each
          const isLonger =
            expected !== undefined &&
            acceptable !== undefined &&
            minutesOf(expected) > minutesOf(acceptable)
          return (
            <li className="dependency" key={index}>
              <p className="dependency-title">
                {each.routine === undefined ? (
                  <strong>
                    <Words of={each} field="title" />
                  </strong>
                ) : (
                  <a href={addressOf(each.routine)}>
                    <Words of={each} field="title" />
                  </a>
                )}
                <span className="meta">{t(`plan.type.${each.type}`)}</span>
              </p>
              <p className="dependency-times">
                {expected !== undefined && (
                  <span>
                    {t('plan.expected')}: <b>{duration(expected)}</b>
                  </span>
                )}
                {acceptable !== undefined && (
                  <span>
                    {t('plan.acceptable')}: <b>{duration(acceptable)}</b>
                  </span>
                )}
              </p>
              {isLonger && (
                <p className="warn-line">
                  <Icon name="warning" />
                  {t('plan.longerThanAcceptable')}
                </p>
              )}
            </li>
          )
        })}
      </ul>
    </Part>
  )
}

function Consequences({ plan }: { plan: Plan }) {
  const { t } = useTranslation()
  const duration = useDuration()
  if (plan.consequences.length === 0) return null
  return (
    <Part title={t('plan.consequences')}>
      <ol className="timeline">
        {plan.consequences.map((each, index) => (
          <li key={index}>
            <b>{t('plan.after', { time: duration(each.after) })}</b>
            <p>
              <Words of={each} field="text" />
            </p>
          </li>
        ))}
      </ol>
    </Part>
  )
}

function About({ plan }: { plan: Plan }) {
  const { t } = useTranslation()
  return (
    <Part title={t('plan.about')}>
      <div className="card">
        <Facts>
          <Fact name={t('plan.activity')}>
            <ProseWords of={plan} field="activity" />
          </Fact>
          <Fact name={t('plan.owner')}>
            <Words of={plan.owner} field="role" />
          </Fact>
          <Fact name={t('plan.deputy')}>
            <Words of={plan.owner} field="deputy" />
          </Fact>
          {plan.decided !== undefined && (
            <Fact name={t('plan.decided')}>
              <Words of={plan.decided} field="by" />, <Day on={plan.decided.on} />
            </Fact>
          )}
          {plan.version !== undefined && <Fact name={t('plan.version')}>{plan.version}</Fact>}
          {plan.reviewed !== undefined && (
            <Fact name={t('routine.reviewed')}>
              <Day on={plan.reviewed.on} />, <Words of={plan.reviewed} field="role" />
            </Fact>
          )}
          {plan.nextReview !== undefined && (
            <Fact name={t('routine.nextReview')}>
              <Day on={plan.nextReview} />
            </Fact>
          )}
          {plan.binder !== undefined && (
            <Fact name={t('plan.binder')}>
              <Words of={plan.binder} field="place" />
              {plan.binder.printed !== undefined && (
                <span className="meta">
                  {' '}
                  {t('plan.printed')} <Day on={plan.binder.printed} />
                </span>
              )}
            </Fact>
          )}
          {plan.exercises.length > 0 && (
            <Fact name={t('plan.exercises')}>
              <ul className="stack-small">
                {plan.exercises.map((each, index) => (
                  <li key={index}>
                    <Day on={each.on} />:{' '}
                    {each.exercise === undefined ? (
                      <Words of={each} field="title" />
                    ) : (
                      <a className="line-link" href={addressOf(each.exercise)}>
                        <Words of={each} field="title" />
                      </a>
                    )}
                    {each.result !== undefined && <ProseWords of={each} field="result" />}
                  </li>
                ))}
              </ul>
            </Fact>
          )}
        </Facts>
      </div>
    </Part>
  )
}
