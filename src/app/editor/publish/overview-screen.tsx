import { useState } from 'react'
import { requiredParts } from '#domain/completeness.ts'
import { dayOf } from '#domain/calendar.ts'
import { addressOf } from '#app/documents/address-of.ts'
import { Day } from '#app/documents/when.tsx'
import { Choice } from '#app/ui/choice.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { useLive } from '#app/ui/live.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { useEditor } from '../editor-parts.ts'
import { NeedsRole } from '../needs-role.tsx'
import { standingOf } from '../phone-standing.ts'
import { useLoaded } from '../use-loaded.ts'
import { useRoles } from '../use-roles.ts'
import { useText } from '../use-text.ts'
import { overviewRows, type DepartmentRow, type PlanRow } from './overview-rows.ts'
import { overviewTable } from './overview-table.ts'
import { saveFile } from './save-file.ts'
import { useManageText } from './use-manage-text.ts'
import { useOrganisationIndex } from './use-organisation-index.ts'

/** How every department stands, for those who answer for it; on screen, on paper, as a table. */
export function OverviewScreen() {
  const t = useManageText()
  const tEditor = useText()
  return (
    <Page
      name={t('overview.title')}
      title={t('overview.title')}
      lead={t('overview.lead')}
      back={{ href: '#/edit', text: tEditor('home.title') }}
    >
      <NeedsRole who="publisher">
        <Overview />
      </NeedsRole>
    </Page>
  )
}

function Overview() {
  const t = useManageText()
  const live = useLive()
  const { state, organisation } = useEditor()
  const roles = useRoles()
  const index = useOrganisationIndex()
  const [shown, setShown] = useState<'all' | 'needs'>('all')
  const now = live.live ? live.now : new Date(0)
  const read = useLoaded(async ({ device, organisation: own }) => {
    if (own === undefined) return undefined
    const authority = await device.authority(own.id)
    const all = await Promise.all(
      Object.keys(authority.root.departments).map(async (department) => {
        const phones = await device.journal(own.id, department).phones()
        return { department, phones, release: authority.release(department) }
      }),
    )
    return { all, wiped: authority.root.wiped }
  })
  if (!read.isRead) return null
  const phones = new Map(
    (read.value?.all ?? []).flatMap(({ department, phones: listed, release }) => {
      if (release === undefined || listed.length === 0) return []
      const standing = standingOf(listed, { ...release, wiped: read.value?.wiped ?? [] }, now)
      const counted = standing.filter((phone) => phone.standing !== 'wiped')
      const have = counted.filter((phone) => phone.standing === 'latest').length
      return [[department, { have, all: counted.length }] as const]
    }),
  )
  const departments = state.device.departments.flatMap(
    ({ organisation: of, department, title, release }) =>
      of === organisation?.id && roles.departments.includes(department) && release !== undefined
        ? [{ department, title, release }]
        : [],
  )
  const rows = overviewRows({ index, now, departments, phones })
  const listed = shown === 'all' ? rows : rows.filter(({ needsSomething }) => needsSomething)
  const plans = rows.flatMap((row) => row.plans)
  const counting = plans.filter(({ counts }) => counts).length
  return (
    <div className="overview stack">
      <p className="overview-sum">
        <strong>{t('overview.sum', { count: counting, all: plans.length })}</strong>{' '}
        <span className="meta">
          {t('overview.asOf')} <Day on={dayOf(now)} />
        </span>
      </p>
      <div className="overview-tools stack">
        <Choice
          legend={t('overview.filter')}
          name="shown"
          value={shown}
          options={[
            { value: 'all', text: t('overview.all') },
            { value: 'needs', text: t('overview.needs') },
          ]}
          onChange={setShown}
        />
        <div className="buttons">
          <button type="button" className="button" onClick={() => window.print()}>
            <Icon name="print" />
            {t('overview.print')}
          </button>
          <button
            type="button"
            className="button"
            onClick={() =>
              saveFile(`planb-${dayOf(now)}.csv`, 'text/csv;charset=utf-8', overviewTable(rows, t))
            }
          >
            <Icon name="down" />
            {t('overview.csv')}
          </button>
        </div>
      </div>
      {listed.length === 0 && <Notice kind="good" title={t('overview.nothing')} />}
      {listed.map((row) => (
        <Department key={row.department} row={row} />
      ))}
      <p className="meta">{t('overview.explain')}</p>
    </div>
  )
}

function Department({ row }: { row: DepartmentRow }) {
  const t = useManageText()
  const yesNo = (value: boolean | undefined, yes: string, no: string) =>
    value === undefined ? t('overview.unknown') : value ? yes : no
  return (
    <section className="card overview-department">
      <h2 lang="sv">{row.title}</h2>
      <p>
        {row.plans.length === 0
          ? t('overview.noPlans')
          : t('overview.of', { count: row.counting, all: row.plans.length })}
      </p>
      {row.plans.length > 0 && (
        <ul className="overview-plans">
          {row.plans.map((plan) => (
            <Plan key={plan.name} plan={plan} />
          ))}
        </ul>
      )}
      <dl className="facts overview-facts">
        <Fact name={t('overview.reviews')} isWanting={row.overdue.length > 0}>
          {row.overdue.length + row.soon.length === 0
            ? t('overview.reviewsNone')
            : [
                row.overdue.length > 0 ? t('overview.late', { count: row.overdue.length }) : '',
                row.soon.length > 0 ? t('overview.soon', { count: row.soon.length }) : '',
              ]
                .filter((text) => text !== '')
                .join(', ')}
        </Fact>
        <Fact name={t('overview.exercise')} isWanting={!row.isExercised}>
          {row.lastExercise === undefined ? t('overview.never') : <Day on={row.lastExercise} />}
        </Fact>
        <Fact name={t('overview.trees')} isWanting={row.treesChecked === false}>
          {row.treesChecked === undefined
            ? t('overview.noTrees')
            : yesNo(row.treesChecked, t('overview.treesYes'), t('overview.treesNo'))}
        </Fact>
        <Fact name={t('overview.binder')} isWanting={row.binderPrinted === false}>
          {yesNo(row.binderPrinted, t('overview.binderYes'), t('overview.binderNo'))}
        </Fact>
        <Fact
          name={t('overview.phones')}
          isWanting={row.phones !== undefined && row.phones.have < row.phones.all}
        >
          {row.phones === undefined
            ? t('overview.unknown')
            : t('overview.phonesOf', { count: row.phones.have, all: row.phones.all })}
        </Fact>
      </dl>
    </section>
  )
}

function Fact(props: { name: string; isWanting: boolean; children: React.ReactNode }) {
  const t = useManageText()
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        {props.isWanting && (
          <span className="wanting">
            <Icon name="warning" />
            <span className="visually-hidden">{t('overview.wanting')}</span>
          </span>
        )}
        {props.children}
      </dd>
    </div>
  )
}

/** The four as boxes: filled with a check or empty with a cross, so that it is read without colour. */
function Plan({ plan }: { plan: PlanRow }) {
  const t = useManageText()
  return (
    <li>
      <p className="overview-plan">
        <a href={addressOf(plan.name)} lang="sv">
          {plan.title}
        </a>
        {!plan.current && <span className="meta"> {t('overview.notCurrent')}</span>}
      </p>
      <ul className="four">
        {requiredParts.map((part) => (
          <li key={part} className={plan.has[part] ? 'is-there' : 'is-missing'}>
            <Icon name={plan.has[part] ? 'check' : 'cross'} />
            <span className="visually-hidden">
              {t(plan.has[part] ? 'overview.there' : 'overview.missing')}
            </span>
            {t(`overview.part.${part}`)}
          </li>
        ))}
      </ul>
    </li>
  )
}
