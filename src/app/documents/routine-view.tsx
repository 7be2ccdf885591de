import { useTranslation } from '#app/ui/translation.tsx'
import type { DocumentOf } from '#domain/schema/document.ts'
import { phaseNames, type Routine } from '#domain/schema/routine.ts'
import { Fold } from '#app/ui/fold.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { FirstMinutes, type OccasionControl } from './first-minutes.tsx'
import { ContactCalls } from './contact-call.tsx'
import { RoutineAbout } from './routine-about.tsx'
import { stepKeysByPlace } from './step-keys-by-place.ts'
import { PaperLink, StepList } from './step-list.tsx'
import { Lines, Words } from './words.tsx'

/**
 * A fallback routine as an action card: who can come to harm, the first fifteen minutes boxed, do and
 * do not side by side; everything later folded under it on the same page.
 */
export function RoutineView(props: { document: DocumentOf<'routine'>; occasion: OccasionControl }) {
  const { t } = useTranslation()
  const routine = props.document.body
  const keys = stepKeysByPlace(routine)
  const later = phaseNames.filter(
    (name) => name !== 'minutes15' && routine.phases[name] !== undefined,
  )
  return (
    <div className="wide routine">
      <div className="stack">
        {routine.healthCare && routine.approval === undefined && (
          <Notice kind="warning" title={t('routine.notApproved')}>
            <p>{t('routine.notApprovedText')}</p>
          </Notice>
        )}
        {routine.harm.length > 0 && (
          <section className="harm">
            <h2>
              <Icon name="warning" />
              {t('routine.harm')}
            </h2>
            <Lines of={routine} field="harm" />
          </section>
        )}
        <FirstMinutes routine={routine} keys={keys.minutes15} occasion={props.occasion} />
      </div>
      <div className="aside stack">
        <DoAndDont routine={routine} />
        <Papers routine={routine} />
        {routine.control.length > 0 && (
          <section className="count">
            <h2>
              <Icon name="count" />
              {t('routine.control')}
            </h2>
            <Lines of={routine} field="control" className="count-lines" />
          </section>
        )}
      </div>
      <div className="stack">
        <section className="card later" aria-label={t('routine.afterwards')}>
          {later.map((name) => {
            const phase = routine.phases[name]
            if (phase === undefined) return null
            return (
              <Fold
                key={name}
                name={name}
                level={2}
                title={t(`routine.phase.${name}`)}
                small={t('routine.steps', { count: phase.steps.length })}
              >
                {phase.note !== undefined && (
                  <p className="phase-note">
                    <Words of={phase} field="note" />
                  </p>
                )}
                <StepList steps={phase.steps} keys={keys[name]} ticking={props.occasion} />
              </Fold>
            )
          })}
          {routine.return.length > 0 && (
            <Fold
              name="return"
              level={2}
              title={t('routine.return')}
              small={t('routine.steps', { count: routine.return.length })}
            >
              <StepList steps={routine.return} keys={keys.return} ticking={props.occasion} />
            </Fold>
          )}
        </section>
        <Escalation routine={routine} />
        {routine.notice.length > 0 && (
          <section className="section">
            <h2>{t('routine.notice')}</h2>
            <Lines of={routine} field="notice" />
          </section>
        )}
        <RoutineAbout routine={routine} />
      </div>
    </div>
  )
}

function DoAndDont({ routine }: { routine: Routine }) {
  const { t } = useTranslation()
  if (routine.do.length + routine.dont.length === 0) return null
  return (
    <div className="dos">
      {routine.do.length > 0 && (
        <section className="do">
          <h2>
            <Icon name="check" />
            {t('routine.do')}
          </h2>
          <Lines of={routine} field="do" className="do-lines" />
        </section>
      )}
      {routine.dont.length > 0 && (
        <section className="do is-dont">
          <h2>
            <Icon name="cross" />
            {t('routine.dont')}
          </h2>
          <Lines of={routine} field="dont" className="do-lines" />
        </section>
      )}
    </div>
  )
}

/** Every form the steps name, once, in the order they come. */
function Papers({ routine }: { routine: Routine }) {
  const { t } = useTranslation()
  const steps = [
    ...phaseNames.flatMap((name) => routine.phases[name]?.steps ?? []),
    ...routine.return,
  ]
  const forms = [...new Set(steps.flatMap((step) => step.form ?? []))]
  if (forms.length === 0) return null
  return (
    <section className="papers">
      <h2>{t('routine.papers')}</h2>
      <ul className="stack-small">
        {forms.map((name) => (
          <li key={name}>
            <PaperLink name={name} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Escalation({ routine }: { routine: Routine }) {
  const { t } = useTranslation()
  if (routine.escalation.length === 0) return null
  return (
    <section className="section">
      <h2>{t('routine.escalation')}</h2>
      <ul className="card rows">
        {routine.escalation.map((each, index) => (
          <li className="escalation" key={index}>
            <strong>
              <Words of={each} field="when" />
            </strong>
            {each.text !== undefined && (
              <p>
                <Words of={each} field="text" />
              </p>
            )}
            <div className="step-actions">
              <ContactCalls references={each.call} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
