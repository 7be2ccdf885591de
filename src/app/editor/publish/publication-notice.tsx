import type { ReactNode } from 'react'
import { When } from '#app/documents/when.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { useEditor } from '../editor-parts.ts'
import { errorText } from '../error-text.ts'
import { UnfinishedLink } from '../unfinished-link.tsx'
import { useText } from '../use-text.ts'
import { askToPublish } from './ask-to-publish.ts'
import { queueOf } from './start-queue.ts'
import { useManageText } from './use-manage-text.ts'
import { usePublication } from './use-publication.ts'

/**
 * How far what was asked to be published is: being sent, waiting for a network, held up by somebody else's
 * change or by a refusal, out. Nothing where nothing was asked.
 */
export function PublicationNotice(props: {
  department: string
  /** What to say when it is out. */
  done: string
  doneText?: ReactNode
}) {
  const t = useManageText()
  const tEditor = useText()
  const editor = useEditor()
  const { publication, sending } = usePublication(props.department)
  const organisation = editor.organisation?.id
  const cancel = async () => {
    if (organisation !== undefined)
      await editor.device.publications(organisation).remove(props.department)
  }
  const again = async () => {
    if (organisation === undefined || publication === undefined) return
    await askToPublish(editor, organisation, { ...publication })
  }
  if (sending?.at === 'sending')
    return (
      <div className="progress working" role="status">
        <p>{t('sending.doing')}</p>
        <progress aria-label={t('sending.doing')} />
      </div>
    )
  if (publication === undefined) {
    if (sending === undefined) return null
    return (
      <Notice
        kind="good"
        title={sending.at === 'published' ? props.done : t('sending.nothingNew')}
        announce
      >
        {sending.at === 'published' && props.doneText}
      </Notice>
    )
  }
  if (publication.state === 'conflict')
    return (
      <Notice kind="warning" title={t('sending.conflict')} announce>
        <p>{t('sending.conflictText')}</p>
        <a className="button is-quiet" href={`#/edit/publish/${props.department}`}>
          {t('sending.conflictLink')}
        </a>
      </Notice>
    )
  if (publication.state === 'refused')
    return (
      <Notice kind="stop" title={t('sending.refused')} announce>
        <p>
          {publication.code === 'blocked'
            ? t('sending.blocked')
            : errorText(tEditor, publication.code ?? '')}
        </p>
        <UnfinishedLink code={publication.code ?? ''} />
        <p>{t('sending.kept')}</p>
        <div className="buttons">
          <button type="button" className="button" onClick={() => void again()}>
            {tEditor('work.again')}
          </button>
          <button type="button" className="button" onClick={() => void cancel()}>
            {t('sending.back')}
          </button>
        </div>
      </Notice>
    )
  return (
    <Notice kind="info" icon="clock" title={t('sending.waiting')} announce>
      <p>{t('sending.waitingText')}</p>
      {publication.triedAt !== undefined && (
        <p className="meta">
          {t('sending.tried', { count: publication.tries })} <When at={publication.triedAt} />
          {publication.code !== undefined && <>. {errorText(tEditor, publication.code)}</>}
        </p>
      )}
      <div className="buttons">
        <button type="button" className="button" onClick={() => queueOf(editor).kick()}>
          {t('sending.now')}
        </button>
        <button type="button" className="button" onClick={() => void cancel()}>
          {t('sending.cancel')}
        </button>
      </div>
    </Notice>
  )
}
