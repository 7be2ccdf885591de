import { useEffect } from 'react'
import { Icon } from '#app/ui/icon.tsx'
import type { Editing, SaveState } from './editing.ts'
import { useNotes } from './notes.ts'
import { useEditingState } from './use-editing.ts'
import { useWriteText } from './use-write-text.ts'

/** Whether what is written lies on the phone, and the way back and forth. Stays at the top. */
export function WriteBar({ editing, department }: { editing: Editing; department: string }) {
  const t = useWriteText()
  const say = useNotes()
  const { save, canUndo, canRedo, isChanged } = useEditingState(editing)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      const key = event.key.toLowerCase()
      if (key !== 'z' && key !== 'y') return
      if (document.querySelector('dialog[open]') !== null) return
      // Also in a field: the browser's own undo knows of one field only, and of no step that moved.
      event.preventDefault()
      if (key === 'y' || event.shiftKey) editing.redo()
      else editing.undo()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [editing])
  return (
    <div className="write-bar" role="region" aria-label={t('bar.tools')}>
      <p className={`write-saved is-${save.at}`} role="status">
        <Icon name={save.at === 'failed' ? 'warning' : save.at === 'saved' ? 'check' : 'info'} />
        {t(`bar.${save.at}`)}
      </p>
      <div className="write-bar-tools">
        <button
          type="button"
          className="write-tool"
          disabled={!canUndo}
          aria-keyshortcuts="Control+Z"
          aria-label={t('bar.undo')}
          title={t('bar.undo')}
          onClick={() => {
            editing.undo()
            say({ text: t('bar.undone') })
          }}
        >
          <Icon name="return" />
        </button>
        <button
          type="button"
          className="write-tool"
          disabled={!canRedo}
          aria-keyshortcuts="Control+Shift+Z"
          aria-label={t('bar.redo')}
          title={t('bar.redo')}
          onClick={() => {
            editing.redo()
            say({ text: t('bar.redone') })
          }}
        >
          <Icon name="return" className="is-mirrored" />
        </button>
        {isChanged && (
          <a className="write-tool is-main" href={`#/edit/publish/${department}`}>
            {t('bar.publish')}
          </a>
        )}
      </div>
      {save.at === 'failed' && <Failed save={save} onAgain={() => void editing.flush()} />}
    </div>
  )
}

function Failed({ save, onAgain }: { save: SaveState & { at: 'failed' }; onAgain: () => void }) {
  const t = useWriteText()
  const known = (['full', 'read-only', 'blocked'] as const).find((code) => code === save.code)
  return (
    <div className="notice is-stop write-failed" role="alert">
      <Icon name="warning" />
      <p>{t(`failed.${known ?? 'other'}`)}</p>
      <div className="buttons">
        <button type="button" className="button" onClick={onAgain}>
          {t('failed.again')}
        </button>
      </div>
    </div>
  )
}
