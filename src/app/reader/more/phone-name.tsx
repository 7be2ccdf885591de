import { useEffect, useId, useState } from 'react'
import { Notice } from '#app/ui/notice.tsx'
import type { Place } from '../place.ts'
import { useReader } from '../reader-context.ts'
import { useMoreText } from './use-more-text.ts'

/** Long enough for "Hemtjänst norr bil 3, reservtelefonen"; the list shows one line. */
const longest = 60

/** What the manager's list calls this phone. */
export function NameForm({ place }: { place: Place }) {
  const { actions } = useReader()
  const text = useMoreText()
  const id = useId()
  const organisation = place.organisation?.id
  const [name, setName] = useState<string>()
  const [outcome, setOutcome] = useState<'saved' | 'failed'>()
  useEffect(() => {
    if (organisation === undefined) return
    void actions.phoneName(organisation).then(setName)
    // Once an organisation: what is being written is not to be replaced.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [organisation])
  if (organisation === undefined || name === undefined) return null
  return (
    <section className="section" id="phone-name">
      <h2>{text('nameTitle')}</h2>
      <p className="meta list-meta">{text('nameText')}</p>
      <form
        className="field"
        onSubmit={(event) => {
          event.preventDefault()
          void actions
            .namePhone(organisation, name.trim())
            .then((isKept) => setOutcome(isKept ? 'saved' : 'failed'))
        }}
      >
        <label htmlFor={id}>{text('nameLabel')}</label>
        <input
          id={id}
          className="input"
          maxLength={longest}
          autoComplete="off"
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value)
            setOutcome(undefined)
          }}
        />
        <button type="submit" className="button is-wide" disabled={name.trim() === ''}>
          {text('nameSave')}
        </button>
        {outcome === 'saved' && <Notice kind="good" title={text('nameSaved')} announce />}
        {outcome === 'failed' && <Notice kind="warning" title={text('nameFailed')} announce />}
      </form>
    </section>
  )
}

/** Once, after joining, where it disturbs nobody; either answer ends it. */
export function NameOffer({ place }: { place: Place }) {
  const { actions } = useReader()
  const text = useMoreText()
  const organisation = place.organisation?.id
  const [name, setName] = useState<string>()
  useEffect(() => {
    if (organisation === undefined) return
    void actions.phoneName(organisation).then(setName)
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [organisation])
  if (name === undefined) return null
  const answer = () => void actions.setSettings({ nameOffered: true })
  return (
    <Notice kind="plain" icon="phone" title={text('nameOffer')}>
      <p>{text('nameOfferText', { name })}</p>
      <div className="buttons">
        <a className="button" href="#/ready" onClick={answer}>
          {text('nameOfferYes')}
        </a>
        <button type="button" className="button is-quiet" onClick={answer}>
          {text('nameOfferNo')}
        </button>
      </div>
    </Notice>
  )
}
