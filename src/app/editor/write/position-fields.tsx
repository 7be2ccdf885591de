import { useId } from 'react'
import { insertAt, setAt, valueAt } from '#domain/edit/change-at.ts'
import { isPlainObject } from '#domain/schema/walk-schema.ts'
import { useEditor } from '../editor-parts.ts'
import { entryName } from './entry-name.ts'
import { pathOf, type Place } from './place.ts'
import { OneOfField, OrderedChoices } from './reference-fields.tsx'
import { useSet } from './value-fields.tsx'
import { useWriteText } from './use-write-text.ts'
import { useAt, useListAt, useTextAt, useWriting } from './write-context.ts'

interface Seat {
  id: string
  title: string
  calls: string[]
}

/** The positions of the tree on the page. */
function useSeats(): Seat[] {
  return useListAt('positions').flatMap((each) =>
    isPlainObject(each) && typeof each.id === 'string'
      ? [
          {
            id: each.id,
            title: entryName(each),
            calls: Array.isArray(each.calls) ? each.calls.map(String) : [],
          },
        ]
      : [],
  )
}

/** One of the tree's positions: who starts it, who is called instead, whose hour it is. */
export function PositionField(props: { place: Place; isNamed?: boolean }) {
  const { kind, index } = useWriting()
  const seats = useSeats()
  const tree = useTextAt('phoneTree')
  const options = kind === 'rota' ? (index.getOf('phone-tree', tree)?.body.positions ?? []) : seats
  return <OneOfField place={props.place} isNamed={props.isNamed} options={options} />
}

/** Whom a position calls, in order. */
export function CallsField(props: { place: Place; isNamed?: boolean }) {
  const { place } = props
  const t = useWriteText()
  const { isLocked } = useWriting()
  const seats = useSeats()
  const list = useListAt(place)
  const set = useSet(place)
  const own = String(useAt(`${place.slice(0, -'/calls'.length)}/id`))
  const called = new Set(seats.flatMap(({ calls }) => calls))
  const start = useTextAt('start')
  const free = seats.filter(({ id }) => id !== own && id !== start && !called.has(id))
  return (
    <>
      <OrderedChoices
        place={place}
        isNamed={props.isNamed}
        nameOf={(id) => seats.find((each) => each.id === id)?.title}
        draw={(id, at, remove) => (
          <SeatChip
            title={seats.find((each) => each.id === id)?.title}
            id={id}
            number={at + 1}
            onRemove={remove}
          />
        )}
      />
      {!isLocked && free.length > 0 && (
        <select
          className="input"
          lang="sv"
          aria-label={t('tree.addCall')}
          data-place={place}
          value=""
          onChange={(event) => set([...list, event.currentTarget.value])}
        >
          <option value="">{t('tree.addCall')}</option>
          {free.map(({ id, title }) => (
            <option key={id} value={id}>
              {title === '' ? t('field.unnamed') : title}
            </option>
          ))}
        </select>
      )}
    </>
  )
}

function SeatChip(props: {
  title: string | undefined
  id: string
  number: number
  onRemove: () => void
}) {
  const t = useWriteText()
  const { isLocked } = useWriting()
  const title = props.title ?? t('field.notKnown', { name: props.id })
  return (
    <span
      className={`write-chip is-contact${props.title === undefined ? ' is-faulty' : ''}`}
      lang="sv"
    >
      <span>
        {props.number}. {title === '' ? t('field.unnamed') : title}
      </span>
      {!isLocked && (
        <button
          type="button"
          className="write-chip-remove"
          aria-label={t('field.removeNamed', { name: title })}
          onClick={props.onRemove}
        >
          ×
        </button>
      )}
    </span>
  )
}

/** Who calls a position: choosing another moves the call. */
export function PositionCaller({ place }: { place: Place }) {
  const t = useWriteText()
  const { editing, isLocked } = useWriting()
  const field = useId()
  const seats = useSeats()
  const own = String(useAt(`${place}/id`))
  const start = useTextAt('start')
  const caller = seats.find(({ calls }) => calls.includes(own))
  if (own === start) return <p className="meta">{t('tree.isStart')}</p>
  const choose = (id: string) =>
    editing.change((body) => {
      let next = body
      for (const [at, seat] of seats.entries()) {
        const path = [...pathOf('positions'), at, 'calls']
        const rest = seat.calls.filter((each) => each !== own)
        if (rest.length !== seat.calls.length) next = setAt(next, path, rest)
        if (seat.id === id && id !== '') {
          const calls = valueAt(next, path)
          next = insertAt(next, [...path, Array.isArray(calls) ? calls.length : 0], own)
        }
      }
      return next
    })
  return (
    <div className="write-field">
      <label className="write-label" htmlFor={field}>
        {t('tree.caller')}
      </label>
      <select
        className="input"
        id={field}
        lang="sv"
        value={caller?.id ?? ''}
        disabled={isLocked}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="">{t('tree.nobody')}</option>
        {seats
          .filter(({ id }) => id !== own)
          .map(({ id, title }) => (
            <option key={id} value={id}>
              {title === '' ? t('field.unnamed') : title}
            </option>
          ))}
      </select>
    </div>
  )
}

/** The organisation's departments: their order here; adding one is the coordinator's, with its keys. */
export function DepartmentsField(props: { place: Place; isNamed?: boolean }) {
  const { state, organisation } = useEditor()
  const titleOf = (id: string) =>
    state.device.departments.find(
      (each) => each.organisation === organisation?.id && each.department === id,
    )?.title ?? id
  return <OrderedChoices place={props.place} isNamed={props.isNamed} nameOf={titleOf} />
}
