import { useId, useState } from 'react'
import { setAt } from '#domain/edit/change-at.ts'
import { formatPhoneNumber, isStoredNumber, parsePhoneNumber } from '#domain/phone-number.ts'
import { fieldShape } from './field-shape.ts'
import { FieldFrame } from './field-frame.tsx'
import { instantOf, localOf } from './local-time.ts'
import { pathOf, splitPlace, type Place } from './place.ts'
import { useFieldNames, useWriteText } from './use-write-text.ts'
import { useAt, useTextAt, useWriting } from './write-context.ts'

/** How a value at a place is changed. Undefined takes the field out. */
export function useSet(place: Place): (value: unknown, typing?: string) => void {
  const { editing } = useWriting()
  return (value, typing) => editing.change((body) => setAt(body, pathOf(place), value), typing)
}

/** What stands for "nothing": no field where it may be left out, an empty text where it may not. */
function useNothing(place: Place): '' | undefined {
  const { kind } = useWriting()
  return fieldShape(kind, place)?.isOptional === true ? undefined : ''
}

/** A day, a point in time, or a clock time: the browser's own picker. */
export function TimeField(props: {
  place: Place
  as: 'day' | 'instant' | 'clock'
  isNamed?: boolean
}) {
  const { place, as } = props
  const { isLocked } = useWriting()
  const text = useTextAt(place)
  const set = useSet(place)
  const nothing = useNothing(place)
  const type = ({ day: 'date', instant: 'datetime-local', clock: 'time' } as const)[as]
  return (
    <FieldFrame place={place} isNamed={props.isNamed}>
      {(frame) => (
        <input
          className="input write-time"
          id={frame.id}
          type={type}
          data-place={place}
          value={as === 'instant' ? localOf(text) : text}
          readOnly={isLocked}
          aria-describedby={frame.describedBy}
          aria-invalid={frame.isFaulty ? true : undefined}
          onChange={(event) => {
            const { value } = event.currentTarget
            set(value === '' ? nothing : as === 'instant' ? instantOf(value) : value, place)
          }}
        />
      )}
    </FieldFrame>
  )
}

const units = ['min', 'h', 'd', 'w'] as const

/** A length of time: how many, of what. */
export function DurationField(props: { place: Place; isNamed?: boolean }) {
  const { place } = props
  const t = useWriteText()
  const { isLocked } = useWriting()
  const text = useTextAt(place)
  const set = useSet(place)
  const nothing = useNothing(place)
  const [count = '', written] = text.split(' ')
  const [chosen, setChosen] = useState<string>('h')
  const unit = units.find((each) => each === written) ?? chosen
  return (
    <FieldFrame place={place} isNamed={props.isNamed}>
      {(frame) => (
        <span className="write-duration">
          <input
            className="input"
            id={frame.id}
            type="text"
            inputMode="numeric"
            maxLength={4}
            data-place={place}
            value={count}
            readOnly={isLocked}
            aria-describedby={frame.describedBy}
            aria-invalid={frame.isFaulty ? true : undefined}
            onChange={(event) => {
              const digits = event.currentTarget.value.replace(/\D/g, '').replace(/^0+/, '')
              set(digits === '' ? nothing : `${digits} ${unit}`, place)
            }}
          />
          <select
            className="input"
            value={unit}
            disabled={isLocked}
            aria-label={t('field.unit')}
            onChange={(event) => {
              setChosen(event.currentTarget.value)
              if (count !== '') set(`${count} ${event.currentTarget.value}`)
            }}
          >
            {units.map((each) => (
              <option key={each} value={each}>
                {t(`unit.${each}`)}
              </option>
            ))}
          </select>
        </span>
      )}
    </FieldFrame>
  )
}

/** A number; text while it is none yet, so that nothing typed goes. */
export function NumberField(props: { place: Place; isNamed?: boolean }) {
  const { place } = props
  const { isLocked } = useWriting()
  const value = useAt(place)
  const set = useSet(place)
  const nothing = useNothing(place)
  const [typed, setTyped] = useState<string>()
  const shown = typeof value === 'number' ? String(value).replace('.', ',') : typeof value === 'string' ? value : '' // prettier-ignore
  return (
    <FieldFrame place={place} isNamed={props.isNamed}>
      {(frame) => (
        <input
          className="input write-number"
          id={frame.id}
          type="text"
          inputMode="decimal"
          data-place={place}
          value={typed ?? shown}
          readOnly={isLocked}
          aria-describedby={frame.describedBy}
          aria-invalid={frame.isFaulty ? true : undefined}
          onBlur={() => setTyped(undefined)}
          onChange={(event) => {
            const text = event.currentTarget.value.slice(0, 12)
            setTyped(text)
            const number = Number(text.trim().replace(',', '.'))
            set(text.trim() === '' ? nothing : Number.isFinite(number) ? number : text, place)
          }}
        />
      )}
    </FieldFrame>
  )
}

/** Whole numbers with commas between. */
export function NumbersField(props: { place: Place; isNamed?: boolean }) {
  const { place } = props
  const { isLocked } = useWriting()
  const value = useAt(place)
  const set = useSet(place)
  const [typed, setTyped] = useState<string>()
  return (
    <FieldFrame place={place} isNamed={props.isNamed}>
      {(frame) => (
        <input
          className="input"
          id={frame.id}
          type="text"
          data-place={place}
          value={typed ?? (Array.isArray(value) ? value.join(', ') : '')}
          readOnly={isLocked}
          aria-describedby={frame.describedBy}
          aria-invalid={frame.isFaulty ? true : undefined}
          onBlur={() => setTyped(undefined)}
          onChange={(event) => {
            const text = event.currentTarget.value.slice(0, 400)
            setTyped(text)
            set((text.match(/\d{1,3}/g) ?? []).map(Number), place)
          }}
        />
      )}
    </FieldFrame>
  )
}

/** Yes or no. */
export function YesNoField({ place }: { place: Place }) {
  const { kind, isLocked } = useWriting()
  const { label } = useFieldNames()
  const value = useAt(place)
  const set = useSet(place)
  // Left out where that means the same. That something was not checked against its source is said.
  const isSaid =
    fieldShape(kind, place)?.standard === false || splitPlace(place).last === 'verified'
  const no = isSaid ? false : undefined
  return (
    <label className="check-row write-yes" data-field={place}>
      <input
        type="checkbox"
        data-place={place}
        checked={value === true}
        disabled={isLocked}
        onChange={(event) => set(event.currentTarget.checked ? true : no)}
      />
      <span>{label(kind, place)}</span>
    </label>
  )
}

/** One of a few. */
export function PickField(props: { place: Place; options: readonly string[]; isNamed?: boolean }) {
  const { place, options } = props
  const t = useWriteText()
  const { isLocked } = useWriting()
  const { value: nameOf } = useFieldNames()
  const value = useTextAt(place)
  const set = useSet(place)
  const nothing = useNothing(place)
  const { last } = splitPlace(place)
  return (
    <FieldFrame place={place} isNamed={props.isNamed}>
      {(frame) => (
        <select
          className="input"
          id={frame.id}
          data-place={place}
          value={value}
          disabled={isLocked}
          aria-describedby={frame.describedBy}
          aria-invalid={frame.isFaulty ? true : undefined}
          onChange={(event) =>
            set(event.currentTarget.value === '' ? nothing : event.currentTarget.value)
          }
        >
          {(value === '' || nothing === undefined) && <option value="">{t('field.none')}</option>}
          {[...options, ...(value === '' || options.includes(value) ? [] : [value])].map(
            (option) => (
              <option key={option} value={option}>
                {nameOf(last, option)}
              </option>
            ),
          )}
        </select>
      )}
    </FieldFrame>
  )
}

/** Several of a few. */
export function PicksField(props: { place: Place; options: readonly string[]; isNamed?: boolean }) {
  const { place, options } = props
  const { isLocked } = useWriting()
  const { value: nameOf } = useFieldNames()
  const value = useAt(place)
  const set = useSet(place)
  const { last } = splitPlace(place)
  const chosen = Array.isArray(value) ? (value as unknown[]) : []
  return (
    <FieldFrame place={place} isNamed={props.isNamed} isGroup>
      {(frame) => (
        <div className="card" role="group" aria-labelledby={frame.labelId}>
          {options.map((option) => (
            <label className="check-row" key={option}>
              <input
                type="checkbox"
                data-place={`${place}/${option}`}
                checked={chosen.includes(option)}
                disabled={isLocked}
                onChange={(event) =>
                  set(
                    event.currentTarget.checked
                      ? [...chosen, option]
                      : chosen.filter((each) => each !== option),
                  )
                }
              />
              <span>{nameOf(last, option)}</span>
            </label>
          ))}
        </div>
      )}
    </FieldFrame>
  )
}

/** A telephone number, understood however it is written, shown as people write it, stored as E.164. */
export function PhoneField(props: { place: Place; isNamed?: boolean }) {
  const { place } = props
  const t = useWriteText()
  const { isLocked } = useWriting()
  const stored = useTextAt(place)
  const set = useSet(place)
  const nothing = useNothing(place)
  const help = useId()
  const [typed, setTyped] = useState<string>()
  const text = typed ?? formatPhoneNumber(stored)
  const parsed = parsePhoneNumber(text)
  const says =
    text === '' ? '' : !parsed.ok ? t(`phone.${parsed.code}`) : typed === undefined ? '' : t('phone.understood', { number: formatPhoneNumber(parsed.number) }) // prettier-ignore
  const isWrong = text !== '' && (!parsed.ok || !isStoredNumber(parsed.number))
  return (
    <FieldFrame place={place} isNamed={props.isNamed}>
      {(frame) => (
        <>
          <input
            className="input write-phone"
            id={frame.id}
            type="tel"
            autoComplete="off"
            data-place={place}
            value={text}
            readOnly={isLocked}
            aria-describedby={[help, frame.describedBy].filter(Boolean).join(' ')}
            aria-invalid={isWrong || frame.isFaulty ? true : undefined}
            onBlur={() => setTyped(undefined)}
            onChange={(event) => {
              const written = event.currentTarget.value.slice(0, 60)
              setTyped(written)
              const read = parsePhoneNumber(written)
              // What is no number yet is kept as it was typed: it is pointed out, and not lost.
              set(written.trim() === '' ? nothing : read.ok ? read.number : written, place)
            }}
          />
          <p className={isWrong ? 'write-fault' : 'meta'} id={help} role="status">
            {says}
          </p>
        </>
      )}
    </FieldFrame>
  )
}
