import { useState } from 'react'
import { formatInstant } from '#i18n/format.ts'
import type { Report } from '#journal/reports.ts'
import { shortId } from '#journal/short-id.ts'
import { addressOf } from '#app/documents/address-of.ts'
import { useLive } from '#app/ui/live.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import type { ScreenProps } from '../editor.tsx'
import { useEditor } from '../editor-parts.ts'
import { errorText } from '../error-text.ts'
import { NeedsRole } from '../needs-role.tsx'
import { useLoaded } from '../use-loaded.ts'
import { useLookNow } from '../use-look-now.ts'
import { useText } from '../use-text.ts'
import { codeOf } from '../use-work.ts'
import { useManageText } from './use-manage-text.ts'
import { useDepartmentTitle, useOrganisationIndex } from './use-organisation-index.ts'

/** What readers have found wrong in the plans, newest first; an edit is one tap away. */
export function ReportsScreen({ parts: [department = ''] }: ScreenProps) {
  const t = useManageText()
  const tEditor = useText()
  const name = t('reports.title', { title: useDepartmentTitle()(department) })
  return (
    <Page
      name={name}
      title={name}
      lead={t('reports.lead')}
      back={{ href: '#/edit', text: tEditor('home.title') }}
    >
      <NeedsRole who="publisher" department={department}>
        <Reports department={department} />
      </NeedsRole>
    </Page>
  )
}

function Reports({ department }: { department: string }) {
  const t = useManageText()
  const tEditor = useText()
  const { device, organisation, sync } = useEditor()
  const [failed, setFailed] = useState<string>()
  const read = useLoaded(async ({ device: own, organisation: of }) =>
    of === undefined ? [] : own.journal(of.id, department).reports(),
  )
  useLookNow()
  if (!read.isRead) return null
  const reports = read.value ?? []
  const open = reports.filter(({ isHandled }) => !isHandled)
  const handled = reports.filter(({ isHandled }) => isHandled)
  const handle = async ({ department: where, hash }: Report) => {
    if (organisation === undefined) return
    try {
      await device.handleReport(organisation.id, where, hash)
      setFailed(undefined)
      void sync.syncNow('asked')
    } catch (error) {
      setFailed(codeOf(error))
    }
  }
  return (
    <div className="narrow stack">
      {failed !== undefined && <Notice kind="stop" title={errorText(tEditor, failed)} announce />}
      {open.length === 0 ? (
        <Notice kind="plain" title={t('reports.none')}>
          <p>{t('reports.noneText')}</p>
        </Notice>
      ) : (
        <>
          <p role="status">{t('reports.count', { count: open.length })}</p>
          <ul className="card rows">
            {open.map((report) => (
              <ReportItem key={report.hash} report={report} onHandled={() => void handle(report)} />
            ))}
          </ul>
        </>
      )}
      {handled.length > 0 && (
        <section className="section">
          <h2>{t('reports.handled')}</h2>
          <ul className="card rows">
            {handled.slice(0, 20).map((report) => (
              <ReportItem key={report.hash} report={report} />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function ReportItem({ report, onHandled }: { report: Report; onHandled?: () => void }) {
  const t = useManageText()
  const live = useLive()
  const index = useOrganisationIndex()
  const { language } = useEditor().state.settings
  const body = index.get(report.document)?.body
  const title = body !== undefined && 'title' in body ? body.title : report.title
  const phone = `${report.label ?? ''} ${shortId(report.device)}`.trim()
  return (
    <li className="change">
      <a className="report-document" href={addressOf(report.document)} lang="sv">
        {title ?? report.document}
      </a>
      <p className="report-text" lang="sv">
        {report.text}
      </p>
      <p className="meta">
        {t('reports.from', { phone })} ·{' '}
        {formatInstant(report.time, language, live.live ? live.now : undefined)}
      </p>
      {onHandled !== undefined && (
        <div className="buttons">
          <a className="button is-main" href={`#/edit/d/${report.document}`}>
            {t('reports.change')}
          </a>
          <button type="button" className="button" onClick={onHandled}>
            {t('reports.done')}
          </button>
        </div>
      )}
    </li>
  )
}
