import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aDocument } from '../../../tests/support/example-documents.ts'
import { readPlans } from '#library/read-plans.ts'
import { checkWriting } from '../check-writing.ts'
import { indexDocuments } from '../resolve.ts'
import { copiedKinds, copyDocument } from './copy-document.ts'
import type { EditedDocument } from './find-references.ts'

const [chief, nurse] = ['+46701740605', '+46701740606']
const contacts = aDocument('contacts', {
  contacts: [
    { id: 'chef', title: 'Chef', number: chief },
    { id: 'ssk', title: 'Sjuksköterska', number: nurse, private: true },
  ],
})
const theirs = aDocument(
  'contacts',
  { contacts: [{ id: 'tib', title: 'Tjänsteman i beredskap', number: chief }, { id: 'ssk', title: 'Skolsköterska', number: '+46701740607' }] }, // prettier-ignore
  { department: 'skola' },
)
const form = aDocument('form', {}, { id: 'anteckning' })
const routine = aDocument(
  'routine',
  {
    reviewed: { on: '2026-01-01', role: 'Chef' },
    nextReview: '2027-01-01',
    approval: { role: 'MAS', on: '2026-01-01' },
    phases: {
      minutes15: {
        steps: [
          {
            text: 'Ring',
            call: ['hemtjanst/contact/chef', 'hemtjanst/contact/ssk', 'gemensamt/contact/it'],
            form: 'hemtjanst/form/anteckning',
            see: 'hemtjanst/routine/annan',
          },
          { text: 'Ring igen', call: ['hemtjanst/contact/ssk'], see: 'gemensamt/routine/strom' },
        ],
      },
    },
  },
  { id: 'tes' },
)
const all = [contacts, theirs, form, routine]
const copy = copyDocument(routine, 'skola', all)

describe('a routine for another department', () => {
  it('brings the numbers and papers it is nothing without, and is told what it leaves', () => {
    expect(copy.documents.map(({ department, kind, id }) => `${department}/${kind}/${id}`)).toEqual(
      ['skola/routine/tes', 'skola/form/anteckning'],
    )
    // Another has the id already: theirs is another nurse.
    expect(copy.contacts).toEqual([
      { id: 'ssk-2', title: 'Sjuksköterska', number: nurse, private: true, aliases: [] },
    ])
    expect(copy.left).toEqual(['hemtjanst/routine/annan'])
  })
  it('points at what the department has, and at what all share', () => {
    expect(copy.documents[0]?.body).toMatchObject({
      phases: {
        minutes15: {
          steps: [
            {
              call: ['skola/contact/tib', 'skola/contact/ssk-2', 'gemensamt/contact/it'],
              form: 'skola/form/anteckning',
            },
            { call: ['skola/contact/ssk-2'], see: 'gemensamt/routine/strom' },
          ],
        },
      },
    })
    expect(JSON.stringify(copy.documents)).not.toContain('hemtjanst/')
  })
  it('is not read through, nor approved', () => {
    for (const field of ['reviewed', 'nextReview', 'approval'])
      expect(copy.documents[0]?.body).not.toHaveProperty(field)
    expect(routine.body.approval).toBeDefined()
  })
  it('goes beside one of the same name, and within a department points where it did', () => {
    const own = copyDocument(routine, 'hemtjanst', all)
    expect(own.documents).toMatchObject([{ department: 'hemtjanst', id: 'tes-2' }])
    expect(own.documents[0]?.body).toMatchObject({ phases: routine.body.phases })
    expect([own.contacts, own.left]).toEqual([[], []])
    const there = aDocument('routine', {}, { department: 'skola', id: 'tes' })
    expect(copyDocument(routine, 'skola', [...all, there]).documents[0]?.id).toBe('tes-2')
  })
})

it('every document of the example can be copied to another department, and points at nothing that is not there', () => {
  const folder = resolve(import.meta.dirname, '../../../plans')
  const files = new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yaml'))
      .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
  )
  const { documents } = readPlans(files)
  const copied = documents.filter(({ kind }) => copiedKinds.has(kind))
  expect(copied.length).toBeGreaterThan(60)
  for (const to of ['hemtjanst', 'hemsjukvard']) {
    let all: EditedDocument[] = documents
    // One after the other into the same department: each finds what those before brought.
    for (const one of copied.filter(({ department }) => department !== to)) {
      const made = copyDocument(one, to, all)
      all = [...withContacts(all, to, made.contacts), ...made.documents]
    }
    const now = new Date('2026-11-23')
    const blocks = checkWriting(all, indexDocuments(documents), { now, department: to })
      .filter(({ severity }) => severity === 'blocks')
      .map(({ name, code, path }) => [name, code, path.join('.')])
    expect(blocks).toEqual([])
  }
}, 60_000)

function withContacts(
  all: readonly EditedDocument[],
  to: string,
  brought: readonly Record<string, unknown>[],
): EditedDocument[] {
  return all.map((one) => {
    if (one.department !== to || one.kind !== 'contacts') return one
    const body = one.body as { contacts: unknown[] }
    return { ...one, body: { ...body, contacts: [...body.contacts, ...brought] } }
  })
}
