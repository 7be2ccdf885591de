import { useState } from 'react'
import { finish } from '#sync/manage/finish.ts'
import { Ask } from '#app/ui/ask.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { useEditor } from './editor-parts.ts'
import type { Kept } from './kept-versions.ts'
import { openOffice } from './office.ts'
import { useText } from './use-text.ts'
import { useUnfinished, type UnfinishedByKey } from './use-unfinished.ts'
import { useWork } from './use-work.ts'
import { WhichVersion } from './which-version.tsx'
import { WorkNotice } from './work-notice.tsx'

/**
 * [M13] What was begun when a key went and is not finished, and the way to finish it: the question that was asked
 * then is asked again. For the coordinator; nothing where there is nothing.
 */
export function UnfinishedNotice({ organisation }: { organisation: string }) {
  const t = useText()
  const editor = useEditor()
  const work = useWork()
  const { unfinished, again } = useUnfinished()
  const [asked, setAsked] = useState<UnfinishedByKey>()
  const [keep, setKeep] = useState<Kept>()
  const [sent, setSent] = useState<{ one: UnfinishedByKey; keep: Kept }>()
  const titlesOf = ({ departments }: UnfinishedByKey) =>
    departments.map(({ title }) => title).join(', ')
  const run = async (one: UnfinishedByKey, kept: Kept) => {
    setSent({ one, keep: kept })
    await work.run(async () => {
      const office = await openOffice(editor, organisation)
      await finish(office, { departments: one.departments.map(({ id }) => id), keep: kept })
    })
    again()
  }
  if (unfinished.length === 0 && work.state.at === 'idle') return null
  // What was just finished is still among them until the store has been asked again.
  const left = unfinished.filter(({ gone }) => work.state.at !== 'done' || gone !== sent?.one.gone)
  return (
    <div className="stack">
      {sent !== undefined && (
        <>
          <WorkNotice
            state={work.state}
            doing={t('unfinished.doing', { titles: titlesOf(sent.one) })}
            onAgain={() => void run(sent.one, sent.keep)}
          />
          {work.state.at === 'done' && (
            <Notice
              kind="good"
              title={t('unfinished.done', { titles: titlesOf(sent.one) })}
              announce
            >
              <p>{t('people.goneText')}</p>
            </Notice>
          )}
        </>
      )}
      {work.state.at !== 'working' &&
        left.map((one) => (
          <Notice
            key={one.gone}
            kind="warning"
            title={
              one.role === undefined
                ? t('unfinished.titleKey')
                : t('unfinished.title', { role: one.role })
            }
            announce
          >
            <p>
              {t(one.isUnsaid ? 'unfinished.choose' : 'unfinished.rest', {
                titles: titlesOf(one),
              })}
            </p>
            <div className="buttons">
              <button
                type="button"
                className="button is-main"
                onClick={() => {
                  work.reset()
                  setKeep(undefined)
                  setAsked(one)
                }}
              >
                {t(one.isUnsaid ? 'unfinished.chooseButton' : 'unfinished.restButton')}
              </button>
            </div>
          </Notice>
        ))}
      {asked !== undefined && (
        <Ask
          title={t('unfinished.ask', { titles: titlesOf(asked) })}
          no={t('unfinished.no')}
          yes={t('unfinished.yes')}
          isReady={keep !== undefined}
          onNo={() => setAsked(undefined)}
          onYes={() => {
            setAsked(undefined)
            if (keep !== undefined) void run(asked, keep)
          }}
        >
          <p>{t('unfinished.until')}</p>
          <WhichVersion
            organisation={organisation}
            gone={asked.gone}
            departments={asked.departments.map(({ id }) => id)}
            onKeep={setKeep}
          />
        </Ask>
      )}
    </div>
  )
}
