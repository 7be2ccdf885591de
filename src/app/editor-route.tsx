import { useEffect, useState, type ComponentType } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import { Page } from '#app/ui/page.tsx'
import { useLive } from '#app/ui/live.tsx'
import { Notice } from '#app/ui/notice.tsx'
import type { EditorParts, EditorProps } from './editor/editor-parts.ts'
import type { Place } from './reader/place.ts'
import { useReader } from './reader/reader-context.ts'

let loaded: { default: ComponentType<EditorProps> } | undefined

/** The screens of managers, loaded when somebody goes there: no part of what every phone fetches. */
export function EditorRoute(props: { parts: EditorParts | undefined; place: Place; path: string }) {
  const { t } = useTranslation()
  const { state, actions } = useReader()
  const live = useLive()
  const { forgetRestored } = actions
  // What was put in is said on the page one comes to with it, and not on the next.
  useEffect(() => forgetRestored, [forgetRestored, props.path])
  const [held, hold] = useState(loaded)
  const [tries, setTries] = useState(0)
  const [isFailed, setFailed] = useState(false)
  useEffect(() => {
    if (!live.live || loaded !== undefined) return
    import('./editor/editor.tsx').then(
      (found) => hold((loaded = found)),
      () => setFailed(true),
    )
  }, [live.live, tries])
  if (held !== undefined && props.parts !== undefined)
    return (
      <held.default
        parts={props.parts}
        state={state}
        organisation={props.place.organisation?.id}
        home={props.place.home}
        path={props.path}
      />
    )
  return (
    <Page
      name={t('edit.title')}
      title={t('edit.title')}
      back={{ href: '#/ready', text: t('ready.title') }}
    >
      {isFailed && (
        <Notice kind="warning" title={t('edit.failed')} announce>
          <p>{t('edit.failedText')}</p>
          <div className="buttons">
            <button
              type="button"
              className="button"
              onClick={() => {
                setFailed(false)
                setTries(tries + 1)
              }}
            >
              {t('join.tryAgain')}
            </button>
          </div>
        </Notice>
      )}
    </Page>
  )
}
