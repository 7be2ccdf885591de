import { situations } from '#domain/situation.ts'
import { useLive } from '#app/ui/live.tsx'
import { Row } from '#app/ui/row.tsx'
import { useEditor } from '../editor-parts.ts'
import { useLoaded } from '../use-loaded.ts'
import { useRoles } from '../use-roles.ts'
import { useDue, useUnapproved } from './due-screen.tsx'
import { useManageText } from './use-manage-text.ts'
import { useOrganisationIndex } from './use-organisation-index.ts'
import { usePublication } from './use-publication.ts'

/** On the editor's home: what concerns everybody at once. First, since it is what hurries. */
export function SituationRow() {
  const t = useManageText()
  const live = useLive()
  const index = useOrganisationIndex()
  const { departments } = useRoles()
  const now = live.live ? live.now : new Date(0)
  const { inForce } = situations(
    index.ofKind('situation').filter(({ department }) => departments.includes(department)),
    now,
  )
  if (departments.length === 0) return null
  return (
    <section className="section">
      <div className="card rows">
        <Row
          href="#/edit/situation"
          kind="plain"
          title={t('situation.title')}
          under={t(inForce === undefined ? 'situation.homeNone' : 'situation.homeNow')}
        />
        <Row
          href="#/edit/overview"
          kind="plain"
          title={t('overview.row')}
          under={t('overview.rowText')}
        />
      </div>
    </section>
  )
}

/** On the editor's home, for a department: what is not published yet, and how it stands. */
export function PublishRow({ department }: { department: string }) {
  const t = useManageText()
  const { publication } = usePublication(department)
  const drafts = useLoaded(async ({ device, organisation }) =>
    organisation === undefined ? [] : device.drafts(organisation.id).list(department),
  ).value
  const left = (drafts ?? []).filter(({ name }) => publication?.names.includes(name) !== true)
  const under =
    publication?.state === 'conflict'
      ? t('publish.homeConflict')
      : publication?.state === 'refused'
        ? t('publish.homeRefused')
        : publication !== undefined
          ? t('publish.homeWaiting')
          : left.length > 0
            ? t('publish.homeDrafts', { count: left.length })
            : t('publish.homeNone')
  return (
    <Row
      href={`#/edit/publish/${department}`}
      kind="routine"
      title={t('publish.title')}
      under={under}
    />
  )
}

/** On the editor's home, for a department: what was before. */
export function HistoryRow({ department }: { department: string }) {
  const t = useManageText()
  return (
    <Row
      href={`#/edit/history/${department}`}
      kind="plain"
      title={t('history.row')}
      under={t('history.rowText')}
    />
  )
}

/** On the editor's home, for a department: what readers have said is wrong. */
export function ReportsRow({ department }: { department: string }) {
  const t = useManageText()
  const reports = useLoaded(async ({ device, organisation }) =>
    organisation === undefined ? [] : device.journal(organisation.id, department).reports(),
  ).value
  const open = (reports ?? []).filter(({ isHandled }) => !isHandled).length
  return (
    <Row
      href={`#/edit/reports/${department}`}
      kind="plain"
      title={t('reports.row')}
      under={open === 0 ? t('reports.rowNone') : t('reports.rowCount', { count: open })}
    />
  )
}

/** On the editor's home, for a department: what is to be read through and tried. */
export function DueRow({ department }: { department: string }) {
  const t = useManageText()
  const due = useDue(department)
  const late = due.filter(({ state }) => state === 'overdue' || state === 'never').length
  const soon = due.filter(({ state }) => state === 'soon').length
  const unapproved = useUnapproved(department).length
  const { state, organisation } = useEditor()
  const mayApprove = state.device.roles.some(
    (each) => each.organisation === organisation?.id && each.approve.includes(department),
  )
  return (
    <Row
      href={`#/edit/due/${department}`}
      kind="plain"
      title={t('due.row')}
      under={
        mayApprove && unapproved > 0
          ? t('due.rowUnapproved', { count: unapproved })
          : late > 0
            ? t('due.rowLate', { count: late })
            : soon > 0
              ? t('due.rowSoon', { count: soon })
              : t('due.rowNone')
      }
    />
  )
}
