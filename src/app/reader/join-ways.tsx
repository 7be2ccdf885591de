import { useId, useState } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import { decodeInvitation } from '#trust/invitation.ts'
import { TrustError } from '#trust/trust-error.ts'
import { understandLink } from '#trust/understand-link.ts'
import { useGo } from '#app/ui/hash-location.ts'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { CameraScanner } from './camera-scanner.tsx'
import { ExampleChoice } from './example-choice.tsx'
import { useErrorText } from './progress.tsx'
import { useReader } from './reader-context.ts'
import { readPhoto } from './scan-code.ts'

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
  const id = useId()
  const [text, setText] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [isScanning, setScanning] = useState(false)
  const [problem, setProblem] = useState<string>()
  const use = async (given: string) => {
    setBusy(true)
    setProblem(undefined)
    // What was opened before, and may have failed, is not what is meant now.
    actions.forgetLink()
    setProblem(await joinByText(given))
    setBusy(false)
  }
  const paste = async () => {
    try {
      const pasted = await navigator.clipboard.readText()
      setText(pasted)
      await use(pasted)
    } catch {
      setProblem('clipboard')
    }
  }
  const photo = async (file: File | undefined) => {
    if (file === undefined) return
    setBusy(true)
    const found = await readPhoto(file)
    setBusy(false)
    if (found === undefined) setProblem('no-code')
    else await use(found)
  }
  return (
    <div className="stack" data-needs-script="">
      {problem !== undefined && <Notice kind="warning" title={errorText(problem)} announce />}
      {isScanning ? (
        <CameraScanner
          onFound={(found) => {
            setScanning(false)
            void use(found)
          }}
          onFailed={() => {
            setScanning(false)
            setProblem('no-camera')
          }}
          onClose={() => setScanning(false)}
        />
      ) : (
        <div className="ways">
          {'mediaDevices' in navigator && (
            <button type="button" className="way" onClick={() => setScanning(true)}>
              <Icon name="camera" />
              {t('join.scan')}
            </button>
          )}
          <label className="way">
            <Icon name="picture" />
            {t('join.photo')}
            <input
              type="file"
              accept="image/*"
              className="visually-hidden"
              onChange={(event) => {
                void photo(event.currentTarget.files?.[0])
                event.currentTarget.value = ''
              }}
            />
          </label>
        </div>
      )}
      <form
        className="card is-padded field"
        onSubmit={(event) => {
          event.preventDefault()
          void use(text)
        }}
      >
        <label htmlFor={id}>{t('join.paste')}</label>
        <textarea
          id={id}
          className="input"
          name="invitation"
          aria-describedby={`${id}-help`}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <p className="meta" id={`${id}-help`}>
          {t('join.pasteHelp')}
        </p>
        <div className="buttons">
          {text.trim() === '' && 'clipboard' in navigator ? (
            <button type="button" className="button is-main" onClick={() => void paste()}>
              {t('join.pasteButton')}
            </button>
          ) : (
            <button
              type="submit"
              className="button is-main"
              disabled={isBusy || text.trim() === ''}
            >
              {t(isBusy ? 'join.checking' : 'join.use')}
            </button>
          )}
        </div>
      </form>
      <ExampleChoice onChoose={(link) => void use(link)} isBusy={isBusy} />
    </div>
  )
}
