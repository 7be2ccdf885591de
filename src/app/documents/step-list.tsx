import { useTranslation } from '#app/ui/translation.tsx'
import type { Step } from '#domain/schema/routine.ts'
import { Icon } from '#app/ui/icon.tsx'
import { addressOf, nameField } from './address-of.ts'
import { ContactCalls } from './contact-call.tsx'
import type { PlanBDocument } from '#domain/schema/document.ts'
import { useDocuments, Words } from './words.tsx'

/** What is ticked, and how to tick. Keys are those of `stepKey`. */
export interface Ticking {
  isDone(key: string): boolean
  onTick(key: string, done: boolean): void
}

/** Numbered actions, one a line. With `ticking` each number is a box to tick. */
export function StepList(props: {
  steps: readonly Step[]
  keys?: readonly string[]
  ticking?: Ticking
}) {
  return (
    <ol className="steps">
      {props.steps.map((step, index) => (
        <StepItem
          key={index}
          step={step}
          number={index + 1}
          name={props.keys?.[index]}
          ticking={props.ticking}
        />
      ))}
    </ol>
  )
}

function StepItem(props: { step: Step; number: number; name?: string; ticking?: Ticking }) {
  const { step, ticking, name, number } = props
  const text = (
    <span className="step-text">
      <Words of={step} field="text" />
    </span>
  )
  return (
    <li className="step">
      {ticking === undefined || name === undefined ? (
        <div className="step-line">
          <span className="step-number" aria-hidden="true">
            {number}
          </span>
          {text}
        </div>
      ) : (
        <label className="step-line">
          <input
            type="checkbox"
            data-step={name}
            checked={ticking.isDone(name)}
            onChange={(event) => ticking.onTick(name, event.currentTarget.checked)}
          />
          <span className="step-number" aria-hidden="true">
            {number}
          </span>
          {text}
        </label>
      )}
      <StepMore step={step} />
    </li>
  )
}

/** With whom, where, what number, which paper. */
function StepMore({ step }: { step: Step }) {
  const { t } = useTranslation()
  const { index } = useDocuments()
  const form = step.form === undefined ? undefined : index.getOf('form', step.form)
  const see = step.see === undefined ? undefined : index.get(step.see)
  const hasActions = (step.call?.length ?? 0) > 0 || form !== undefined || see !== undefined
  return (
    <>
      {(step.who !== undefined || step.where !== undefined) && (
        <p className="step-facts">
          {step.who !== undefined && (
            <span>
              <Icon name="people" />
              <span className="visually-hidden">{t('routine.who')}: </span>
              <Words of={step} field="who" />
            </span>
          )}
          {step.where !== undefined && (
            <span>
              <Icon name="pin" />
              <span className="visually-hidden">{t('routine.where')}: </span>
              <Words of={step} field="where" />
            </span>
          )}
        </p>
      )}
      {hasActions && (
        <div className="step-actions">
          <ContactCalls references={step.call} />
          {form !== undefined && <PaperLink name={step.form ?? ''} />}
          {see !== undefined && (
            <a className="see-link" href={addressOf(step.see ?? '')}>
              <Icon name={see.kind === 'phone-tree' ? 'phone' : 'routine'} />
              <span>
                <DocumentName document={see} />
              </span>
            </a>
          )}
        </div>
      )}
    </>
  )
}

/** A form by name and place: "Anteckning vid besök. Pärmen, flik 4". */
export function PaperLink({ name }: { name: string }) {
  const { index } = useDocuments()
  const form = index.getOf('form', name)
  if (form === undefined) return null
  return (
    <a className="paper-link" href={addressOf(name)}>
      <Icon name="paper" />
      <span>
        <Words of={form.body} field="title" />
        <small>
          <Words of={form.body} field="kept" />
        </small>
      </span>
    </a>
  )
}

/** The name a person knows a document by, in their language. */
export function DocumentName({ document }: { document: PlanBDocument }) {
  return <Words of={document.body as Record<string, unknown>} field={nameField(document)} />
}
