import { describe, expect, it } from 'vitest'
import { planCompleteness, routineGaps } from './completeness.ts'
import { aDocument } from '../../tests/support/example-documents.ts'
import { indexDocuments } from './resolve.ts'
import type { PlanBDocument } from './schema/document.ts'

const now = new Date('2026-11-20T12:00:00Z')
const steps = [{ text: 'Gör' }]
const four = {
  routines: ['hemtjanst/routine/ett'],
  recovery: steps,
  return: steps,
  contacts: ['hemtjanst/contact/tib'],
  reviewed: { on: '2026-03-01', role: 'Chef' },
}
const contacts = aDocument('contacts', { contacts: [{ id: 'tib', title: 'TiB', number: '112' }] })
const beside: PlanBDocument[] = [aDocument('routine'), contacts]
const completeness = (body: object, documents = beside, changedOn?: string) =>
  planCompleteness(aDocument('plan', { ...body }), {
    index: indexDocuments(documents),
    now,
    changedOn,
  })

describe('completeness of a plan', () => {
  it('counts with all four, when it is current', () => {
    expect(completeness(four)).toMatchObject({
      missing: [],
      current: true,
      counts: true,
      dangling: [],
    })
    const old = { ...four, reviewed: { on: '2025-03-01', role: 'Chef' } }
    expect(completeness(old)).toMatchObject({ missing: [], current: false, counts: false })
    expect(completeness({ ...four, reviewed: undefined })).toMatchObject({ counts: false })
  })

  it.each([
    ['routines', 'fallback'],
    ['recovery', 'recovery'],
    ['return', 'return'],
    ['contacts', 'contacts'],
  ])('without %s lacks %s', (field, part) => {
    expect(completeness({ ...four, [field]: [] })).toMatchObject({ missing: [part], counts: false })
  })

  it('what points at nothing is not had', () => {
    expect(completeness(four, [])).toMatchObject({
      missing: ['fallback', 'contacts'],
      dangling: ['hemtjanst/routine/ett', 'hemtjanst/contact/tib'],
    })
  })

  it('says beside it whether it was exercised, trees checked, binder printed', () => {
    expect(completeness(four)).toMatchObject({
      exercised: false,
      phoneTreesChecked: undefined,
      binderPrinted: undefined,
    })
    const tree = (on: string) => aDocument('phone-tree', { checked: { on, role: 'Chef' } })
    const body = {
      ...four,
      exercises: [{ on: '2026-05-01', title: 'Övning' }],
      binder: { place: 'Kontoret', printed: '2026-10-02' },
    }
    expect(completeness(body, [...beside, tree('2026-10-01')], '2026-10-02')).toMatchObject({
      exercised: true,
      phoneTreesChecked: true,
      binderPrinted: true,
    })
    expect(completeness(body, [...beside, tree('2026-01-01')], '2026-10-03')).toMatchObject({
      phoneTreesChecked: false,
      binderPrinted: false,
    })
  })
})

describe('gaps of a routine', () => {
  it('names phases and parts that are missing, and what nobody approved', () => {
    expect(routineGaps(aDocument('routine', { healthCare: true, harm: ['Insulin'] }))).toEqual({
      name: 'hemtjanst/routine/ett',
      phases: ['hour1', 'day1', 'week1', 'longer', 'neverBack'],
      parts: ['control', 'escalation', 'return', 'notice'],
      unapproved: true,
    })
    const approved = { healthCare: true, approval: { role: 'MAS', on: '2026-03-01' } }
    expect(routineGaps(aDocument('routine', approved)).unapproved).toBe(false)
  })
})
