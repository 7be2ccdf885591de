import { useEffect, useState } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import type { MoreTexts } from '#i18n/more-sv.ts'
import { decodeRestorePayload, type RestoreType } from '#trust/restore-payload.ts'
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
import { useMoreText } from './more/use-more-text.ts'
import { readGiven, TypedEntry } from './typed-entry.tsx'

/** What each kind of payload gives, in the words of its paper. */
const asked = {
  coordinator: { title: 'restoreCoordinator', text: 'restoreCoordinatorText' },
  'root-key': { title: 'restoreRootKey', text: 'restoreRootKeyText' },
  'recovery-key': { title: 'restoreRecovery', text: 'restoreRecoveryText' },
  publisher: { title: 'restorePublisher', text: 'restorePublisherText' },
} as const satisfies Record<RestoreType, { title: keyof MoreTexts; text: keyof MoreTexts }>

/** Keys from paper or a link. Unlike joining it asks first: it gives power. */
export function RestoreScreen({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { state, actions } = useReader()
  const live = useLive()
  const go = useGo()
  const errorText = useErrorText()
  const opened = state.link?.kind === 'restore' ? state.link.text : undefined
  const text = useMoreText()
  const [asking, setAsking] = useState<{ payload: string; type: RestoreType }>()
  const [problem, setProblem] = useState<string>()
  const [faulty, setFaulty] = useState<string>()
  /** Says what is wrong with it before anything is asked. */
  const take = async (given: string) => {
    try {
      setProblem(undefined)
      const link = await readGiven(given)
      setFaulty(link === 'typed-wrong' ? given : undefined)
      if (link === 'typed-wrong') return link
      if (link === undefined) return 'not-a-key'
      if (link.kind === 'enrolment') return 'enrolment-here'
      if (link.kind === 'join') {
        actions.keepLink({ kind: 'join', text: link.payload })
        go('/join')
        return undefined
      }
      setAsking({ payload: link.payload, type: decodeRestorePayload(link.payload).type })
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
  const restore = async ({ payload, type }: NonNullable<typeof asking>) => {
    setAsking(undefined)
    const outcome = await actions.restore(payload)
    if (outcome.ok) {
      actions.forgetLink()
      // A root key opens no plans: it is for what only such keys may do.
      go(type === 'root-key' ? '/edit/keys' : '/departments', { replace: true })
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
          title={text(asked[asking.type].title)}
          no={t('restore.no')}
          yes={asking.type === 'coordinator' ? t('restore.yes') : text('restoreYesOne')}
          onNo={() => setAsking(undefined)}
          onYes={() => void restore(asking)}
        >
          <p>{text(asked[asking.type].text)}</p>
        </Ask>
      )}
    </Page>
  )
}
