import { useEffect, useState, type ComponentType, type ReactNode } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import { useLive } from '#app/ui/live.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import type { Part } from './more/more.tsx'
import type { Place } from './place.ts'

let loaded: { default: ComponentType<{ part: Part; place: Place }> } | undefined

/**
 * What is seldom asked for, from a script of its own (the worker's list `rest`). Nobody waits for it: its
 * place is empty, or holds `meanwhile`, until it is there, and a page of its own says when it cannot be had.
 */
export function Later(props: { part: Part; place: Place; meanwhile?: ReactNode }) {
  const { part, place } = props
  const { t } = useTranslation()
  const live = useLive()
  const [held, hold] = useState(loaded)
  const [isFailed, setFailed] = useState(false)
  useEffect(() => {
    if (!live.live || loaded !== undefined) return
    import('./more/more.tsx').then(
      (found) => hold((loaded = found)),
      () => setFailed(true),
    )
  }, [live.live])
  if (held !== undefined) return <held.default part={part} place={place} />
  if (part !== 'compare' && part !== 'restore') return isFailed ? null : props.meanwhile
  const title = t(part === 'compare' ? 'trust.compare' : 'restore.title')
  return (
    <Page name={title} title={title} back={{ href: `#${place.home}`, text: t('frame.start') }}>
      {isFailed && <Notice kind="warning" title={t('edit.failed')} announce />}
    </Page>
  )
}
