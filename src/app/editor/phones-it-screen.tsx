import { useEffect, useState } from 'react'
import { phonesItTexts, type PhonesItTexts } from '#i18n/phones-it-texts.ts'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { useEditor } from './editor-parts.ts'
import type { ScreenProps } from './editor.tsx'
import { useInviting } from './invite-department.ts'
import { adoptPaperStyles } from './paper-styles.ts'
import { phonesItAddresses } from './phones-it-addresses.ts'

/**
 * `#/edit/phones-it`: a page to print for those who run the phones. It holds no secret, unless an invitation is
 * chosen (`…/<department>/<invitation>`); for that the phone must be one that may invite.
 */
export function PhonesItScreen({ parts: [department = '', id = ''] }: ScreenProps) {
  const { state, home } = useEditor()
  const texts = phonesItTexts[state.settings.language]
  const back = id === '' ? `#${home}` : `#/edit/invite/${department}/${id}`
  useEffect(adoptPaperStyles, [])
  return (
    <Page
      name={texts.title}
      title={texts.title}
      lead={texts.lead}
      back={{ href: back, text: texts.back }}
    >
      <div className="narrow it-page">
        <div className="paper-tools">
          <button type="button" className="button" onClick={() => window.print()}>
            <Icon name="print" />
            {texts.print}
          </button>
        </div>
        <Lines part={texts.what} />
        <Allow texts={texts} />
        <h2>{texts.push.title}</h2>
        <p>{texts.push.text}</p>
        {id === '' ? (
          <p>{texts.push.noInvitation}</p>
        ) : (
          <Chosen department={department} id={id} texts={texts} />
        )}
        {texts.push.parts.map((part) => (
          <section key={part.title}>
            <h3>{part.title}</h3>
            <Bullets lines={part.lines} />
          </section>
        ))}
        <p>{texts.push.tried}</p>
        <Lines part={texts.keep} />
        <Lines part={texts.phone} />
        <Lines part={texts.network} />
        <section>
          <h2>{texts.test.title}</h2>
          <ul className="it-test">
            {texts.test.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
        <Lines part={texts.unverified} />
        <Lines part={texts.sources} />
      </div>
    </Page>
  )
}

function Lines({ part }: { part: { title: string; lines: readonly string[] } }) {
  return (
    <section>
      <h2>{part.title}</h2>
      <Bullets lines={part.lines} />
    </section>
  )
}

function Bullets({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="bullets">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

/** The app's own address, and every store and mirror that the root names. */
function Allow({ texts }: { texts: PhonesItTexts }) {
  const { device, organisation, base } = useEditor()
  const [stores, setStores] = useState<readonly string[]>(['store/'])
  const id = organisation?.id
  useEffect(() => {
    let isOver = false
    if (id !== undefined)
      void device.authority(id).then(
        ({ root }) => {
          if (!isOver) setStores(root.stores.map(({ url }) => url))
        },
        // No root is here yet: the app's own address is known all the same.
        () => undefined,
      )
    return () => {
      isOver = true
    }
  }, [device, id])
  return (
    <section>
      <h2>{texts.allow.title}</h2>
      <p>{texts.allow.text}</p>
      <ul className="bullets">
        {phonesItAddresses(base, stores).map(({ address, uses }) => (
          <li key={address}>
            <span className="allowed" translate="no">
              {address}
            </span>{' '}
            ({uses.map((use) => texts.allow[use]).join(', ')})
          </li>
        ))}
      </ul>
      {texts.allow.after.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </section>
  )
}

function Chosen(props: { department: string; id: string; texts: PhonesItTexts }) {
  const { push } = props.texts
  const inviting = useInviting(props.department)
  if (inviting === undefined) return null
  const link = inviting === 'cannot' ? undefined : inviting.linkOf(props.id)
  if (link === undefined) return <p>{push.noInvitation}</p>
  return (
    <Notice kind="warning" title={push.choose}>
      <p className="allowed" translate="no">
        {link}
      </p>
      <p>{push.secret}</p>
    </Notice>
  )
}
