import { describe, expect, it } from 'vitest'
import { aDocument } from '../../tests/support/example-documents.ts'
import { csvText } from './csv-text.ts'
import { readTable } from './edit/read-table.ts'
import { overview, overviewColumns, overviewCsv, type OverviewColumn } from './overview.ts'
import type { PlanBDocument } from './schema/document.ts'

const now = new Date('2026-11-23T12:00:00Z')
const department = 'hemtjanst'
const step = { text: 'Ring' }
const reviewed = (on: string) => ({ reviewed: { on, role: 'Chef' } })
const own = (document: PlanBDocument, id: string): PlanBDocument => ({
  ...document,
  department,
  id,
})
const contacts = own(
  aDocument('contacts', { contacts: [{ id: 'chef', title: 'Chef', number: '+46701740605' }] }),
  'contacts',
)
const whole = {
  routines: ['hemtjanst/routine/tes'],
  recovery: [step],
  return: [step],
  contacts: ['hemtjanst/contact/chef'],
  ...reviewed('2026-10-01'),
  binder: { place: 'Kontoret', printed: '2026-10-02' },
  exercises: [
    { on: '2026-05-01', title: 'Kväll' },
    { on: '2027-01-01', title: 'Nästa' },
  ],
}
const documents = [
  own(aDocument('department', {}), 'department'),
  contacts,
  own(aDocument('routine', reviewed('2025-01-01')), 'tes'),
  own(aDocument('routine', {}), 'aldrig-last'),
  own(aDocument('plan', whole), 'hel'),
  own(aDocument('plan', { ...reviewed('2025-12-01'), binder: whole.binder }), 'halv'),
  own(aDocument('exercise', { log: [{ on: '2026-06-01', role: 'Chef', result: 'Bra' }] }), 'kvart'),
]

describe('overview', () => {
  it('counts what a department has and lacks', () => {
    expect(overview(documents, { now })).toEqual([
      {
        department,
        title: 'Hemtjänst',
        plans: 2,
        complete: 1,
        has: { fallback: 1, recovery: 1, return: 1, contacts: 1 },
        reviewsOverdue: 2,
        reviewsSoon: 1,
        nextReview: '2026-12-01',
        lastExercise: '2026-06-01',
        binder: 'unknown',
      },
    ])
  })
  it('takes in what others know: findings, phones, the day of the last change', () => {
    const finding = { name: 'x', path: [], code: 'x', severity: 'warning' as const }
    const [one] = overview(documents, {
      now,
      findings: new Map([[department, [finding, { ...finding, severity: 'blocks' as const }]]]),
      phones: new Map([[department, { newest: 3, all: 31 }]]),
      changedOn: new Map([[department, '2026-10-01']]),
    })
    expect(one).toMatchObject({
      binder: 'printed',
      findings: { blocks: 1, warning: 1, hint: 0 },
      phones: { newest: 3, all: 31 },
    })
    const changedOn = new Map([[department, '2026-11-01']])
    expect(overview(documents, { now, changedOn })[0]?.binder).toBe('out-of-date')
    const unprinted = documents
      .filter(({ kind }) => kind !== 'plan')
      .concat(own(aDocument('plan', {}), 'ny'))
    expect(overview(unprinted, { now, changedOn })[0]?.binder).toBe('never')
  })
  it('says of phone trees whether all were checked', () => {
    const tree = (on: string) => own(aDocument('phone-tree', { checked: { on, role: 'Chef' } }), on)
    const checked = (...days: string[]) =>
      overview([...documents, ...days.map(tree)], { now })[0]?.phoneTreesChecked
    expect(checked('2026-11-01')).toBe(true)
    expect(checked('2026-11-01', '2026-01-01')).toBe(false)
  })
  it('knows departments that have nothing yet', () => {
    const [one] = overview([own(aDocument('department', {}), 'department')], { now })
    expect(one).toMatchObject({ plans: 0, complete: 0, binder: 'unknown', reviewsOverdue: 0 })
  })
})

describe('the overview as a file', () => {
  it('has a row for each department, unknown cells empty', () => {
    const columns = Object.fromEntries(overviewColumns.map((column) => [column, column])) as Record<
      OverviewColumn,
      string
    >
    const binder = { printed: 'Utskriven', 'out-of-date': 'Gammal', never: 'Aldrig', unknown: '' }
    const text = overviewCsv(overview(documents, { now }), {
      columns,
      binder,
      yes: 'Ja',
      no: 'Nej',
    })
    expect(text).toBe(
      `\ufeff${overviewColumns.join(';')}\r\nHemtjänst;2;1;1;1;1;1;2;1;2026-12-01;2026-06-01;;;;;;\r\n`,
    )
  })
  it('holds no formula, and reads back as it was', () => {
    const dangerous = ['=1+1', '+46701740605', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1']
    expect(readTable(csvText([dangerous])).rows).toEqual([dangerous.map((text) => `'${text}`)])
    const plain = ['a;b', 'säg "hej"', 'rad\nrad', ' x ', 'a,b', '']
    expect(readTable(csvText([plain])).rows).toEqual([plain])
    expect(csvText([[-1, 1.5, undefined, 'x']])).toBe('\ufeff-1;1,5;;x\r\n')
  })
})
