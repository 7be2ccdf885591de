import { Notice } from '#app/ui/notice.tsx'
import { errorText } from './error-text.ts'
import { UnfinishedLink } from './unfinished-link.tsx'
import type { WorkState } from './use-work.ts'
import { useText } from './use-text.ts'

/** How far something that is being sent is: what is done now, and what went wrong with a way on. */
export function WorkNotice(props: { state: WorkState; doing: string; onAgain?: () => void }) {
  const t = useText()
  const { state } = props
  if (state.at === 'working')
    return (
      <div className="progress working" role="status">
        <p>{props.doing}</p>
        <progress aria-label={props.doing} />
      </div>
    )
  if (state.at !== 'failed') return null
  // The same again would be refused again: something else is finished first.
  const isUnsaid = state.code === 'keep-unsaid'
  return (
    <Notice kind="warning" title={t('work.failed')} announce>
      <p>{errorText(t, state.code)}</p>
      <UnfinishedLink code={state.code} />
      {!isUnsaid && <p>{t('work.nothingLost')}</p>}
      {!isUnsaid && props.onAgain !== undefined && (
        <div className="buttons">
          <button type="button" className="button" onClick={props.onAgain}>
            {t('work.again')}
          </button>
        </div>
      )}
    </Notice>
  )
}
