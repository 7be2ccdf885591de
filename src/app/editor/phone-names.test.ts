import { describe, expect, it } from 'vitest'
import { phoneNames } from './phone-names.ts'

const phone = (device: string, label: string, minute = 0) => ({
  device,
  label,
  joinedAt: `2026-11-23T08:${String(minute).padStart(2, '0')}:00Z`,
})
const namesOf = (...phones: ReturnType<typeof phone>[]) =>
  Object.fromEntries(phoneNames(phones, 'Telefon utan namn'))

describe('what phones are called in a list', () => {
  it('numbers those alike by when they joined, whatever order they come in', () => {
    const first = phone('c', 'Dator', 1)
    const second = phone('a', 'Dator', 2)
    const third = phone('b', 'Dator', 3)
    const named = { c: 'Dator', a: 'Dator 2', b: 'Dator 3' }
    expect(namesOf(first, second, third)).toEqual(named)
    expect(namesOf(third, first, second)).toEqual(named)
  })

  it('numbers those of the same minute too, and always in the same way', () => {
    expect(namesOf(phone('b', 'Dator'), phone('a', 'Dator'))).toEqual({ a: 'Dator', b: 'Dator 2' })
  })

  it('leaves a name that only one has', () => {
    expect(namesOf(phone('a', 'Bil 3'), phone('b', 'Dator'), phone('c', 'iPhone'))).toEqual({
      a: 'Bil 3',
      b: 'Dator',
      c: 'iPhone',
    })
  })

  it('passes over a number that somebody has written, also one who came later', () => {
    expect(
      namesOf(phone('a', 'Dator', 1), phone('b', 'Dator', 2), phone('c', 'dator 2', 3)),
    ).toEqual({ a: 'Dator', b: 'Dator 3', c: 'dator 2' })
    expect(
      namesOf(phone('a', 'Dator 2', 1), phone('b', 'Dator 2', 2), phone('c', 'Dator', 3)),
    ).toEqual({ a: 'Dator 2', b: 'Dator 2 2', c: 'Dator' })
  })

  it('takes what differs by capitals only for the same, and numbers phones without a name', () => {
    expect(namesOf(phone('a', 'Dator', 1), phone('b', 'DATOR', 2))).toEqual({
      a: 'Dator',
      b: 'DATOR 2',
    })
    expect(namesOf(phone('a', '', 1), phone('b', '', 2))).toEqual({
      a: 'Telefon utan namn',
      b: 'Telefon utan namn 2',
    })
  })

  it('gives no two phones one name', () => {
    const labels = ['Dator', 'Dator', 'Dator 2', 'dator', 'Dator 3', 'Dator 2', '', '']
    const names = Object.values(
      namesOf(...labels.map((label, index) => phone(String(index), label, index))),
    )
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(labels.length)
  })
})
