import { useId } from 'react'
import { Icon } from '#app/ui/icon.tsx'
import { Field } from './field.tsx'
import { fieldsOf } from './field-shape.ts'
import { Fields } from './fields.tsx'
import { layouts, leftOver, type Look, type Part } from './layouts.ts'
import { FirstPhase } from './phases-field.tsx'
import { useFieldNames, useWriteText } from './use-write-text.ts'
import { useWriting } from './write-context.ts'

/** The fields of a document, each where the reader's page of its kind has it. */
export function PageParts() {
  const t = useWriteText()
  const { kind } = useWriting()
  const layout = layouts[kind]
  const others = leftOver(layout, fieldsOf(kind, ''))
  return (
    <div className={`wide write-page is-${kind}`}>
      <div className="stack">
        <Parts parts={layout.main} />
      </div>
      {layout.aside.length > 0 && (
        <div className="aside stack">
          <Parts parts={layout.aside} />
        </div>
      )}
      <div className="stack write-below">
        <Parts parts={layout.below} />
        {others.length > 0 && (
          <section className="section">
            <h2>{t('part.other')}</h2>
            <div className="card is-padded">
              <Fields place="" fields={others} />
            </div>
          </section>
        )}
      </div>
    </div>
  )
}

/** What you do and what you do not do stand side by side. */
function Parts({ parts }: { parts: readonly Part[] }) {
  const pair = parts.filter(({ look }) => look === 'do' || look === 'dont')
  const first = pair[0]
  return parts.map((part) => {
    if (part === first)
      return (
        <div className="dos" key={part.fields.join()}>
          {pair.map((each) => (
            <PartBox key={each.fields.join()} part={each} />
          ))}
        </div>
      )
    return pair.includes(part) ? null : <PartBox key={part.fields.join()} part={part} />
  })
}

/** The classes of the reader's boxes. */
const boxes: Readonly<Record<Look, string>> = {
  plain: 'section',
  card: 'section',
  harm: 'harm',
  do: 'do',
  dont: 'do is-dont',
  count: 'count',
  must: 'must',
  kept: 'must write-kept',
  say: 'say',
  drill: 'say is-drill',
  sheet: 'section',
  steps: 'section',
}

function PartBox({ part }: { part: Part }) {
  const t = useWriteText()
  const { kind } = useWriting()
  const { label } = useFieldNames()
  const id = useId()
  const { fields, look = 'plain', icon, title } = part
  const [only = ''] = fields
  if (only === 'phases/minutes15') return <FirstPhase />
  const name = title === undefined ? label(kind, only) : t(`part.${title}` as 'part.about')
  const isNamed = fields.length === 1
  const inner =
    fields.length === 1 ? (
      <Field place={only} isNamed={isNamed} />
    ) : (
      <Fields place="" fields={fields} always={alwaysShown} />
    )
  return (
    <section className={boxes[look]} aria-labelledby={id}>
      <h2 id={id} className="write-heading">
        {icon !== undefined && <Icon name={icon} />}
        {name}
      </h2>
      {look === 'card' || look === 'steps' ? (
        <div className={look === 'card' ? 'card is-padded' : 'card write-card-steps'}>{inner}</div>
      ) : (
        inner
      )}
    </section>
  )
}

/** Asked for on the page itself, also while nothing stands there. */
const alwaysShown = ['systems', 'healthCare', 'aliases', 'sources', 'nextReview', 'voluntary', 'drill', 'nextNews'] // prettier-ignore

/** The fields above the page: its title and the lines under it. */
export function HeadFields() {
  const { kind } = useWriting()
  const { head } = layouts[kind]
  return (
    <div className="write-head">
      {head.map((field) => (
        <Field key={field} place={field} look={field === 'title' ? 'title' : undefined} />
      ))}
    </div>
  )
}
