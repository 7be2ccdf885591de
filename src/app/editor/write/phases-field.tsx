import { useState } from 'react'
import { setAt } from '#domain/edit/change-at.ts'
import { phaseNames, type PhaseName } from '#domain/schema/routine.ts'
import { isPlainObject } from '#domain/schema/walk-schema.ts'
import { Ask } from '#app/ui/ask.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { useTranslation } from '#app/ui/translation.tsx'
import { Fields } from './fields.tsx'
import { FieldFrame } from './field-frame.tsx'
import { useNotes } from './notes.ts'
import { within } from './place.ts'
import { useFieldNames, useWriteText } from './use-write-text.ts'
import { changeAndFocus, useAt, useWriting } from './write-context.ts'

/** What comes after the first fifteen minutes: the phases there are, and buttons for those that are not. */
export function PhasesField() {
  const t = useWriteText()
  const { t: reader } = useTranslation()
  const { editing, isLocked } = useWriting()
  const phases = useAt('phases')
  const later = phaseNames.filter((name) => name !== 'minutes15')
  const has = (name: PhaseName) => isPlainObject(phases) && phases[name] !== undefined
  const missing = later.filter((name) => !has(name))
  return (
    <FieldFrame place="phases" isGroup isNamed>
      {() => (
        <div className="stack">
          {later.filter(has).map((name) => (
            <LaterPhase key={name} name={name} />
          ))}
          {!isLocked && missing.length > 0 && (
            <div className="write-tools is-more">
              {missing.map((name) => (
                <button
                  type="button"
                  className="write-tool"
                  key={name}
                  onClick={() =>
                    changeAndFocus(
                      () =>
                        editing.change((body) =>
                          setAt(body, ['phases', name], { steps: [{ text: '' }] }),
                        ),
                      `phases/${name}/steps/0/text`,
                    )
                  }
                >
                  <Icon name="plus" />
                  {reader(`routine.phase.${name}`)}
                </button>
              ))}
              <p className="meta">{t('steps.missing')}</p>
            </div>
          )}
        </div>
      )}
    </FieldFrame>
  )
}

function LaterPhase({ name }: { name: PhaseName }) {
  const t = useWriteText()
  const { t: reader } = useTranslation()
  const { editing, isLocked } = useWriting()
  const say = useNotes()
  const [isAsking, setAsking] = useState(false)
  const title = reader(`routine.phase.${name}`)
  return (
    <section className="card write-phase" aria-label={title}>
      <div className="phase-head">
        <h2>{title}</h2>
      </div>
      <div className="write-phase-fields">
        <Fields place={within('phases', name)} fields={['note', 'steps']} />
      </div>
      {!isLocked && (
        <button type="button" className="write-tool" onClick={() => setAsking(true)}>
          <Icon name="cross" />
          {t('steps.removePhase')}
        </button>
      )}
      {isAsking && (
        <Ask
          title={t('steps.removePhaseAsk', { phase: title })}
          no={t('page.discardNo')}
          yes={t('page.removeYes')}
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false)
            editing.change((body) => setAt(body, ['phases', name], undefined))
            say({ text: `${title}: ${t('field.removed')}`, undo: () => editing.undo() })
          }}
        >
          <p>{t('steps.removePhaseText')}</p>
        </Ask>
      )}
    </section>
  )
}

/** The boxed first fifteen minutes. */
export function FirstPhase() {
  const { t: reader } = useTranslation()
  const { kind } = useWriting()
  const { help } = useFieldNames()
  const text = help(kind, 'phases/minutes15')
  return (
    <section className="card first write-phase" aria-labelledby="first-minutes">
      <div className="phase-head">
        <h2 id="first-minutes">{reader('routine.phase.minutes15')}</h2>
      </div>
      {text !== undefined && <p className="phase-note">{text}</p>}
      <div className="write-phase-fields">
        <Fields place="phases/minutes15" fields={['note', 'steps']} />
      </div>
    </section>
  )
}
