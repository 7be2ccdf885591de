import { useState } from 'react'
import { moveStore, type Moved } from '#sync/manage/move-store.ts'
import { Ask } from '#app/ui/ask.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { useEditor } from './editor-parts.ts'
import { openOffice, openStore } from './office.ts'
import { useText } from './use-text.ts'
import { useWork } from './use-work.ts'
import { WorkNotice } from './work-notice.tsx'

/** Makes a mirror the store that is written to, for when the one before is lost or somebody else's. */
export function MoveStore(props: {
  organisation: string
  /** As the root names it. */
  url: string
  /** Told when something begins to be sent, and when it has ended. */
  onWork: (isWorking: boolean) => void
  onClose: () => void
}) {
  const t = useText()
  const editor = useEditor()
  const work = useWork()
  const [isAsked, setAsked] = useState(true)
  const [moved, setMoved] = useState<Moved>()
  const address = new URL(props.url, editor.base)
  const run = async () => {
    props.onWork(true)
    await work.run(async () => {
      const office = await openOffice(editor, props.organisation)
      const store = openStore(editor, address)
      setMoved(await moveStore(office, { url: props.url, store }))
    })
    props.onWork(false)
  }
  if (isAsked)
    return (
      <Ask
        title={t('mirrors.moveAsk')}
        no={t('mirrors.moveNo')}
        yes={t('mirrors.moveYes')}
        onNo={props.onClose}
        onYes={() => {
          setAsked(false)
          void run()
        }}
      >
        <p className="address">{address.href}</p>
        <ul className="bullets">
          <li>{t('mirrors.moveNew')}</li>
          <li>{t('mirrors.moveOld')}</li>
          <li>{t('mirrors.moveTakes')}</li>
        </ul>
      </Ask>
    )
  if (work.state.at === 'failed' && work.state.code === 'read-only')
    return (
      <Notice kind="warning" title={t('mirrors.readOnly')} announce>
        <p>{t('mirrors.readOnlyText')}</p>
        <div className="buttons">
          <button type="button" className="button" onClick={() => void run()}>
            {t('work.again')}
          </button>
          <button type="button" className="button is-quiet" onClick={props.onClose}>
            {t('mirrors.moveNo')}
          </button>
        </div>
      </Notice>
    )
  return (
    <>
      <WorkNotice state={work.state} doing={t('mirrors.moving')} onAgain={() => void run()} />
      {work.state.at === 'done' && (
        <Notice kind="good" title={t('mirrors.moved')} announce>
          <p className="address">{address.href}</p>
          <p>{t(moved?.before === 'silent' ? 'mirrors.movedSilent' : 'mirrors.movedText')}</p>
        </Notice>
      )}
    </>
  )
}
