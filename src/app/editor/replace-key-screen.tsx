import { useState } from 'react'
import type { Authority } from '#device/authority.ts'
import { createSigningKey, type SigningKey } from '#trust/keys.ts'
import { createRestorePayload } from '#trust/restore-payload.ts'
import { replaceRootKey } from '#sync/manage/replace-root-key.ts'
import type { KeyCopyPage } from '#paper/key-copy.ts'
import { Choice } from '#app/ui/choice.tsx'
import { CodeWays } from '#app/ui/code-ways.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import type { ScreenProps } from './editor.tsx'
import { useEditor } from './editor-parts.ts'
import { errorText } from './error-text.ts'
import { keepNewRoots } from './keep-new-roots.ts'
import type { Kept } from './kept-versions.ts'
import { keySheet } from './key-sheet.ts'
import { NeedsRole } from './needs-role.tsx'
import { openOffice } from './office.ts'
import { PaperKeyCopy } from './paper-key-copy.tsx'
import { usePaperTexts } from './paper-texts.ts'
import { readPaperKey } from './read-paper-key.ts'
import { rootKeysOf, type RootKeyPlace } from './root-keys.ts'
import { useAuthority } from './use-authority.ts'
import { useText } from './use-text.ts'
import { WhichVersion } from './which-version.tsx'
import { useWork } from './use-work.ts'
import { WorkNotice } from './work-notice.tsx'

/** A new root key in the place of one that is lost: on paper, or on this phone. */
export function ReplaceKeyScreen({ parts: [kid = ''] }: ScreenProps) {
  const t = useText()
  const authority = useAuthority().value
  // What is being replaced stays on the page when the root no longer names it.
  const [first, setFirst] = useState<{ authority: Authority; gone: RootKeyPlace }>()
  if (first === undefined && authority !== undefined) {
    const gone = rootKeysOf(authority).find((each) => each.kid === kid)
    if (gone !== undefined) setFirst({ authority, gone })
  }
  return (
    <Page
      name={t('replace.title')}
      title={t('replace.title')}
      {...(first === undefined
        ? {}
        : { lead: t('replace.lead', { number: first.gone.number, role: first.gone.role }) })}
      back={{ href: '#/edit/keys', text: t('keys.title') }}
    >
      <NeedsRole who="coordinator">
        <div className="narrow stack">
          {first !== undefined && <Ceremony {...first} />}
          {first === undefined && authority !== undefined && (
            <Notice kind="info" title={t('replace.unknown')} />
          )}
        </div>
      </NeedsRole>
    </Page>
  )
}

function Ceremony({ authority, gone }: { authority: Authority; gone: RootKeyPlace }) {
  const t = useText()
  const editor = useEditor()
  const work = useWork()
  const { texts } = usePaperTexts()
  const { root, rootKey } = authority
  const [papers, setPapers] = useState<SigningKey[]>([])
  const [place, setPlace] = useState<'paper' | 'phone'>('paper')
  const [made, setMade] = useState<{ key: SigningKey; pages: KeyCopyPage[] }>()
  const [isSafe, setSafe] = useState(false)
  const [keep, setKeep] = useState<Kept>()
  const own = rootKey !== undefined && rootKey.kid !== gone.kid ? 1 : 0
  const lacking = root.root.needForRoot - own - papers.length

  const give = async (text: string) => {
    const read = await readPaperKey(text, root)
    if ('code' in read) return read.code
    if (read.kid === gone.kid) return 'paper-is-gone'
    if (read.kid === rootKey?.kid || papers.some(({ kid }) => kid === read.kid))
      return 'paper-known'
    setPapers([...papers, read])
    return undefined
  }
  const make = async () => {
    // Can be read out only while this page is open: on its way to the paper, or into this phone's storage.
    const key = await createSigningKey({ extractable: true })
    const payload = await createRestorePayload('root-key', root.organisation, { signing: key })
    const pages = keySheet({
      editor,
      root,
      payload,
      copy: {
        kind: 'root-key',
        name: key.kid,
        number: gone.number,
        of: root.root.kids.length,
        replaces: gone.kid,
      },
      texts: texts.keyCopy,
    })
    setMade({ key, pages })
  }
  const put = () =>
    work.run(async () => {
      const key = made?.key ?? (await createSigningKey({ extractable: true }))
      if (made === undefined) setMade({ key, pages: [] })
      if (place === 'phone') {
        // In safety first: it becomes a key here as soon as the root names it.
        const payload = await createRestorePayload('root-key', root.organisation, { signing: key })
        await editor.device.restore(payload, { base: editor.base })
      }
      const office = await openOffice(editor, root.organisation)
      await replaceRootKey(office, {
        gone: gone.kid,
        jwk: key.jwk,
        extraKeys: papers,
        ...(keep && { keep }),
      })
      await keepNewRoots(editor.device, office)
    })

  if (work.state.at === 'done')
    return (
      <>
        <Notice kind="good" title={t('replace.done')} announce>
          <p>{t(place === 'paper' ? 'replace.donePaper' : 'replace.donePhone')}</p>
        </Notice>
        <a className="button is-wide" href="#/edit/keys">
          {t('keys.title')}
        </a>
      </>
    )
  return (
    <>
      {made === undefined && (
        <Choice
          legend={t('replace.where')}
          name="place"
          value={place}
          options={[
            { value: 'paper', text: t('replace.paper') },
            { value: 'phone', text: t('replace.phone') },
          ]}
          onChange={setPlace}
        />
      )}
      <section className="section stack">
        <h2>1. {t('replace.papers')}</h2>
        {lacking > 0 ? (
          <>
            <p>{t('replace.papersText', { count: lacking })}</p>
            <CodeWays
              name="paper"
              label={t('replace.paste')}
              help={t('replace.pasteHelp')}
              button={t('replace.use')}
              onText={give}
              errorText={(code) =>
                code === 'paper-is-gone' || code === 'paper-known' || code === 'not-a-paper'
                  ? t(`replace.error.${code}`)
                  : errorText(t, code)
              }
            />
          </>
        ) : (
          <Notice kind="good" title={t('replace.papersDone')} announce />
        )}
      </section>
      {lacking <= 0 && place === 'paper' && (
        <section className="section stack">
          <h2>2. {t('replace.print')}</h2>
          <p>{t('replace.printText')}</p>
          {made === undefined ? (
            <button type="button" className="button is-wide" onClick={() => void make()}>
              <Icon name="paper" />
              {t('replace.make')}
            </button>
          ) : (
            <>
              <PaperKeyCopy pages={made.pages} />
              <div className="card">
                <label className="check-row">
                  <input
                    type="checkbox"
                    checked={isSafe}
                    onChange={(event) => setSafe(event.currentTarget.checked)}
                  />
                  {t('replace.safe')}
                </label>
              </div>
            </>
          )}
        </section>
      )}
      {lacking <= 0 && (place === 'phone' || made !== undefined) && (
        <section className="section stack">
          <h2>
            {place === 'paper' ? 3 : 2}. {t('replace.put')}
          </h2>
          <p>{t('replace.putText')}</p>
          <WhichVersion
            organisation={root.organisation}
            gone={gone.kid}
            departments={Object.keys(root.departments)}
            onKeep={setKeep}
          />
          <WorkNotice state={work.state} doing={t('replace.doing')} onAgain={() => void put()} />
          <button
            type="button"
            className="button is-main is-wide"
            disabled={
              work.state.at === 'working' || keep === undefined || (place === 'paper' && !isSafe)
            }
            onClick={() => void put()}
          >
            {t('replace.button')}
          </button>
        </section>
      )}
    </>
  )
}
