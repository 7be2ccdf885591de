import { useEffect, useState } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import { decodeRestorePayload } from '#trust/restore-payload.ts'
import { TrustError } from '#trust/trust-error.ts'
import { Ask } from '#app/ui/ask.tsx'
import { CodeWays } from '#app/ui/code-ways.tsx'
import { useGo } from '#app/ui/hash-location.ts'
import { useLive } from '#app/ui/live.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import type { Place } from './place.ts'
import { useErrorText } from './progress.tsx'
import { useReader } from './reader-context.ts'
import { readGiven, TypedEntry } from './typed-entry.tsx'

/** Keys from paper or a link. Unlike joining it asks first: it gives power. */
export function RestoreScreen({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { state, actions } = useReader()
  const live = useLive()
  const go = useGo()
  const errorText = useErrorText()
  const opened = state.link?.kind === 'restore' ? state.link.text : undefined
  const [asking, setAsking] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [faulty, setFaulty] = useState<string>()
  /** Says what is wrong with it before anything is asked. */
  const take = async (text: string) => {
    try {
      setProblem(undefined)
      const link = await readGiven(text)
      setFaulty(link === 'typed-wrong' ? text : undefined)
      if (link === 'typed-wrong') return link
      if (link === undefined) return 'not-a-key'
      if (link.kind === 'enrolment') return 'enrolment-here'
      if (link.kind === 'join') {
        actions.keepLink({ kind: 'join', text: link.payload })
        go('/join')
        return undefined
      }
      decodeRestorePayload(link.payload)
      setAsking(link.payload)
      return undefined
    } catch (error) {
      return error instanceof TrustError ? error.code : 'other'
    }
  }
  useEffect(() => {
    if (live.live && opened !== undefined) void take(opened).then(setProblem)
    // Once for each link that is opened: the screen is made anew for another one.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [live.live])
  const restore = async (payload: string) => {
    setAsking(undefined)
    const outcome = await actions.restore(payload)
    if (outcome.ok) {
      actions.forgetLink()
      // A root key opens no plans: it is for what only such keys may do.
      const isKeyAlone = decodeRestorePayload(payload).type === 'root-key'
      go(isKeyAlone ? '/edit/keys' : '/departments', { replace: true })
    } else setProblem(outcome.code)
  }
  return (
    <Page
      name={t('restore.title')}
      title={t('restore.title')}
      lead={t('restore.lead')}
      {...(place.shown.length > 0
        ? { back: { href: `#${place.home}`, text: t('frame.start') } }
        : {})}
    >
      <div className="narrow stack">
        {problem !== undefined && <Notice kind="warning" title={errorText(problem)} announce />}
        <CodeWays
          name="restore"
          label={t('restore.label')}
          help={t('join.pasteHelp')}
          button={t('restore.use')}
          onText={take}
          errorText={errorText}
          more={(use, isBusy) => (
            <TypedEntry faulty={faulty} onText={(text) => void use(text)} isBusy={isBusy} />
          )}
        />
      </div>
      {asking !== undefined && (
        <Ask
          title={t('restore.ask')}
          no={t('restore.no')}
          yes={t('restore.yes')}
          onNo={() => setAsking(undefined)}
          onYes={() => void restore(asking)}
        >
          <p>{t('restore.askText')}</p>
        </Ask>
      )}
    </Page>
  )
}
