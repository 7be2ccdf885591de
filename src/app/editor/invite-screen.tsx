import { useEffect, useId, useState } from 'react'
import { formatDay } from '#i18n/format.ts'
import { useGo } from '#app/ui/hash-location.ts'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import type { ScreenProps } from './editor.tsx'
import { useInviting, type Inviting, type KnownInvitation } from './invite-department.ts'
import { InviteSheet } from './invite-sheet.tsx'
import { adoptPaperStyles } from './paper-styles.ts'
import { usePaperTexts } from './paper-texts.ts'

/** `#/edit/invite/<department>`: new invitations, and those made before; with an id, one of them. */
export function InviteScreen({ parts: [name = '', id = ''] }: ScreenProps) {
  const { texts, fill } = usePaperTexts()
  const inviting = useInviting(name)
  useEffect(adoptPaperStyles, [])
  if (inviting === undefined) return null
  const title =
    inviting === 'cannot' ? '' : fill(texts.invite.title, { department: inviting.department.title })
  return (
    <Page
      name={title === '' ? texts.invite.short : title}
      title={title === '' ? texts.invite.short : title}
      back={
        id === ''
          ? { href: '#/edit', text: texts.invite.back }
          : { href: `#/edit/invite/${name}`, text: texts.invite.short }
      }
      {...(inviting === 'cannot'
        ? {}
        : { lead: fill(texts.invite.lead, { department: inviting.department.title }) })}
    >
      {inviting === 'cannot' ? (
        <Notice kind="warning" title={texts.invite.cannot} announce>
          <p>{texts.invite.cannotText}</p>
        </Notice>
      ) : id === '' ? (
        <div className="wide">
          <NewInvitation inviting={inviting} />
          <div className="aside">
            <Made inviting={inviting} />
          </div>
        </div>
      ) : (
        <InviteSheet inviting={inviting} id={id} />
      )}
    </Page>
  )
}

function NewInvitation({ inviting }: { inviting: Inviting }) {
  const { texts, fill } = usePaperTexts()
  const go = useGo()
  const field = useId()
  const [place, setPlace] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { department } = inviting
  const make = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      go(`/edit/invite/${department.department}/${await inviting.make(place)}`)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
      setBusy(false)
    }
  }
  return (
    <div className="stack">
      {problem !== undefined && <Notice kind="warning" title={problem} announce />}
      <form
        className="card is-padded field"
        onSubmit={(event) => {
          event.preventDefault()
          void make()
        }}
      >
        <label htmlFor={field}>{texts.invite.where}</label>
        <input
          id={field}
          className="input"
          name="place"
          maxLength={80}
          autoComplete="off"
          aria-describedby={`${field}-help`}
          value={place}
          onChange={(event) => setPlace(event.currentTarget.value)}
        />
        <p className="meta" id={`${field}-help`}>
          {texts.invite.whereHelp}
        </p>
        <button type="submit" className="button is-main" disabled={isBusy}>
          <Icon name="plus" />
          {isBusy ? texts.invite.making : texts.invite.make}
        </button>
      </form>
      <Notice kind="warning" title={texts.invite.careful}>
        <p>{fill(texts.invite.carefulText, { department: department.title })}</p>
        <p>{texts.invite.ends}</p>
      </Notice>
    </div>
  )
}

function Made({ inviting }: { inviting: Inviting }) {
  const { texts } = usePaperTexts()
  const { invitations, department } = inviting
  return (
    <>
      <section className="section">
        <h2>{texts.invite.old}</h2>
        <p className="meta list-meta">
          {invitations.length === 0 ? texts.invite.none : texts.invite.oldHere}
        </p>
        {invitations.length > 0 && (
          <ul className="card rows">
            {invitations.map((each) => (
              <MadeItem key={each.id} invitation={each} department={department.department} />
            ))}
          </ul>
        )}
      </section>
      <section className="section">
        <h2>{texts.invite.end}</h2>
        <p>{texts.invite.endText}</p>
        <a className="button is-wide" href={`#/edit/phones/${department.department}`}>
          {texts.invite.endLink}
        </a>
      </section>
    </>
  )
}

function MadeItem(props: { invitation: KnownInvitation; department: string }) {
  const { texts, fill, language } = usePaperTexts()
  const { id, made, place, phones, isOver } = props.invitation
  const title = made === undefined ? texts.invite.elsewhere : (place ?? texts.invite.unknownPlace)
  const lines = [
    ...(made === undefined ? [] : [fill(texts.invite.made, { day: formatDay(made, language) })]),
    phones === undefined
      ? texts.invite.phonesUnknown
      : fill(texts.invite.phones, { count: phones }),
    ...(isOver === true ? [texts.invite.over] : []),
  ]
  const content = (
    <>
      <strong lang="sv">{title}</strong>
      <span className="under">
        {lines.map((line) => (
          <span key={line}>{line} </span>
        ))}
      </span>
    </>
  )
  return (
    <li>
      {made !== undefined && isOver !== true ? (
        <a className="row kind-plain" href={`#/edit/invite/${props.department}/${id}`}>
          {content}
          <Icon name="forward" />
        </a>
      ) : (
        <div className="row kind-plain">{content}</div>
      )}
    </li>
  )
}
