import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, dayOf, daysBetween } from './calendar.ts'
import { aDocument } from '../../tests/support/example-documents.ts'
import { indexDocuments } from './resolve.ts'
import { allDueDates, dueDates, intervalsOf, usualIntervals } from './review.ts'

const now = new Date('2026-11-20T12:00:00Z')
const reviewed = (on: string) => ({ reviewed: { on, role: 'Chef' } })

describe('calendar days', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-11-20', 12, '2027-11-20'],
    ['2026-10-31', 3, '2027-01-31'],
  ])('%s and %i months is %s', (day, months, later) => expect(addMonths(day, months)).toBe(later))

  it('are those of Sweden, also late in the evening', () => {
    expect(dayOf(new Date('2026-06-30T22:30:00Z'))).toBe('2026-07-01')
    expect(dayOf(new Date('2026-12-31T22:30:00Z'))).toBe('2026-12-31')
  })

  it('a later month is never an earlier day', () => {
    const days = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
      .map(dayOf)
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 60 }), (day, months) => {
        expect(daysBetween(day, addMonths(day, months))).toBeGreaterThanOrEqual(28 * months)
      }),
    )
  })
})

describe('what is due', () => {
  const first = (...args: Parameters<typeof dueDates>) => dueDates(...args)[0]

  it('counts from when it was last done', () => {
    const routine = (on: string) => first(aDocument('routine', reviewed(on)), usualIntervals, now)
    expect(routine('2026-03-01')).toEqual({
      name: 'hemtjanst/routine/ett',
      what: 'review',
      last: '2026-03-01',
      due: '2027-03-01',
      state: 'in-time',
      days: 101,
    })
    expect(routine('2025-12-01')).toMatchObject({ state: 'soon', days: 11 })
    expect(routine('2025-11-20')).toMatchObject({ state: 'soon', days: 0 })
    expect(routine('2025-11-19')).toMatchObject({ state: 'overdue', days: -1 })
    expect(first(aDocument('routine'), usualIntervals, now)).toMatchObject({ state: 'never' })
  })

  it('a chosen day holds before the interval', () => {
    const plan = aDocument('plan', { ...reviewed('2026-10-01'), nextReview: '2026-11-01' })
    expect(first(plan, usualIntervals, now)).toMatchObject({ due: '2026-11-01', state: 'overdue' })
  })

  it('an exercise that is only planned has not been done', () => {
    const plan = aDocument('plan', { exercises: [{ on: '2026-12-01', title: 'Övning' }] })
    expect(dueDates(plan, usualIntervals, now)[1]).toMatchObject({
      what: 'exercise',
      state: 'never',
    })
  })

  it('takes a department’s own intervals, and none that make no sense', () => {
    const index = (intervals: object) => indexDocuments([aDocument('department', { intervals })])
    expect(intervalsOf(index({ review: 6 }), 'hemtjanst')).toEqual({ ...usualIntervals, review: 6 })
    expect(intervalsOf(index({ review: 0 }), 'hemtjanst')).toEqual(usualIntervals)
    expect(intervalsOf(indexDocuments([]), 'bygg')).toEqual(usualIntervals)
  })

  it('puts the most urgent first', () => {
    const documents = [
      aDocument('routine', reviewed('2026-03-01')),
      aDocument('routine', reviewed('2025-03-01'), { id: 'tva' }),
      aDocument('contacts'),
      aDocument('phone-tree', {
        checked: { on: '2026-09-01', role: 'Chef' },
        drills: [{ on: '2026-06-01' }],
      }),
    ]
    expect(allDueDates(documents, now).map(({ what, state }) => `${what} ${state}`)).toEqual([
      'contacts-check never',
      'review overdue',
      'phone-tree-check soon',
      'drill soon',
      'review in-time',
    ])
  })
})
