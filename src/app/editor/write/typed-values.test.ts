import { describe, expect, it } from 'vitest'
import { cleanTyped } from './clean-typed.ts'
import { instantOf, localOf } from './local-time.ts'
import { mendBody } from './mend-body.ts'
import { fieldName, pathOf, placeOf, splitPlace } from './place.ts'
import { isSameValue } from '#domain/edit/same-value.ts'

describe('what is typed', () => {
  it('loses what nobody can read, and nothing else', () => {
    expect(cleanTyped('A\u0000\u001b\u202eB\ud800\tC', false)).toBe('AB C')
    expect(cleanTyped('rad 1\r\nrad 2', false)).toBe('rad 1 rad 2')
    expect(cleanTyped('rad 1\r\nrad 2\u2028rad 3', true)).toBe('rad 1\nrad 2\nrad 3')
    expect(cleanTyped('👩‍⚕️ مرحبا é', false)).toBe('👩‍⚕️ مرحبا é')
  })

  it('is a time by this device’s clock, there and back', () => {
    for (const local of ['2026-03-12T14:20', '2026-10-25T02:30'])
      expect(localOf(instantOf(local))).toBe(local)
    expect(instantOf('2026-03-12T14:20')).toMatch(/^2026-03-12T14:20:00[+-]\d\d:\d\d$/)
    expect([localOf('nonsens'), localOf('')]).toEqual(['', ''])
  })
})

describe('places', () => {
  it('are paths as one text', () => {
    expect(pathOf('phases/minutes15/steps/3/text')).toEqual([
      'phases',
      'minutes15',
      'steps',
      3,
      'text',
    ])
    expect(placeOf(pathOf('a/0/b'))).toBe('a/0/b')
    expect(pathOf('')).toEqual([])
    expect(fieldName('positions/12/calls/0')).toBe('positions/calls')
    expect(splitPlace('a/0/b')).toEqual({ outer: 'a/0', last: 'b' })
  })
})

describe('the same value', () => {
  it('is the same whatever the order of fields, and not of lists', () => {
    expect(isSameValue({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 })).toBe(true)
    expect(isSameValue([1, 2], [2, 1])).toBe(false)
    expect(isSameValue({ a: undefined }, {})).toBe(false)
    expect(isSameValue([], {})).toBe(false)
    expect(isSameValue(null, {})).toBe(false)
  })
})

describe('a body that is being written', () => {
  const name = { department: 'hemtjanst', kind: 'contacts', id: 'contacts' } as const
  const whole = { id: 'a', title: 'A', number: '+46701740605' }

  it('is shown to others without what does not fit yet', () => {
    const body = {
      title: '',
      contacts: [{ id: 'b' }, whole, { id: 'c', title: 'C', number: '070' }],
    }
    expect(mendBody(name, body)).toEqual({ title: '–', contacts: [whole] })
    expect(mendBody(name, { title: 'T', contacts: 'x' })).toEqual({ title: 'T', contacts: [] })
  })

  it('is nothing where nothing helps', () => {
    expect(mendBody(name, 'hej')).toBeUndefined()
    expect(mendBody({ ...name, kind: 'phone-tree', id: 't' }, { title: 'T' })).toBeUndefined()
  })
})
