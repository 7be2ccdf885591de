import { useEffect, useId, useState } from 'react'
import { changeStores } from '#sync/manage/change-stores.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { Ask } from '#app/ui/ask.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { checkMirror, mirrorUrl, type MirrorAnswer } from './check-mirror.ts'
import { useEditor } from './editor-parts.ts'
import { MoveStore } from './move-store.tsx'
import { NeedsRole } from './needs-role.tsx'
import { openOffice } from './office.ts'
import { useAuthority } from './use-authority.ts'
import { useText } from './use-text.ts'
import { useWork } from './use-work.ts'
import { WorkNotice } from './work-notice.tsx'

/** Where the plans lie: the one place that is written to, and copies that are only read. */
export function MirrorsScreen() {
  const t = useText()
  const root = useAuthority().value?.root
  return (
    <Page
      name={t('mirrors.title')}
      title={t('mirrors.title')}
      lead={t('mirrors.lead')}
      back={{ href: '#/edit', text: t('home.title') }}
    >
      <NeedsRole who="coordinator">{root !== undefined && <Mirrors root={root} />}</NeedsRole>
    </Page>
  )
}

type Stores = VerifiedRoot['stores']

function Mirrors({ root }: { root: VerifiedRoot }) {
  const t = useText()
  const editor = useEditor()
  const work = useWork()
  const field = useId()
  const [address, setAddress] = useState('')
  const [isChecking, setChecking] = useState(false)
  const [answer, setAnswer] = useState<MirrorAnswer>()
  const [leaving, setLeaving] = useState<string>()
  const [wanted, setWanted] = useState<Stores>()
  const [moving, setMoving] = useState<string>()
  const answers = useAnswers(root)
  const [isMoving, setIsMoving] = useState(false)
  const isBusy = isChecking || isMoving || work.state.at === 'working'
  const put = async (stores: Stores) => {
    setWanted(stores)
    const isDone = await work.run(async () => {
      await changeStores(await openOffice(editor, root.organisation), { stores })
    })
    if (isDone) setAddress('')
  }
  const add = async () => {
    work.reset()
    setAnswer(undefined)
    setMoving(undefined)
    const url = mirrorUrl(address)
    if (url !== undefined && root.stores.some((each) => each.url === url.href)) return
    setChecking(true)
    const found = await checkMirror(address, root, editor)
    setChecking(false)
    setAnswer(found)
    if (url !== undefined && (found === 'same' || found === 'behind'))
      await put([...root.stores, { url: url.href, write: false }])
  }
  return (
    <div className="narrow stack">
      <ul className="card rows">
        {root.stores.map(({ url, write }) => {
          const { href } = new URL(url, editor.base)
          const answered = answers.get(url)
          return (
            <li className="person" key={url}>
              <div>
                <strong className="address">{href}</strong>
                <p className="meta">{t(write ? 'mirrors.write' : 'mirrors.read')}</p>
                <p className={answered === 'silent' || answered === 'other' ? 'is-faulty' : 'meta'}>
                  {answered === undefined ? t('mirrors.asking') : t(`mirrors.now.${answered}`)}
                </p>
              </div>
              {!write && (
                <div className="person-does">
                  {answered === 'same' && (
                    <button
                      type="button"
                      className="button is-quiet"
                      disabled={isBusy}
                      aria-label={`${t('mirrors.move')}: ${href}`}
                      onClick={() => {
                        work.reset()
                        setMoving(url)
                      }}
                    >
                      {t('mirrors.move')}
                    </button>
                  )}
                  <button
                    type="button"
                    className="button is-quiet"
                    disabled={isBusy}
                    aria-label={`${t('mirrors.remove')}: ${href}`}
                    onClick={() => setLeaving(url)}
                  >
                    {t('mirrors.remove')}
                  </button>
                </div>
              )}
            </li>
          )
        })}
      </ul>
      {moving !== undefined && (
        <MoveStore
          key={moving}
          organisation={root.organisation}
          url={moving}
          onWork={setIsMoving}
          onClose={() => setMoving(undefined)}
        />
      )}
      <form
        className="card is-padded field"
        onSubmit={(event) => {
          event.preventDefault()
          void add()
        }}
      >
        <label htmlFor={field}>{t('mirrors.add')}</label>
        <input
          id={field}
          className="input"
          inputMode="url"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          placeholder="https://plan-b.example.se/store/"
          aria-describedby={`${field}-help`}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <p className="meta" id={`${field}-help`}>
          {t('mirrors.addHelp')}
        </p>
        {isChecking && <p role="status">{t('mirrors.checking')}</p>}
        {answer !== undefined && answer !== 'same' && (
          <Notice
            kind={answer === 'behind' ? 'info' : 'warning'}
            title={t(`mirrors.answer.${answer}`)}
            announce
          />
        )}
        <button type="submit" className="button is-main" disabled={isBusy || address.trim() === ''}>
          {t('mirrors.check')}
        </button>
      </form>
      <WorkNotice
        state={work.state}
        doing={t('mirrors.doing')}
        {...(wanted === undefined ? {} : { onAgain: () => void put(wanted) })}
      />
      {work.state.at === 'done' && <Notice kind="good" title={t('mirrors.done')} announce />}
      {leaving !== undefined && (
        <Ask
          title={t('mirrors.ask')}
          no={t('mirrors.askNo')}
          yes={t('mirrors.askYes')}
          grave
          onNo={() => setLeaving(undefined)}
          onYes={() => {
            setLeaving(undefined)
            setMoving(undefined)
            void put(root.stores.filter(({ url }) => url !== leaving))
          }}
        >
          <p className="address">{leaving}</p>
          <p>{t('mirrors.askText')}</p>
        </Ask>
      )}
    </div>
  )
}

/** What each address answers just now; absent while it is being asked. Asked anew when the list changes. */
function useAnswers(root: VerifiedRoot): ReadonlyMap<string, MirrorAnswer> {
  const editor = useEditor()
  const { fetch, base } = editor
  const [answers, setAnswers] = useState<ReadonlyMap<string, MirrorAnswer>>(new Map())
  useEffect(() => {
    let isOver = false
    for (const { url } of root.stores) {
      void checkMirror(new URL(url, base).href, root, { fetch, base }).then((answer) => {
        if (!isOver) setAnswers((before) => new Map(before).set(url, answer))
      })
    }
    return () => {
      isOver = true
    }
    // A root is another object each time it is read.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [root.hash, fetch, base])
  return answers
}
