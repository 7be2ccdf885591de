import { useId, useState } from 'react'
import type { DepartmentState } from '#device/device-state.ts'
import type { PlanBDocument } from '#domain/schema/document.ts'
import { writePlans } from '#library/write-plans.ts'
import { drawReadable } from '#paper/readable/draw-readable.ts'
import { readablePages } from '#paper/readable/readable-pages.ts'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { useEditor } from '../editor-parts.ts'
import { useFilesText } from './use-files-text.ts'
import { zipPlans } from './zip-plans.ts'

const kinds = ['html', 'public', 'zip'] as const
type Kind = (typeof kinds)[number]

/** Files of what is published, as this phone holds it. Works with no connection. */
export function TakeOut({ departments }: { departments: readonly DepartmentState[] }) {
  const t = useFilesText()
  const { organisation, now } = useEditor()
  const field = useId()
  const [which, setWhich] = useState('')
  const [outcome, setOutcome] = useState<{ name: string } | 'working' | 'failed'>()
  const chosen = departments.filter(({ department }) => which === '' || department === which)
  const documents = chosen.flatMap(({ release }) => release?.documents ?? [])
  const about = which === '' ? (organisation?.title ?? '') : (chosen[0]?.title ?? which)
  const day = now().toISOString().slice(0, 10)
  const take = async (kind: Kind) => {
    setOutcome('working')
    // A whole municipality's plans take a second or more: what is said must be on the screen first.
    await new Promise((painted) => setTimeout(painted, 50))
    try {
      const name = `planb-${which || 'alla'}-${day}${kind === 'public' ? '-offentlig' : ''}.${kind === 'zip' ? 'zip' : 'html'}`
      save(fileOf(kind, documents, { title: about, day, isPublic: kind === 'public' }), name)
      setOutcome({ name })
    } catch {
      setOutcome('failed')
    }
  }
  return (
    <section className="section stack">
      <h2>{t('out.title')}</h2>
      <div className="field">
        <label htmlFor={field}>{t('out.which')}</label>
        <select
          id={field}
          className="input"
          value={which}
          onChange={(event) => setWhich(event.currentTarget.value)}
        >
          <option value="">{t('out.all')}</option>
          {departments.map(({ department, title }) => (
            <option key={department} value={department} lang="sv">
              {title}
            </option>
          ))}
        </select>
        <p className="meta" role="status">
          {t('out.count', { count: documents.length })} {t('out.of', { count: chosen.length })}
        </p>
      </div>
      <ul className="card rows">
        {kinds.map((kind) => (
          <li key={kind}>
            <button
              type="button"
              className="row kind-plain"
              disabled={outcome === 'working'}
              onClick={() => void take(kind)}
            >
              <strong>{t(`out.${kind}`)}</strong>
              <span className="under">{t(`out.${kind}Text`)}</span>
              <Icon name="paper" />
            </button>
          </li>
        ))}
      </ul>
      {outcome === 'failed' && <Notice kind="warning" title={t('out.failed')} announce />}
      {outcome === 'working' && <p role="status">{t('out.working')}</p>}
      {typeof outcome === 'object' && (
        <Notice kind="good" title={t('out.done', { name: outcome.name })} announce />
      )}
      <p className="meta">{t('out.unpublished')}</p>
      <p className="meta">{t('out.secret')}</p>
    </section>
  )
}

function fileOf(
  kind: Kind,
  documents: readonly PlanBDocument[],
  about: Parameters<typeof drawReadable>[1],
): Blob {
  if (kind === 'zip') {
    return new Blob([zipPlans(writePlans(documents))], { type: 'application/zip' })
  }
  const readable = readablePages(documents, about)
  return new Blob([drawReadable(readable, about)], { type: 'text/html' })
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // A browser reads it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
