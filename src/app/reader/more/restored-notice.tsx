import { useEffect } from 'react'
import { Notice } from '#app/ui/notice.tsx'
import { useTranslation } from '#app/ui/translation.tsx'
import { useReader } from '../reader-context.ts'
import { useMoreText } from './use-more-text.ts'

/** What has become of keys that were put in from paper or a link, and the way on. */
export function RestoredNotice() {
  const { t } = useTranslation()
  const { state, actions } = useReader()
  const text = useMoreText()
  // Said once: whoever comes back to the page has read it.
  useEffect(() => actions.forgetRestored, [actions])
  const { restored } = state
  const given = (state.device.givenKeys ?? []).find(
    ({ organisation, standing }) =>
      organisation === restored?.organisation || (restored === undefined && standing === 'waiting'),
  )
  if (given?.standing === 'waiting')
    return (
      <Notice kind="info" icon="clock" title={text('restoredWaiting')} announce>
        <p>{text('restoredWaitingText')}</p>
      </Notice>
    )
  if (given?.standing === 'unknown')
    return (
      <Notice kind="warning" title={text('restoredUnknown')} announce>
        <p>{text('restoredUnknownText')}</p>
        <div className="buttons">
          <a className="button" href="#/restore">
            {text('restoredOther')}
          </a>
        </div>
      </Notice>
    )
  if (restored === undefined) return null
  const hasRole = state.device.roles.some((role) => role.organisation === restored.organisation)
  const way = hasRole && (
    <a className="button is-main" href="#/edit">
      {t('edit.title')}
    </a>
  )
  if (given?.standing === 'recovery-unknown')
    return (
      <Notice kind="warning" title={text('restoredOldRecovery')} announce>
        <p>{text('restoredOldRecoveryText')}</p>
        <div className="buttons">
          {way}
          <a className="button" href="#/restore">
            {text('restoredOther')}
          </a>
        </div>
      </Notice>
    )
  const isMany = restored.type === 'coordinator'
  return (
    <Notice kind="good" title={text(isMany ? 'restoredKeys' : 'restoredKey')} announce>
      {restored.type === 'recovery-key' && <p>{text('restoredReads')}</p>}
      {way !== false && <div className="buttons">{way}</div>}
    </Notice>
  )
}
