import { useState, type ReactNode } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import { checkWords } from '#trust/check-words.ts'
import { decodeInvitation, type Invitation } from '#trust/invitation.ts'
import { TrustError } from '#trust/trust-error.ts'
import { Ask } from '#app/ui/ask.tsx'
import { useGo } from '#app/ui/hash-location.ts'
import { CodeWays } from '#app/ui/code-ways.tsx'
import { CheckWords } from './check-words.tsx'
import { ExampleChoice } from './example-choice.tsx'
import { isHeld } from './is-held.ts'
import { useErrorText } from './progress.tsx'
import { useReader } from './reader-context.ts'
import { readGiven, TypedEntry } from './typed-entry.tsx'

/**
 * Takes the text of an invitation, joins, and goes to the department. Gives a code when it fails. Another
 * organisation than those on the phone is asked about first (`asked`): it is added, nothing is replaced.
 */
export function useJoinByText(): {
  joinByText: (text: string) => Promise<string | undefined>
  asked: ReactNode
} {
  const { t } = useTranslation()
  const { state, actions } = useReader()
  const go = useGo()
  const [asking, setAsking] = useState<Invitation>()
  const arrive = (invitation: Invitation) => {
    actions.forgetLink()
    go(`/d/${invitation.department}`, { replace: true })
  }
  const join = async (invitation: Invitation) => {
    const outcome = await actions.join(invitation)
    if (!outcome.ok) return outcome.code
    arrive(invitation)
    return undefined
  }
  const joinByText = async (text: string) => {
    try {
      const link = await readGiven(text)
      if (link === undefined) return 'not-a-link'
      if (link === 'typed-wrong') return link
      if (link.kind === 'enrolment') return 'enrolment-here'
      if (link.kind === 'restore') {
        actions.keepLink({ kind: 'restore', text: link.payload })
        go('/restore')
        return undefined
      }
      const invitation = decodeInvitation(link.payload)
      const { organisation, department } = invitation
      if (isHeld(state.device, invitation)) {
        await actions.setSettings({ last: `${organisation}/${department}` })
        arrive(invitation)
        return undefined
      }
      const { organisations } = state.device
      if (organisations.length === 0 || organisations.some(({ id }) => id === organisation))
        return await join(invitation)
      setAsking(invitation)
      return undefined
    } catch (error) {
      return error instanceof TrustError ? error.code : 'other'
    }
  }
  const asked = asking !== undefined && (
    <Ask
      title={t('join.other')}
      no={t('routine.cancel')}
      yes={t('join.otherYes')}
      onNo={() => {
        setAsking(undefined)
        actions.forgetLink()
      }}
      onYes={() => {
        setAsking(undefined)
        void join(asking)
      }}
    >
      <p>{t('join.otherText')}</p>
      <CheckWords words={checkWords(asking.organisation)} />
    </Ask>
  )
  return { joinByText, asked }
}

/** Every way in: paste or type, camera, photo, lines from a poster, the example. None of them needs another. */
export function JoinWays() {
  const { t } = useTranslation()
  const { actions } = useReader()
  const { joinByText, asked } = useJoinByText()
  const errorText = useErrorText()
  const [faulty, setFaulty] = useState<string>()
  const use = async (given: string) => {
    // What was opened before, and may have failed, is not what is meant now.
    actions.forgetLink()
    const problem = await joinByText(given)
    setFaulty(problem === 'typed-wrong' ? given : undefined)
    return problem
  }
  return (
    <>
      <CodeWays
        name="invitation"
        label={t('join.paste')}
        help={t('join.pasteHelp')}
        onText={use}
        errorText={errorText}
        more={(useText, isBusy) => (
          <>
            <TypedEntry faulty={faulty} onText={(text) => void useText(text)} isBusy={isBusy} />
            <ExampleChoice onChoose={(link) => void useText(link)} isBusy={isBusy} />
          </>
        )}
      />
      {asked}
    </>
  )
}
