import { useTranslation } from '#app/ui/translation.tsx'
import { allDueDates, type DueDate } from '#domain/review.ts'
import { dayOf } from '#domain/calendar.ts'
import { addressOf } from '#app/documents/address-of.ts'
import { Day } from '#app/documents/when.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { useLive } from '#app/ui/live.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { Row } from '#app/ui/row.tsx'
import { documentName } from '#domain/schema/document.ts'
import type { ScreenProps } from '../editor.tsx'
import { useEditor } from '../editor-parts.ts'
import { NeedsRole } from '../needs-role.tsx'
import { useText } from '../use-text.ts'
import { reviewCalendar } from './review-calendar.ts'
import { saveFile } from './save-file.ts'
import { useManageText } from './use-manage-text.ts'
import { useDepartmentTitle, useOrganisationIndex } from './use-organisation-index.ts'

/** What is to be read through, tried and checked in a department, and when; also for the calendar. */
export function DueScreen({ parts: [department = ''] }: ScreenProps) {
  const t = useManageText()
  const tEditor = useText()
  const name = t('due.title', { title: useDepartmentTitle()(department) })
  return (
    <Page
      name={name}
      title={name}
      lead={t('due.lead')}
      back={{ href: '#/edit', text: tEditor('home.title') }}
    >
      <NeedsRole who="publisher" department={department}>
        <Due department={department} />
      </NeedsRole>
    </Page>
  )
}

const stateOrder: Record<DueDate['state'], number> = { overdue: 0, never: 1, soon: 2, 'in-time': 3 }

/** What a department's documents ask for, what hurries first. */
export function useDue(department: string): DueDate[] {
  const live = useLive()
  const index = useOrganisationIndex()
  const own = index.documents.filter((one) => one.department === department)
  return allDueDates(own, live.live ? live.now : new Date(0)).sort(
    (a, b) => stateOrder[a.state] - stateOrder[b.state] || (a.due ?? '').localeCompare(b.due ?? ''),
  )
}

/** Routines of health care that wait for the medical lead nurse. */
export function useUnapproved(department: string): { name: string; title: string }[] {
  return useOrganisationIndex()
    .ofKind('routine', department)
    .filter(({ body }) => body.healthCare && body.approval === undefined)
    .map((one) => ({ name: documentName(one), title: one.body.name }))
}

function Due({ department }: { department: string }) {
  const t = useManageText()
  const { t: tReader } = useTranslation()
  const { now, base } = useEditor()
  const titleOf = useDepartmentTitle()
  const index = useOrganisationIndex()
  const due = useDue(department)
  const titled = (name: string) => {
    const body = index.get(name)?.body
    return body !== undefined && 'title' in body ? body.title : name
  }
  const save = () => {
    const today = dayOf(now())
    const days = due.map(({ name, what, due: day }) => ({
      uid: `${name}/${what}@planb`,
      // What is late, or never was done, is for now: a day that has passed reminds nobody.
      day: day === undefined || day < today ? today : day,
      title: `${t(`due.what.${what}`)}: ${titled(name)}`,
      text: t('due.event', { title: titleOf(department) }),
      url: `${base}${addressOf(name)}`,
    }))
    saveFile(`planb-${department}.ics`, 'text/calendar;charset=utf-8', reviewCalendar(days, now()))
  }
  const unapproved = useUnapproved(department)
  if (due.length + unapproved.length === 0) return <Notice kind="plain" title={t('due.none')} />
  return (
    <div className="narrow stack">
      {unapproved.length > 0 && (
        <section className="section">
          <h2>{t('due.unapproved')}</h2>
          <p className="meta">{t('due.unapprovedText')}</p>
          <ul className="card rows">
            {unapproved.map(({ name, title }) => (
              <li key={name}>
                <Row href={`#/edit/d/${name}?at=approval`} kind="plain" title={title} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <button type="button" className="button is-wide" onClick={save}>
        <Icon name="clock" />
        {t('due.calendar')}
      </button>
      <p className="meta">{t('due.calendarText')}</p>
      <ul className="card rows">
        {due.map((one) => {
          const [, kind = ''] = one.name.split('/')
          return (
            <li className="change" key={`${one.name} ${one.what}`}>
              <p className="due-state">
                {one.state !== 'in-time' && (
                  <Icon name={one.state === 'soon' ? 'clock' : 'warning'} />
                )}
                <strong>{t(`due.state.${one.state}`)}</strong>
                {one.due !== undefined && (
                  <span>
                    {' '}
                    · <Day on={one.due} />
                  </span>
                )}
              </p>
              <a className="report-document" href={addressOf(one.name)} lang="sv">
                {titled(one.name)}
              </a>
              <p className="meta">
                {t(`due.what.${one.what}`)}
                {kind === 'plan' && ` · ${tReader('kind.plan')}`}
                {one.last !== undefined && (
                  <>
                    {' '}
                    · {t('due.last')} <Day on={one.last} />
                  </>
                )}
              </p>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
