import { useMemo, useState } from 'react'
import { setAt } from '#domain/edit/change-at.ts'
import type { ReferenceKind } from '#domain/schema/values.ts'
import { Icon } from '#app/ui/icon.tsx'
import { ChooseDialog } from './choose-dialog.tsx'
import { FieldFrame } from './field-frame.tsx'
import { pathOf, within, type Place } from './place.ts'
import { ReferenceChip } from './reference-chip.tsx'
import { ReferencePicker } from './reference-picker.tsx'
import { useSet } from './value-fields.tsx'
import { useWriteText } from './use-write-text.ts'
import { focusField, useListAt, useTextAt, useWriting } from './write-context.ts'

/** One document or number that is referred to. */
export function ReferenceField(props: {
  place: Place
  kinds: readonly ReferenceKind[]
  isNamed?: boolean
}) {
  const { place } = props
  const t = useWriteText()
  const { isLocked } = useWriting()
  const reference = useTextAt(place)
  const set = useSet(place)
  const [isPicking, setPicking] = useState(false)
  return (
    <FieldFrame place={place} isNamed={props.isNamed} isGroup>
      {(frame) => (
        <div className="write-chips" role="group" aria-labelledby={frame.labelId}>
          {reference !== '' && (
            <ReferenceChip
              place={`${place}/0`}
              reference={reference}
              onRemove={() => set(undefined)}
            />
          )}
          {!isLocked && (
            <button
              type="button"
              className="write-tool"
              data-place={place}
              onClick={() => setPicking(true)}
            >
              <Icon name={reference === '' ? 'plus' : 'search'} />
              {t(reference === '' ? 'pick.choose' : 'field.open')}
            </button>
          )}
          {isPicking && (
            <ReferencePicker
              kinds={props.kinds}
              onChoose={(chosen) => {
                set(chosen)
                setPicking(false)
                focusField(place)
              }}
              onCancel={() => {
                setPicking(false)
                focusField(place)
              }}
            />
          )}
        </div>
      )}
    </FieldFrame>
  )
}

/** Several, in an order that can be changed. */
export function ReferencesField(props: {
  place: Place
  kinds: readonly ReferenceKind[]
  isNamed?: boolean
}) {
  const { place } = props
  const { index } = useWriting()
  const [isPicking, setPicking] = useState(false)
  const list = useListAt(place)
  const set = useSet(place)
  return (
    <>
      <OrderedChoices
        place={place}
        isNamed={props.isNamed}
        nameOf={(each) => index.contact(each)?.contact.title}
        draw={(each, at, remove) => (
          <ReferenceChip place={within(place, at)} reference={each} onRemove={remove} />
        )}
        onAdd={() => setPicking(true)}
      />
      {isPicking && (
        <ReferencePicker
          kinds={props.kinds}
          onChoose={(chosen) => {
            if (!list.includes(chosen)) set([...list, chosen])
            setPicking(false)
            focusField(place)
          }}
          onCancel={() => {
            setPicking(false)
            focusField(place)
          }}
        />
      )}
    </>
  )
}

/** Systems of the organisation's register. */
export function SystemsField(props: { place: Place; isNamed?: boolean }) {
  const { place } = props
  const t = useWriteText()
  const { index } = useWriting()
  const [isPicking, setPicking] = useState(false)
  const list = useListAt(place)
  const set = useSet(place)
  const systems = useSystems()
  return (
    <>
      <OrderedChoices
        place={place}
        isNamed={props.isNamed}
        nameOf={(each) => index.system(each)?.title}
        onAdd={() => setPicking(true)}
      />
      {isPicking && (
        <ChooseDialog
          title={t('pick.system')}
          options={systems.filter(({ id }) => !list.includes(id))}
          onChoose={(chosen) => {
            set([...list, chosen])
            setPicking(false)
            focusField(place)
          }}
          onCancel={() => setPicking(false)}
        />
      )}
    </>
  )
}

/** One system of the register. */
export function SystemField(props: { place: Place; isNamed?: boolean }) {
  const { place } = props
  const systems = useSystems()
  return <OneOfField place={place} isNamed={props.isNamed} options={systems} />
}

/** One of the things that have an id: a system, a position of the tree. */
export function OneOfField(props: {
  place: Place
  options: readonly { id: string; title: string }[]
  isNamed?: boolean
  onChoose?: (id: string) => void
}) {
  const { place, options } = props
  const t = useWriteText()
  const { isLocked } = useWriting()
  const value = useTextAt(place)
  const set = useSet(place)
  const isKnown = value === '' || options.some(({ id }) => id === value)
  return (
    <FieldFrame place={place} isNamed={props.isNamed}>
      {(frame) => (
        <select
          className="input"
          id={frame.id}
          lang="sv"
          data-place={place}
          value={value}
          disabled={isLocked}
          aria-describedby={frame.describedBy}
          aria-invalid={frame.isFaulty ? true : undefined}
          onChange={(event) =>
            set(event.currentTarget.value === '' ? undefined : event.currentTarget.value)
          }
        >
          <option value="">{t('field.none')}</option>
          {options.map(({ id, title }) => (
            <option key={id} value={id}>
              {title === '' ? t('field.unnamed') : title}
            </option>
          ))}
          {!isKnown && <option value={value}>{t('field.notKnown', { name: value })}</option>}
        </select>
      )}
    </FieldFrame>
  )
}

function useSystems() {
  const { index } = useWriting()
  return useMemo(() => {
    const [register] = index.ofKind('systems')
    return (register?.body.systems ?? []).map(({ id, title, names }) => ({
      id,
      title,
      under: names.join(', '),
    }))
  }, [index])
}

/** Things chosen from elsewhere, one after another, with buttons to change their order. */
export function OrderedChoices(props: {
  place: Place
  isNamed?: boolean | undefined
  nameOf: (id: string) => string | undefined
  draw?: (id: string, at: number, remove: () => void) => React.ReactNode
  /** Without it nothing can be added or taken away here. */
  onAdd?: () => void
}) {
  const { place, onAdd } = props
  const t = useWriteText()
  const { editing, isLocked } = useWriting()
  const list = useListAt(place).map(String)
  const move = (from: number, to: number) =>
    editing.change((body) =>
      setAt(
        body,
        pathOf(place),
        list.map((each, at) =>
          at === to ? (list[from] ?? '') : at === from ? (list[to] ?? '') : each,
        ),
      ),
    )
  const remove = (at: number) =>
    editing.change((body) =>
      setAt(
        body,
        pathOf(place),
        list.filter((_, each) => each !== at),
      ),
    )
  return (
    <FieldFrame place={place} isNamed={props.isNamed} isGroup>
      {(frame) => (
        <>
          {list.length > 0 && (
            <ol className="write-choices" aria-labelledby={frame.labelId}>
              {list.map((each, at) => {
                const name = props.nameOf(each) ?? each
                return (
                  <li key={`${each} ${at}`}>
                    {props.draw?.(each, at, () => remove(at)) ?? (
                      <span className="write-chip" lang="sv">
                        <span>{props.nameOf(each) ?? t('field.notKnown', { name: each })}</span>
                        {!isLocked && onAdd !== undefined && (
                          <button
                            type="button"
                            className="write-chip-remove"
                            aria-label={t('field.removeNamed', { name })}
                            onClick={() => remove(at)}
                          >
                            <Icon name="cross" />
                          </button>
                        )}
                      </span>
                    )}
                    {!isLocked && list.length > 1 && (
                      <span className="write-order">
                        <button
                          type="button"
                          className="write-tool"
                          disabled={at === 0}
                          aria-label={`${t('field.up')}: ${name}`}
                          onClick={() => move(at, at - 1)}
                        >
                          <Icon name="down" className="is-up" />
                        </button>
                        <button
                          type="button"
                          className="write-tool"
                          disabled={at === list.length - 1}
                          aria-label={`${t('field.down')}: ${name}`}
                          onClick={() => move(at, at + 1)}
                        >
                          <Icon name="down" />
                        </button>
                      </span>
                    )}
                  </li>
                )
              })}
            </ol>
          )}
          {!isLocked && onAdd !== undefined && (
            <button type="button" className="write-tool" data-place={place} onClick={onAdd}>
              <Icon name="plus" />
              {t('pick.choose')}
            </button>
          )}
        </>
      )}
    </FieldFrame>
  )
}
