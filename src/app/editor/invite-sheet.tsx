import { useId, useState } from 'react'
import { formatDay } from '#i18n/format.ts'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { useEditor } from './editor-parts.ts'
import type { Inviting } from './invite-department.ts'
import { PaperCode } from './paper-code.tsx'
import { usePaperTexts } from './paper-texts.ts'
import { useTypedLines } from './paper-typed.ts'

/** One invitation in every form it can be handed over: code, link, lines to type, address, poster. */
export function InviteSheet({ inviting, id }: { inviting: Inviting; id: string }) {
  const { texts, fill, language } = usePaperTexts()
  const { base } = useEditor()
  const [isLarge, setLarge] = useState(false)
  const { department, organisation } = inviting
  const link = inviting.linkOf(id)
  const typed = useTypedLines(inviting.payloadOf(id))
  if (link === undefined)
    return (
      <Notice kind="warning" title={texts.invite.over} announce>
        <p>{texts.invite.endText}</p>
      </Notice>
    )
  const noted = inviting.invitations.find((each) => each.id === id)
  const isLocal = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/.test(base)
  return (
    <div className="wide">
      <div className="stack">
        {noted?.made !== undefined && (
          <p className="meta" lang="sv">
            {[noted.place, fill(texts.invite.made, { day: formatDay(noted.made, language) })]
              .filter((part) => part !== undefined)
              .join(' · ')}
          </p>
        )}
        {isLocal && <Notice kind="warning" title={texts.invite.local} />}
        <section className={`invite-code${isLarge ? ' is-large' : ''}`}>
          <PaperCode
            text={link}
            label={fill(texts.invite.qrLabel, { department: department.title })}
          />
          <p>{texts.invite.qrHelp}</p>
          <div className="buttons">
            <button type="button" className="button" onClick={() => setLarge(!isLarge)}>
              {isLarge ? texts.invite.small : texts.invite.large}
            </button>
            <a className="button is-main" href={`#/edit/poster/${department.department}/${id}`}>
              <Icon name="print" />
              {texts.invite.poster}
            </a>
          </div>
        </section>
        <Link link={link} name={department.title} />
        <Notice kind="warning" title={texts.invite.careful}>
          <p>{fill(texts.invite.carefulText, { department: department.title })}</p>
          <p>{texts.invite.ends}</p>
        </Notice>
      </div>
      <div className="aside">
        <section className="section">
          <h2>{texts.invite.words}</h2>
          <p className="meta list-meta">
            {fill(texts.invite.wordsText, { organisation: organisation.title })}
          </p>
          <ol className="check-words" lang="sv">
            {organisation.checkWords.map((word, index) => (
              <li key={index}>{word}</li>
            ))}
          </ol>
        </section>
        <section className="section">
          <h2>{texts.invite.typed}</h2>
          <p className="meta list-meta">{texts.invite.typedHelp}</p>
          <TypedLines lines={typed} />
        </section>
        <section className="section">
          <h2>{texts.invite.managed}</h2>
          <p>{texts.invite.managedText}</p>
          <a className="button is-wide" href={`#/edit/phones-it/${department.department}/${id}`}>
            {texts.invite.phonesIt}
          </a>
        </section>
      </div>
    </div>
  )
}

/** The lines of a code as they are typed, one below the other. */
export function TypedLines({ lines }: { lines: readonly string[] }) {
  return (
    <ol className="typed-lines" translate="no">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  )
}

function Link({ link, name }: { link: string; name: string }) {
  const { texts } = usePaperTexts()
  const field = useId()
  const [outcome, setOutcome] = useState<'copied' | 'notCopied'>()
  const copy = async () => {
    setOutcome(undefined)
    await navigator.clipboard.writeText(link).then(
      () => setOutcome('copied'),
      () => setOutcome('notCopied'),
    )
  }
  const canShare = 'share' in navigator
  return (
    <section className="card is-padded field">
      <label htmlFor={field}>{texts.invite.link}</label>
      <textarea
        id={field}
        className="input invite-link"
        readOnly
        value={link}
        rows={4}
        translate="no"
        aria-describedby={`${field}-help`}
        onFocus={(event) => event.currentTarget.select()}
      />
      <p className="meta" id={`${field}-help`}>
        {texts.invite.linkHelp}
      </p>
      <div className="buttons">
        <button type="button" className="button" onClick={() => void copy()}>
          <Icon name="copy" />
          {texts.invite.copy}
        </button>
        {canShare && (
          <button
            type="button"
            className="button"
            // Closing the share sheet is no fault.
            onClick={() => void navigator.share({ title: name, url: link }).catch(() => undefined)}
          >
            {texts.invite.share}
          </button>
        )}
      </div>
      <p role="status">{outcome === undefined ? '' : texts.invite[outcome]}</p>
    </section>
  )
}
