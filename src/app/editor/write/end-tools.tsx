import { useMemo, useState } from 'react'
import { Ask } from '#app/ui/ask.tsx'
import { useGo } from '#app/ui/hash-location.ts'
import { Icon } from '#app/ui/icon.tsx'
import { findReferences } from '#domain/edit/find-references.ts'
import { singleKinds } from '#domain/validate-document.ts'
import { CopyTool } from './copy-tool.tsx'
import { useNotes } from './notes.ts'
import { useEditingState } from './use-editing.ts'
import { useWriteText } from './use-write-text.ts'
import { useWriting } from './write-context.ts'

/** At the end of the page: back to what is published, and taking the document out. Both are asked about first. */
export function EndTools({ title, name }: { title: string; name: string }) {
  const t = useWriteText()
  const go = useGo()
  const say = useNotes()
  const { editing, index, department, kind, isLocked } = useWriting()
  const { isNew, isChanged, body } = useEditingState(editing)
  const [asking, setAsking] = useState<'discard' | 'remove'>()
  const pointing = useMemo(
    () =>
      asking === 'remove'
        ? [...new Set(findReferences(index.documents, name).map((each) => each.name))]
        : [],
    [asking, index, name],
  )
  if (isLocked || body === undefined) return null
  const leave = async () => {
    editing.discard()
    await editing.flush()
    go(`/edit/d/${department}`)
  }
  return (
    <div className="write-end">
      <CopyTool title={title} />
      {isChanged && (
        <button type="button" className="button is-wide" onClick={() => setAsking('discard')}>
          <Icon name="return" />
          {t('page.discard')}
        </button>
      )}
      {!isNew && !singleKinds.has(kind) && (
        <button
          type="button"
          className="button is-wide is-stop"
          onClick={() => setAsking('remove')}
        >
          <Icon name="cross" />
          {t('page.remove')}
        </button>
      )}
      {asking === 'discard' && (
        <Ask
          title={t(isNew ? 'page.discardNewAsk' : 'page.discardAsk')}
          no={t('page.discardNo')}
          yes={t('page.discardYes')}
          grave
          onNo={() => setAsking(undefined)}
          onYes={() => {
            setAsking(undefined)
            if (isNew) return void leave()
            editing.discard()
            say({ text: t('page.discarded'), undo: () => editing.undo() })
          }}
        >
          <p>{t(isNew ? 'page.discardNewText' : 'page.discardText')}</p>
        </Ask>
      )}
      {asking === 'remove' && (
        <Ask
          title={t('page.removeAsk', { title })}
          no={t('page.discardNo')}
          yes={t('page.removeYes')}
          grave
          onNo={() => setAsking(undefined)}
          onYes={() => {
            setAsking(undefined)
            editing.change(() => undefined)
            scrollTo(0, 0)
          }}
        >
          <p>{t('page.removeText')}</p>
          {pointing.length > 0 && (
            <>
              <p>{t('page.removeUsed')}</p>
              <ul className="bullets" lang="sv">
                {pointing.map((each) => (
                  <li key={each}>{index.get(each)?.body.title ?? each}</li>
                ))}
              </ul>
            </>
          )}
        </Ask>
      )}
    </div>
  )
}
