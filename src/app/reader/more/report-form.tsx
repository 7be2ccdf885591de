import { useEffect, useId, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useDocuments } from '#app/documents/words.tsx'
import { useHeldText } from '#app/ui/held-text.ts'
import { Notice } from '#app/ui/notice.tsx'
import type { Place } from '../place.ts'
import { useReader } from '../reader-context.ts'
import { useMoreText } from './use-more-text.ts'

const longest = 500

/** What is wrong in the document on the page, for whoever publishes it: by the app, or as a text to send. */
export function ReportForm({ place }: { place: Place }) {
  const t = useMoreText()
  const { actions } = useReader()
  const { index } = useDocuments()
  const [path] = useLocation()
  const name = path.replace(/^\/d\//, '')
  const body = index.get(name)?.body
  const title = body !== undefined && 'title' in body ? body.title : name
  const organisation = place.organisation?.id
  const [text, setText] = useHeldText(`report:${organisation}:${name}`)
  const [outcome, setOutcome] = useState<'noted' | 'too-many' | 'failed'>()
  const [isCopied, setCopied] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  useEffect(() => field.current?.focus(), [])
  if (outcome === 'noted')
    return (
      <Notice kind="good" title={t('reportThanks')} announce>
        <p>{t(navigator.onLine ? 'reportSent' : 'reportWaits')}</p>
      </Notice>
    )
  const send = async () => {
    if (organisation === undefined || text.trim() === '') return field.current?.focus()
    const told = await actions.report(organisation, { document: name, title, text })
    if (told === 'noted') setText('')
    setOutcome(told)
  }
  const copy = async () => {
    await navigator.clipboard.writeText(t('reportMessage', { title, text: text.trim() })).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <form
      className="card is-padded stack"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <div className="field">
        <label htmlFor={id}>{t('reportLabel')}</label>
        <textarea
          id={id}
          ref={field}
          className="input"
          lang="sv"
          maxLength={longest}
          value={text}
          aria-describedby={`${id}-help`}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setCopied(false)
            setOutcome(undefined)
          }}
        />
        <p className="meta" id={`${id}-help`}>
          {t('reportHelp')}
        </p>
      </div>
      {outcome !== undefined && (
        <Notice
          kind="warning"
          title={t(outcome === 'too-many' ? 'reportTooMany' : 'reportFailed')}
          announce
        />
      )}
      <div className="buttons">
        <button type="submit" className="button is-main">
          {t('reportSend')}
        </button>
        {'clipboard' in navigator && (
          <button type="button" className="button" onClick={() => void copy()}>
            <span role="status">{t(isCopied ? 'reportCopied' : 'reportCopy')}</span>
          </button>
        )}
      </div>
    </form>
  )
}
