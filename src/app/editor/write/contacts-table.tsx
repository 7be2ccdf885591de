import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { setAt } from '#domain/edit/change-at.ts'
import { decodeTableBytes } from '#domain/edit/decode-table-bytes.ts'
import { mergeContacts, type ChangedContact } from '#domain/edit/merge-contacts.ts'
import { readPastedContacts, type RowProblem } from '#domain/edit/read-pasted-contacts.ts'
import { formatPhoneNumber } from '#domain/phone-number.ts'
import { isPlainObject } from '#domain/schema/walk-schema.ts'
import { Icon } from '#app/ui/icon.tsx'
import { useNotes } from './notes.ts'
import { useFieldNames, useWriteText } from './use-write-text.ts'
import { useListAt, useWriting } from './write-context.ts'

/** Larger files are no lists of numbers. */
const mostBytes = 5_000_000
/** So many of each are shown; the others are counted. */
const mostShown = 200

/** A list out of Excel, Word or a CSV file becomes numbers: what it will do shows before it is done. */
export function ContactsTable() {
  const t = useWriteText()
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    flushSync(() => setOpen(false))
    button.current?.focus()
  }
  if (isOpen) return <Reading onClose={close} />
  return (
    <button
      ref={button}
      type="button"
      className="button is-quiet write-add"
      onClick={() => setOpen(true)}
    >
      <Icon name="paper" />
      {t('table.open')}
    </button>
  )
}

function Reading({ onClose }: { onClose: () => void }) {
  const t = useWriteText()
  const say = useNotes()
  const id = useId()
  const { editing } = useWriting()
  const list = useListAt('contacts')
  const file = useRef<HTMLInputElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const [text, setText] = useState('')
  const [unreadable, setUnreadable] = useState<string>()
  const [takesNumberless, setTakesNumberless] = useState(false)
  const read = useAfterPause(text)
  const table = useMemo(() => (read.trim() === '' ? undefined : readPastedContacts(read)), [read])
  const merged = useMemo(() => {
    if (table === undefined) return undefined
    const taken = table.contacts.filter(({ number }) => takesNumberless || number !== undefined)
    return { ...mergeContacts(list, taken), numberless: table.contacts.length - taken.length }
  }, [table, list, takesNumberless])
  const choose = async (chosen: File | undefined) => {
    if (chosen === undefined) return
    if (/\.(xlsx?|ods|docx?|pdf)$/i.test(chosen.name)) return setUnreadable(t('table.isBook'))
    if (chosen.size > mostBytes) return setUnreadable(t('table.tooLarge'))
    try {
      setText(decodeTableBytes(new Uint8Array(await chosen.arrayBuffer())).text)
      setUnreadable(undefined)
    } catch {
      setUnreadable(t('table.unreadable'))
    }
  }
  const take = () => {
    if (merged === undefined) return
    editing.change((body) => setAt(body, ['contacts'], merged.contacts))
    say({
      text: t('table.taken', { added: merged.added.length, changed: merged.changed.length }),
      undo: () => editing.undo(),
    })
    onClose()
  }
  const count = (merged?.added.length ?? 0) + (merged?.changed.length ?? 0)
  return (
    <section className="card is-padded stack contacts-table" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{t('table.open')}</h3>
      <div className="field">
        <label htmlFor={`${id}-text`}>{t('table.paste')}</label>
        <textarea
          id={`${id}-text`}
          className="input"
          rows={5}
          ref={field}
          spellCheck={false}
          aria-describedby={`${id}-help`}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <p className="meta" id={`${id}-help`}>
          {t('table.help')}
        </p>
      </div>
      <input
        ref={file}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        hidden
        onChange={(event) => {
          void choose(event.currentTarget.files?.[0])
          event.currentTarget.value = ''
        }}
      />
      <button type="button" className="button is-wide" onClick={() => file.current?.click()}>
        <Icon name="paper" />
        {t('table.file')}
      </button>
      {unreadable !== undefined && (
        <p className="contacts-table-fault" role="alert">
          <Icon name="warning" /> {unreadable}
        </p>
      )}
      {merged !== undefined && (
        <>
          <p role="status">
            <strong>{t('table.added', { count: merged.added.length })}</strong>
            {merged.changed.length > 0 && (
              <>, {t('table.changed', { count: merged.changed.length })}</>
            )}
            {merged.same > 0 && <>, {t('table.same', { count: merged.same })}</>}.{' '}
            {table !== undefined && table.cutRows + table.cutCharacters > 0 && t('table.cut')}
          </p>
          <Changed changed={merged.changed} />
          {merged.added.length > 0 && (
            <ul className="contacts-table-rows" aria-label={t('table.new')}>
              {merged.added.slice(0, mostShown).map((one) => (
                <li key={one.id}>
                  <strong lang="sv">{one.title || t('field.unnamed')}</strong>{' '}
                  {[one.number, one.second]
                    .map((number) => number && formatPhoneNumber(number))
                    .filter(Boolean)
                    .join(', ') || t('table.noNumber')}
                  {one.hours !== undefined && <span className="meta"> {one.hours}</span>}
                </li>
              ))}
              {merged.added.length > mostShown && (
                <li>{t('table.more', { count: merged.added.length - mostShown })}</li>
              )}
            </ul>
          )}
          <Problems problems={table?.problems ?? []} />
          {(merged.numberless > 0 || takesNumberless) && (
            <label className="check-row">
              <input
                type="checkbox"
                checked={takesNumberless}
                onChange={(event) => setTakesNumberless(event.currentTarget.checked)}
              />
              <span>{t('table.numberless')}</span>
            </label>
          )}
        </>
      )}
      <div className="buttons">
        <button type="button" className="button is-main" disabled={count === 0} onClick={take}>
          {count === 0 ? t('list.other') : t('table.take', { count })}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {t('pick.cancel')}
        </button>
      </div>
    </section>
  )
}

/** A text when nobody has typed for a moment: reading a thousand rows takes one, and typing does not wait for it. */
function useAfterPause(text: string): string {
  const [read, setRead] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRead(text), 150)
    return () => clearTimeout(timer)
  }, [text])
  return read
}

/** Numbers that get another value stand out: a wrong one is what does harm. */
function Changed({ changed }: { changed: readonly ChangedContact[] }) {
  const t = useWriteText()
  const { label } = useFieldNames()
  const shown = (field: string, value: string | undefined) =>
    value === undefined
      ? t('table.nothing')
      : field === 'number' || field === 'second'
        ? formatPhoneNumber(value)
        : value
  if (changed.length === 0) return null
  return (
    <ul className="contacts-table-rows" aria-label={t('table.changes')}>
      {changed.slice(0, mostShown).map(({ at, title, fields }) => (
        <li key={at}>
          <strong lang="sv">{title}</strong>
          {fields.map(({ field, from, to }) => (
            <span key={field} className="contacts-table-change">
              {label('contacts', `contacts/0/${field}`)}: <del>{shown(field, from)}</del> →{' '}
              <ins>{shown(field, to)}</ins>
            </span>
          ))}
        </li>
      ))}
      {changed.length > mostShown && (
        <li>{t('table.more', { count: changed.length - mostShown })}</li>
      )}
    </ul>
  )
}

function Problems({ problems }: { problems: readonly RowProblem[] }) {
  const t = useWriteText()
  if (problems.length === 0) return null
  return (
    <details className="contacts-table-problems">
      <summary>
        <Icon name="warning" /> {t('table.problems', { count: problems.length })}
      </summary>
      <ul className="contacts-table-rows">
        {problems.slice(0, mostShown).map(({ row, code, value }) => (
          <li key={`${row} ${code} ${value}`}>
            {t('table.row', { row })}
            {value !== '' && (
              <>
                {' '}
                <q lang="sv">{value}</q>
              </>
            )}
            : {t(`table.problem.${code}`)}
          </li>
        ))}
        {problems.length > mostShown && (
          <li>{t('table.more', { count: problems.length - mostShown })}</li>
        )}
      </ul>
    </details>
  )
}

/** Whether a list takes a table: numbers do. */
export function takesTable(kind: string, place: string, list: readonly unknown[]): boolean {
  return kind === 'contacts' && place === 'contacts' && list.every(isPlainObject)
}
