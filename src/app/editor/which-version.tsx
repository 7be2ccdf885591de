import { useEffect, useRef, useState } from 'react'
import { formatInstant } from '#i18n/format.ts'
import { followStoreRoot } from '#sync/manage/follow-store-root.ts'
import { recentVersions, type RecentVersion } from '#sync/manage/recent-versions.ts'
import type { Kid } from '#trust/keys.ts'
import { Choice } from '#app/ui/choice.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { useEditor } from './editor-parts.ts'
import { errorText } from './error-text.ts'
import {
  isAsked,
  isOnlyByGone,
  keptBy,
  keptOf,
  type DepartmentVersions,
  type GoneReason,
  type Kept,
} from './kept-versions.ts'
import { openOffice } from './office.ts'
import { UnfinishedLink } from './unfinished-link.tsx'
import { useText } from './use-text.ts'
import { codeOf } from './use-work.ts'

/**
 * [M11] Which version stays when a key goes: what it signed last may be somebody else's work. Asks only where
 * that matters.
 *
 * @param props.onKeep told what stays as soon as it is clear; not before
 */
export function WhichVersion(props: {
  organisation: string
  gone: Kid
  departments: readonly string[]
  onKeep: (keep: Kept) => void
}) {
  const t = useText()
  const editor = useEditor()
  const { organisation, gone } = props
  const wanted = props.departments.join(' ')
  const [read, setRead] = useState<{
    departments: (DepartmentVersions & { title: string })[]
    code?: string
  }>()
  const [reason, setReason] = useState<GoneReason | 'unsaid'>('unsaid')
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const [tries, setTries] = useState(0)
  const latest = useRef({ editor, onKeep: props.onKeep })
  useEffect(() => {
    latest.current = { editor, onKeep: props.onKeep }
  })
  useEffect(() => {
    let isOver = false
    const look = async () => {
      const office = await openOffice(latest.current.editor, organisation)
      const root = await followStoreRoot(office.store, office.root)
      const departments = []
      for (const department of wanted.split(' ').filter((id) => id !== '')) {
        const title = root.departments[department]?.title ?? department
        const versions = await recentVersions(office, root, department, { gone })
        departments.push({ department, title, versions })
      }
      if (isOver) return
      setRead({ departments })
      if (!departments.some(isAsked)) latest.current.onKeep(keptOf(departments, 'left'))
    }
    look().catch((error: unknown) => {
      if (!isOver) setRead({ departments: [], code: codeOf(error) })
    })
    return () => {
      isOver = true
    }
  }, [organisation, gone, wanted, tries])

  if (read === undefined) return <p role="status">{t('which.looking')}</p>
  if (read.code !== undefined)
    return (
      <Notice kind="warning" title={errorText(t, read.code)} announce>
        <UnfinishedLink code={read.code} />
        <div className="buttons">
          <button
            type="button"
            className="button"
            onClick={() => {
              setRead(undefined)
              setTries(tries + 1)
            }}
          >
            {t('work.again')}
          </button>
        </div>
      </Notice>
    )
  const { departments } = read
  const asked = departments.filter(isAsked)
  const language = editor.state.settings.language
  const nameOf = ({ edition, issued, by, isByGone }: RecentVersion) =>
    [
      t('which.edition', { edition }),
      formatInstant(issued, language),
      by ?? t('which.coordinator'),
      ...(isByGone ? [t('which.byGone')] : []),
    ].join(' · ')
  return (
    <>
      {departments.filter(isOnlyByGone).map(({ department, title }) => (
        <p key={department}>{t('which.only', { title })}</p>
      ))}
      {asked.length > 0 && (
        <Choice
          legend={t('which.why')}
          name="reason"
          value={reason}
          options={[
            { value: 'left', text: t('which.left') },
            { value: 'lost', text: t('which.lost') },
          ]}
          onChange={(value) => {
            if (value === 'unsaid') return
            setReason(value)
            setChosen({})
            props.onKeep(keptOf(departments, value))
          }}
        />
      )}
      {reason !== 'unsaid' &&
        asked.map((one) => (
          <Choice
            key={one.department}
            legend={t('which.title', { title: one.title })}
            name={`version-${one.department}`}
            value={chosen[one.department] ?? keptBy(reason, one)?.hash ?? ''}
            options={one.versions.map((version) => ({
              value: version.hash,
              text: nameOf(version),
            }))}
            onChange={(hash) => {
              const now = { ...chosen, [one.department]: hash }
              setChosen(now)
              props.onKeep(keptOf(departments, reason, now))
            }}
          />
        ))}
      {reason === 'lost' && asked.some(({ versions }) => versions.every((one) => one.isByGone)) && (
        <p>{t('which.allByGone')}</p>
      )}
    </>
  )
}
