import { createInstance } from 'i18next'
import { expect, it } from 'vitest'
import { manageSv } from '#i18n/manage-sv.ts'
import { aDocument } from '../../../../tests/support/example-documents.ts'
import { indexDocuments } from '#domain/resolve.ts'
import type { VerifiedRelease } from '#release/open-release.ts'
import { overviewRows } from './overview-rows.ts'
import { overviewTable } from './overview-table.ts'

const now = new Date('2026-11-23T12:00:00Z')
const i18n = createInstance()
await i18n.init({ lng: 'sv', resources: { sv: { manage: manageSv } }, ns: ['manage'] })
const t = i18n.getFixedT('sv', 'manage')

const contacts = aDocument('contacts', {
  contacts: [{ id: 'ssk', title: 'Sjuksköterska', number: '+46701740605' }],
})
const routine = aDocument('routine', {}, { id: 'tes' })
const whole = aDocument(
  'plan',
  {
    title: '=HYPERLINK("http://ond.example")',
    routines: ['hemtjanst/routine/tes'],
    recovery: [{ text: 'Starta' }],
    return: [{ text: 'Skriv in' }],
    contacts: ['hemtjanst/contact/ssk'],
    reviewed: { on: '2026-06-01', role: 'Chef' },
    exercises: [{ on: '2026-09-01', title: 'Kväll' }],
    binder: { place: 'Kontoret', printed: '2026-10-01' },
  },
  { id: 'hel' },
)
const bare = aDocument('plan', { title: 'Mat; dryck' }, { id: 'bar' })
const drill = aDocument(
  'exercise',
  {
    log: [
      { on: '2026-10-09', role: 'Chef', result: 'Bra' },
      { on: '2027-01-01', role: 'Chef', result: 'Nästa' },
    ],
  },
  { id: 'kvart' },
)
const index = indexDocuments([contacts, routine, whole, bare, drill])
/** Only what the overview reads of a release. */
const release = {
  department: 'hemtjanst',
  changes: [
    { kind: 'routine', id: 'tes', issued: '2026-10-02T10:00:00Z' },
    { kind: 'plan', id: 'bar', issued: '2026-01-02T10:00:00Z' },
  ],
} as unknown as VerifiedRelease
const rows = overviewRows({
  index,
  now,
  departments: [{ department: 'hemtjanst', title: 'Hemtjänst', release }],
  phones: new Map([['hemtjanst', { have: 28, all: 31 }]]),
})

it('counts a plan that has the four and is current, and says what the others lack', () => {
  expect(rows[0]).toMatchObject({ counting: 1, lastExercise: '2026-10-09', isExercised: true })
  expect(rows[0]?.plans.map(({ missing }) => missing)).toEqual([
    [],
    ['fallback', 'recovery', 'return', 'contacts'],
  ])
  expect(rows[0]?.needsSomething).toBe(true)
})

it('says that a binder is out of date when a routine of the plan changed after it was printed', () => {
  expect(rows[0]?.plans[0]?.binderPrinted).toBe(false)
  expect(rows[0]?.binderPrinted).toBe(false)
})

it('is a table that a spreadsheet takes no formula from', () => {
  const table = overviewTable(rows, t)
  expect(table.startsWith('\ufeff')).toBe(true)
  const lines = table.slice(1).split('\r\n')
  expect(lines).toHaveLength(4)
  expect(lines[1]).toContain(`"'=HYPERLINK(""http://ond.example"")"`)
  expect(lines[2]).toContain('"Mat; dryck"')
  expect(lines[1]).toMatch(/;Ja;Ja;Ja;Ja;Ja;Ja;Ja;/)
  expect(lines[1]).toMatch(/;28;31$/)
  const cells = (line: string) => line.replace(/"(?:[^"]|"")*"/g, 'x').split(';').length
  expect(new Set(lines.slice(0, 3).map(cells)).size).toBe(1)
})
