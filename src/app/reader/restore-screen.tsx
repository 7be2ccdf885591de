import { useId, useState } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import { understandLink } from '#trust/understand-link.ts'
import { Ask } from '#app/ui/ask.tsx'
import { useGo } from '#app/ui/hash-location.ts'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import type { Place } from './place.ts'
import { useErrorText } from './progress.tsx'
import { useReader } from './reader-context.ts'

/** The coordinator's keys from paper or a link. Unlike joining it asks first: it gives power. */
export function RestoreScreen({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { state, actions } = useReader()
  const go = useGo()
  const errorText = useErrorText()
  const id = useId()
  const opened = state.link?.kind === 'restore' ? state.link.text : undefined
  const [text, setText] = useState(opened ?? '')
  const [asking, setAsking] = useState(opened !== undefined)
  const [problem, setProblem] = useState<string>()
  const restore = async () => {
    setAsking(false)
    const link = understandLink(text)
    if (link?.kind !== 'restore') {
      setProblem('not-a-link')
      return
    }
    const outcome = await actions.restore(link.payload)
    if (outcome.ok) {
      actions.forgetLink()
      go('/departments', { replace: true })
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
      <form
        className="narrow stack"
        onSubmit={(event) => {
          event.preventDefault()
          setAsking(true)
        }}
      >
        {problem !== undefined && <Notice kind="warning" title={errorText(problem)} announce />}
        <div className="card is-padded field">
          <label htmlFor={id}>{t('restore.label')}</label>
          <textarea
            id={id}
            className="input"
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <button type="submit" className="button is-main" disabled={text.trim() === ''}>
            {t('restore.use')}
          </button>
        </div>
      </form>
      {asking && (
        <Ask
          title={t('restore.ask')}
          no={t('restore.no')}
          yes={t('restore.yes')}
          onNo={() => setAsking(false)}
          onYes={() => void restore()}
        >
          <p>{t('restore.askText')}</p>
        </Ask>
      )}
    </Page>
  )
}
