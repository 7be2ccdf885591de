import { useTranslation } from '#app/ui/translation.tsx'
import { decodeInvitation } from '#trust/invitation.ts'
import { TrustError } from '#trust/trust-error.ts'
import { understandLink } from '#trust/understand-link.ts'
import { useGo } from '#app/ui/hash-location.ts'
import { CodeWays } from '#app/ui/code-ways.tsx'
import { ExampleChoice } from './example-choice.tsx'
import { useErrorText } from './progress.tsx'
import { useReader } from './reader-context.ts'

/** Takes the text of an invitation, joins, and goes to the department. Gives a code when it fails. */
export function useJoinByText(): (text: string) => Promise<string | undefined> {
  const { actions } = useReader()
  const go = useGo()
  return async (text) => {
    const link = understandLink(text)
    if (link === undefined) return 'not-a-link'
    if (link.kind === 'restore') {
      actions.keepLink({ kind: 'restore', text })
      go('/restore')
      return undefined
    }
    try {
      const invitation = decodeInvitation(link.payload)
      const outcome = await actions.join(invitation)
      if (!outcome.ok) return outcome.code
      actions.forgetLink()
      go(`/d/${invitation.department}`, { replace: true })
      return undefined
    } catch (error) {
      return error instanceof TrustError ? error.code : 'other'
    }
  }
}

/** Every way in: paste or type, camera, photo, the example. None of them needs another. */
export function JoinWays() {
  const { t } = useTranslation()
  const { actions } = useReader()
  const joinByText = useJoinByText()
  const errorText = useErrorText()
  const use = async (given: string) => {
    // What was opened before, and may have failed, is not what is meant now.
    actions.forgetLink()
    return joinByText(given)
  }
  return (
    <CodeWays
      name="invitation"
      label={t('join.paste')}
      help={t('join.pasteHelp')}
      onText={use}
      errorText={errorText}
      more={(useLink, isBusy) => (
        <ExampleChoice onChoose={(link) => void useLink(link)} isBusy={isBusy} />
      )}
    />
  )
}
