import { memo, useState } from 'react'
import { insertAt, moveWithin, removeAt, valueAt } from '#domain/edit/change-at.ts'
import { newId } from '#domain/edit/new-id.ts'
import { formatPhoneNumber } from '#domain/phone-number.ts'
import { isPlainObject } from '#domain/schema/walk-schema.ts'
import { Icon } from '#app/ui/icon.tsx'
import { ContactsTable, takesTable } from './contacts-table.tsx'
import { emptyEntry, entryName } from './entry-name.ts'
import { FieldFrame } from './field-frame.tsx'
import { Fields } from './fields.tsx'
import { useNotes } from './notes.ts'
import { pathOf, splitPlace, within, type Place } from './place.ts'
import { PositionCaller } from './position-fields.tsx'
import { wordsOf } from './search-words.ts'
import { useFieldNames, useWriteText } from './use-write-text.ts'
import { useAt, useListAt, useWriting } from './write-context.ts'

/** A longer list shows names, and the fields of the one that is opened; a shorter one all. */
const mostOpen = 6
/** From so many on one finds by typing. */
const mostUnsearched = 20

/** Entries with fields of their own: numbers, positions, dependencies. */
export function ListField(props: { place: Place; fields: readonly string[]; isNamed?: boolean }) {
  const { place, fields } = props
  const t = useWriteText()
  const say = useNotes()
  const { editing, isLocked, reveal, kind } = useWriting()
  const { add: addText } = useFieldNames()
  const list = useListAt(place)
  const revealed = entryAt(place, reveal.place)
  const [opened, setOpened] = useState<{ at: number | undefined; turn: number }>({
    at: undefined,
    turn: 0,
  })
  const [searched, setSearched] = useState('')
  // Somebody was led here since it was last opened or closed by hand.
  const open = revealed !== undefined && reveal.turn > opened.turn ? revealed : opened.at
  const setOpen = (at: number | undefined) => setOpened({ at, turn: reveal.turn })
  const path = pathOf(place)
  const isFolded = list.length > mostOpen
  const words = wordsOf(searched)
  const fits = (entry: unknown) =>
    words.every((word) => wordsOf(textOf(entry)).join(' ').includes(word))
  const shown = list.flatMap((entry, at) => (fits(entry) || open === at ? [at] : []))
  const add = () => {
    const taken = list.flatMap((each) => (isPlainObject(each) ? [String(each.id)] : []))
    const at = list.length
    editing.change((body) =>
      insertAt(body, [...path, at], emptyEntry(fields, newId(splitPlace(place).last, taken))),
    )
    setSearched('')
    setOpen(at)
    requestAnimationFrame(() =>
      document
        .querySelector<HTMLElement>(
          `[data-entry="${CSS.escape(within(place, at))}"] :is(textarea, input, select)`,
        ) // prettier-ignore
        ?.focus(),
    )
  }
  const move = (from: number, to: number) => {
    editing.change((body) => moveWithin(body, path, from, to))
    if (open === from) setOpen(to)
    say({ text: t('field.moved', { place: to + 1, count: list.length }) })
  }
  const remove = (at: number, name: string) => {
    editing.change((body) => removeAt(body, [...path, at]))
    setOpen(undefined)
    say({ text: `${name}: ${t('field.removed')}`, undo: () => editing.undo() })
  }
  return (
    <FieldFrame place={place} isNamed={props.isNamed} isGroup>
      {(frame) => (
        <>
          {list.length > mostUnsearched && (
            <div className="field write-filter">
              <input
                className="input"
                type="search"
                aria-label={t('pick.search')}
                placeholder={t('pick.search')}
                value={searched}
                onChange={(event) => setSearched(event.currentTarget.value)}
              />
              {words.length > 0 && (
                <p className="meta" role="status">
                  {t('field.shown', { count: shown.length, all: list.length })}
                </p>
              )}
            </div>
          )}
          {list.length > 0 && (
            <ol
              className={`card rows write-entries${list.length > mostUnsearched * 3 ? ' is-long' : ''}`}
              aria-labelledby={frame.labelId}
            >
              {shown.map((at) => (
                <Entry
                  key={at}
                  place={within(place, at)}
                  at={at}
                  count={list.length}
                  fields={fields}
                  isOpen={!isFolded || open === at}
                  isFolded={isFolded}
                  onOpen={setOpen}
                  onMove={move}
                  onRemove={remove}
                />
              ))}
            </ol>
          )}
          {!isLocked && (
            <button type="button" className="button is-quiet write-add" onClick={add}>
              <Icon name="plus" />
              {addText(splitPlace(place).last)}
            </button>
          )}
          {!isLocked && takesTable(kind, place, list) && <ContactsTable />}
        </>
      )}
    </FieldFrame>
  )
}

function entryAt(place: Place, revealed: Place | undefined): number | undefined {
  if (revealed?.startsWith(`${place}/`) !== true) return undefined
  const at = Number(revealed.slice(place.length + 1).split('/')[0])
  return Number.isInteger(at) ? at : undefined
}

function textOf(entry: unknown): string {
  if (!isPlainObject(entry)) return ''
  return Object.entries(entry)
    .filter(([field, value]) => field !== 'id' && typeof value === 'string')
    .map(([, value]) => `${String(value)} ${formatPhoneNumber(String(value))}`)
    .join(' ')
}

interface EntryProps {
  place: Place
  at: number
  count: number
  fields: readonly string[]
  isOpen: boolean
  isFolded: boolean
  onOpen: (at: number | undefined) => void
  onMove: (from: number, to: number) => void
  onRemove: (at: number, name: string) => void
}

const Entry = memo(
  function Entry(props: EntryProps) {
    const { place, at, isOpen } = props
    const t = useWriteText()
    const { isLocked, findings, kind } = useWriting()
    const entry = useAt(place)
    const name = entryName(entry) || t('field.unnamed')
    const number = valueAt(entry, ['number'])
    const toSee = findings.within(place)
    return (
      <li className="write-entry" data-entry={place}>
        {props.isFolded && (
          <button
            type="button"
            className="write-option"
            aria-expanded={isOpen}
            onClick={() => props.onOpen(isOpen ? undefined : at)}
          >
            <strong lang="sv">{name}</strong>
            <span className="meta">
              {typeof number === 'string' && formatPhoneNumber(number)}
              {toSee > 0 && (
                <>
                  {' '}
                  <Icon name="warning" /> {t('department.warnings', { count: toSee })}
                </>
              )}
            </span>
            <Icon name="down" className={isOpen ? 'is-up' : ''} />
          </button>
        )}
        {isOpen && (
          <div className="write-entry-fields">
            {kind === 'phone-tree' && /^positions\/\d+$/.test(place) && (
              <PositionCaller place={place} />
            )}
            <Fields place={place} fields={props.fields} />
            {!isLocked && (
              <div className="write-tools">
                {props.count > 1 && (
                  <>
                    <button
                      type="button"
                      className="write-tool"
                      disabled={at === 0}
                      aria-label={`${t('field.up')}: ${name}`}
                      title={t('field.up')}
                      onClick={() => props.onMove(at, at - 1)}
                    >
                      <Icon name="down" className="is-up" />
                    </button>
                    <button
                      type="button"
                      className="write-tool"
                      disabled={at === props.count - 1}
                      aria-label={`${t('field.down')}: ${name}`}
                      title={t('field.down')}
                      onClick={() => props.onMove(at, at + 1)}
                    >
                      <Icon name="down" />
                    </button>
                  </>
                )}
                <button
                  type="button"
                  className="write-tool"
                  aria-label={t('field.removeNamed', { name })}
                  onClick={() => props.onRemove(at, name)}
                >
                  <Icon name="cross" />
                  {t('field.remove')}
                </button>
              </div>
            )}
          </div>
        )}
      </li>
    )
  },
  // What it does hangs on the list as it is then; what it shows on these.
  (before, after) =>
    before.place === after.place &&
    before.count === after.count &&
    before.isOpen === after.isOpen &&
    before.isFolded === after.isFolded,
)
