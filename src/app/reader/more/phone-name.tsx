import { useEffect, useId, useState } from 'react'
import { shortId } from '#journal/short-id.ts'
import { Notice } from '#app/ui/notice.tsx'
import { useTranslation } from '#app/ui/translation.tsx'
import type { Place } from '../place.ts'
import { useReader } from '../reader-context.ts'
import { useMoreText } from './use-more-text.ts'

/** Long enough for "Hemtjänst norr bil 3, reservtelefonen"; the list shows one line. */
const longest = 60

/** What the manager's list calls this phone, and what keeping another name came to. */
function useThisPhone(place: Place) {
  const { actions, state } = useReader()
  const { settings } = state
  const organisation = place.organisation?.id
  const [phone, setPhone] = useState<{ name: string; device?: string | undefined }>()
  const [outcome, setOutcome] = useState<'saved' | 'failed'>()
  useEffect(() => {
    if (organisation === undefined) return
    void actions.thisPhone(organisation).then(setPhone)
    // A name that is kept is told as a change of the settings.
  }, [actions, organisation, settings])
  const keep = async (name: string) => {
    if (organisation === undefined) return false
    const isKept = await actions.namePhone(organisation, name.trim())
    setOutcome(isKept ? 'saved' : 'failed')
    // Who has given a name is not asked for one.
    if (isKept) await actions.setSettings({ nameOffered: true })
    return isKept
  }
  return { phone, outcome, keep, forgetOutcome: () => setOutcome(undefined) }
}

/** Which phone this is, to be read out to whoever asks. */
export function NameLine({ place }: { place: Place }) {
  const text = useMoreText()
  const { phone } = useThisPhone(place)
  if (phone === undefined) return null
  return (
    <p>
      {text('nameNow')} <strong dir="auto">{phone.name}</strong>. <OwnId device={phone.device} />
    </p>
  )
}

function OwnId({ device }: { device: string | undefined }) {
  const text = useMoreText()
  if (device === undefined) return null
  return (
    <>
      {text('idLabel')}: <strong className="number">{shortId(device)}</strong>
    </>
  )
}

/** What the manager's list calls this phone. */
export function NameForm({ place }: { place: Place }) {
  const text = useMoreText()
  const id = useId()
  const { phone, outcome, keep, forgetOutcome } = useThisPhone(place)
  const [written, setWritten] = useState<string>()
  if (phone === undefined) return null
  const name = written ?? phone.name
  return (
    <section className="section" id="phone-name">
      <h2>{text('nameTitle')}</h2>
      <p className="list-meta">
        <OwnId device={phone.device} />
      </p>
      <p className="meta list-meta">{text('idText')}</p>
      <p className="meta list-meta">{text('nameText')}</p>
      <form
        className="field"
        onSubmit={(event) => {
          event.preventDefault()
          void keep(name)
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
            setWritten(event.currentTarget.value)
            forgetOutcome()
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

/** Once, until it is answered: the usual name stands there, and may stay. */
export function NameOffer({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { actions } = useReader()
  const text = useMoreText()
  const id = useId()
  const { phone, outcome, keep } = useThisPhone(place)
  const [written, setWritten] = useState<string>()
  const [isSkipped, setSkipped] = useState(false)
  const title = t('start.phoneName')
  if (isSkipped) return null
  if (phone === undefined) return <Notice kind="plain" icon="phone" title={title} />
  if (outcome === 'saved') return <Notice kind="good" title={text('nameSaved')} announce />
  const name = written ?? phone.name
  return (
    <Notice kind="plain" icon="phone" title={<label htmlFor={id}>{title}</label>}>
      <form
        className="field"
        onSubmit={(event) => {
          event.preventDefault()
          void keep(name)
        }}
      >
        <p className="meta" id={`${id}-help`}>
          {text('nameOfferText')}
        </p>
        <div className="name-row">
          <input
            id={id}
            className="input"
            aria-describedby={`${id}-help`}
            maxLength={longest}
            autoComplete="off"
            value={name}
            onChange={(event) => setWritten(event.currentTarget.value)}
          />
          <button type="submit" className="button" disabled={name.trim() === ''}>
            {text('nameOfferYes')}
          </button>
        </div>
        <div className="name-row">
          <span className="meta">
            <OwnId device={phone.device} />
          </span>
          <button
            type="button"
            className="button is-quiet"
            onClick={() => {
              setSkipped(true)
              void actions.setSettings({ nameOffered: true })
            }}
          >
            {text('nameOfferNo')}
          </button>
        </div>
        {outcome === 'failed' && <p role="status">{text('nameFailed')}</p>}
      </form>
    </Notice>
  )
}
