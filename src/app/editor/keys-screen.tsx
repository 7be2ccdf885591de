import { useState } from 'react'
import type { KeyCopyPage } from '#paper/key-copy.ts'
import type { Authority } from '#device/authority.ts'
import { Ask } from '#app/ui/ask.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { useEditor } from './editor-parts.ts'
import { keySheet } from './key-sheet.ts'
import { NeedsRole } from './needs-role.tsx'
import { PaperKeyCopy } from './paper-key-copy.tsx'
import { usePaperTexts } from './paper-texts.ts'
import { ReviewDate } from './review-date.tsx'
import { rootKeysOf } from './root-keys.ts'
import { useAuthority } from './use-authority.ts'
import { useText } from './use-text.ts'

/** The keys that decide over everything: where each lies, printing, and replacing one that is gone. */
export function KeysScreen() {
  const t = useText()
  const authority = useAuthority().value
  const { restored } = useEditor().state
  return (
    <Page
      name={t('keys.title')}
      title={t('keys.title')}
      lead={t('keys.lead')}
      back={{ href: '#/edit', text: t('home.title') }}
    >
      <NeedsRole who="coordinator">
        {authority !== undefined && (
          <div className="wide">
            <div className="stack">
              {restored?.type === 'root-key' && (
                <Notice kind="good" title={t('keys.restored')} announce />
              )}
              <RootKeys authority={authority} />
              <Recovery authority={authority} />
            </div>
            <div className="aside">
              <ReviewDate root={authority.root} />
            </div>
          </div>
        )}
      </NeedsRole>
    </Page>
  )
}

function RootKeys({ authority }: { authority: Authority }) {
  const t = useText()
  return (
    <section className="stack">
      <h2>{t('keys.root')}</h2>
      <p>{t('keys.rootText', { need: authority.root.root.needForRoot })}</p>
      <ul className="card rows">
        {rootKeysOf(authority).map((key) => (
          <li className="person" key={key.kid}>
            <div>
              <strong>
                {key.number}. {key.isHere ? t('keys.here') : <span lang="sv">{key.role}</span>}
              </strong>
              <p className="meta">
                {key.isHere ? t('keys.hereText') : t('keys.paperText')}{' '}
                <span className="address">{key.kid.slice(0, 8)}</span>
              </p>
            </div>
            {!key.isHere && (
              <a
                className="button is-quiet"
                href={`#/edit/keys/replace/${key.kid}`}
                aria-label={`${t('keys.replace')}: ${key.number}. ${key.role}`}
              >
                {t('keys.replace')}
              </a>
            )}
          </li>
        ))}
      </ul>
      <p className="meta">{t('keys.lostHelp')}</p>
    </section>
  )
}

function Recovery({ authority }: { authority: Authority }) {
  const t = useText()
  const editor = useEditor()
  const { texts } = usePaperTexts()
  const [isAsked, setAsked] = useState(false)
  const [pages, setPages] = useState<KeyCopyPage[]>()
  const secret = authority.recoverySecret
  const show = () => {
    if (secret === undefined) return
    setPages(
      keySheet({
        editor,
        root: authority.root,
        payload: secret,
        copy: { kind: 'recovery-key', name: authority.recovery?.kid ?? '' },
        texts: texts.keyCopy,
      }),
    )
  }
  return (
    <section className="section stack">
      <h2>{t('keys.recovery')}</h2>
      <p>{t('keys.recoveryText')}</p>
      {secret === undefined ? (
        <Notice kind="plain" title={t('keys.recoveryElsewhere')} />
      ) : pages === undefined ? (
        <button type="button" className="button is-wide" onClick={() => setAsked(true)}>
          <Icon name="print" />
          {t('keys.print')}
        </button>
      ) : (
        <>
          <PaperKeyCopy pages={pages} />
          <button type="button" className="button is-wide" onClick={() => setPages(undefined)}>
            {t('keys.hide')}
          </button>
        </>
      )}
      {isAsked && (
        <Ask
          title={t('keys.printAsk')}
          no={t('keys.printNo')}
          yes={t('keys.printYes')}
          onNo={() => setAsked(false)}
          onYes={() => {
            setAsked(false)
            show()
          }}
        >
          <p>{t('keys.printText')}</p>
        </Ask>
      )}
    </section>
  )
}
