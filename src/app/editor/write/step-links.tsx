import { useState } from 'react'
import { insertAt, setAt } from '#domain/edit/change-at.ts'
import { isPlainObject } from '#domain/schema/walk-schema.ts'
import { referenceKinds, type ReferenceKind } from '#domain/schema/values.ts'
import { Icon, type IconName } from '#app/ui/icon.tsx'
import { GrowingText } from './growing-text.tsx'
import { pathOf, within, type Place } from './place.ts'
import { ReferenceChip } from './reference-chip.tsx'
import { ReferencePicker } from './reference-picker.tsx'
import { SecrecyMark } from './secrecy-mark.tsx'
import { useSetText } from './text-field.tsx'
import { useFieldNames, useWriteText } from './use-write-text.ts'
import { focusField, useAt, useTextAt, useWriting } from './write-context.ts'

const seeKinds = referenceKinds.filter((kind) => kind !== 'contact')
const picks: Record<'call' | 'form' | 'see', readonly ReferenceKind[]> = {
  call: ['contact'],
  form: ['form'],
  see: seeKinds,
}
const icons: Record<'call' | 'form' | 'see' | 'who' | 'where', IconName> = {
  call: 'phone',
  form: 'paper',
  see: 'routine',
  who: 'people',
  where: 'pin',
}

/** With whom, where, what number, which paper: what there is shows, the rest can be added where one writes. */
export function StepLinks({ place, isActive }: { place: Place; isActive: boolean }) {
  const t = useWriteText()
  const { editing, isLocked } = useWriting()
  const step = useAt(place)
  const [picking, setPicking] = useState<'call' | 'form' | 'see'>()
  const [asked, setAsked] = useState<{ who?: boolean; where?: boolean }>({})
  const fields = isPlainObject(step) ? step : {}
  const links = { form: fields.form, see: fields.see }
  const calls = Array.isArray(fields.call) ? (fields.call as unknown[]) : []
  const isShown = (field: 'who' | 'where') => fields[field] !== undefined || asked[field] === true
  const set = (field: string, value: unknown) =>
    editing.change((body) => setAt(body, pathOf(within(place, field)), value))
  const choose = (reference: string) => {
    if (picking === 'call')
      editing.change((body) =>
        calls.includes(reference)
          ? body
          : insertAt(body, pathOf(within(place, 'call', calls.length)), reference),
      )
    else if (picking !== undefined) set(picking, reference)
    setPicking(undefined)
    focusField(within(place, 'text'))
  }
  const hasLinks = calls.length > 0 || links.form !== undefined || links.see !== undefined
  return (
    <>
      {(isShown('who') || isShown('where')) && (
        <div className="step-facts write-facts">
          {(['who', 'where'] as const).map(
            (field) => isShown(field) && <StepFact key={field} place={place} field={field} />,
          )}
        </div>
      )}
      {hasLinks && (
        <div className="step-actions">
          {calls.map((reference, index) => (
            <ReferenceChip
              key={index}
              place={within(place, 'call', index)}
              reference={String(reference)}
              onRemove={() =>
                set(
                  'call',
                  calls.length === 1 ? undefined : calls.filter((_, each) => each !== index),
                )
              }
            />
          ))}
          {(['form', 'see'] as const).map(
            (field) =>
              typeof links[field] === 'string' && (
                <ReferenceChip
                  key={field}
                  place={within(place, field)}
                  reference={links[field]}
                  onRemove={() => set(field, undefined)}
                />
              ),
          )}
        </div>
      )}
      {isActive && !isLocked && (
        <div className="write-tools is-links" role="group" aria-label={t('steps.link')}>
          {(['call', 'form', 'see'] as const).map((field) => (
            <button
              type="button"
              className="write-tool"
              key={field}
              onClick={() => setPicking(field)}
            >
              <Icon name={icons[field]} />
              {t(`steps.${field}`)}
            </button>
          ))}
          {(['who', 'where'] as const).map(
            (field) =>
              !isShown(field) && (
                <button
                  type="button"
                  className="write-tool"
                  key={field}
                  onClick={() => {
                    setAsked({ ...asked, [field]: true })
                    requestAnimationFrame(() => focusField(within(place, field)))
                  }}
                >
                  <Icon name={icons[field]} />
                  {t(`steps.${field}`)}
                </button>
              ),
          )}
        </div>
      )}
      {picking !== undefined && (
        <ReferencePicker
          kinds={picks[picking]}
          onChoose={choose}
          onCancel={() => {
            setPicking(undefined)
            focusField(within(place, 'text'))
          }}
        />
      )}
    </>
  )
}

function StepFact({ place, field }: { place: Place; field: 'who' | 'where' }) {
  const at = within(place, field)
  const text = useTextAt(at)
  const set = useSetText(at)
  const { label } = useFieldNames()
  return (
    <>
      <span>
        <Icon name={icons[field]} />
        <GrowingText
          place={at}
          value={text}
          label={label('step', field)}
          placeholder={label('step', field)}
          onText={set}
          onLeave={() => {
            if (text.trim() !== text) set(text.trim())
          }}
        />
      </span>
      <SecrecyMark place={at} />
    </>
  )
}
