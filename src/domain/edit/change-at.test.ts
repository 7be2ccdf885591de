import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { insertAt, moveWithin, removeAt, setAt, valueAt } from './change-at.ts'

const steps = [{ text: 'Ring' }, { text: 'Vänta' }, { text: 'Åk' }]
const routine = { title: 'TES', phases: { minutes15: { steps } }, aliases: ['tes', 'lista'] }
const path = ['phases', 'minutes15', 'steps']

describe('valueAt', () => {
  it('gives what stands at a place, and undefined where nothing does', () => {
    expect(valueAt(routine, [...path, 1, 'text'])).toBe('Vänta')
    expect(valueAt(routine, [])).toBe(routine)
    for (const nowhere of [
      [...path, 9, 'text'],
      ['constructor'],
      ['title', 'length'],
      [...path, 'length'],
    ])
      expect(valueAt(routine, nowhere)).toBeUndefined()
  })
})

describe('setAt', () => {
  it('changes one place and shares the rest', () => {
    const changed = setAt(routine, [...path, 1, 'text'], 'Vänta i tio minuter')
    expect(valueAt(changed, path)).toEqual([steps[0], { text: 'Vänta i tio minuter' }, steps[2]])
    expect(valueAt(changed, [...path, 0])).toBe(steps[0])
    expect(valueAt(changed, ['aliases'])).toBe(routine.aliases)
    expect(valueAt(routine, [...path, 1, 'text'])).toBe('Vänta')
  })
  it('gives the body itself where nothing changes', () => {
    expect(setAt(routine, ['title'], 'TES')).toBe(routine)
    expect(setAt(routine, ['summary'], undefined)).toBe(routine)
  })
  it('makes what is missing on the way', () => {
    expect(setAt({}, ['phases', 'day1', 'steps', 0, 'text'], 'Ring')).toEqual({
      phases: { day1: { steps: [{ text: 'Ring' }] } },
    })
  })
  it('removes by undefined', () => {
    expect(setAt(routine, ['aliases'], undefined)).toEqual({ title: 'TES', phases: routine.phases })
    expect(setAt(routine, [...path, 0], undefined)).toEqual(removeAt(routine, [...path, 0]))
  })
  it('writes into no text, and leaves no hole in a list', () => {
    expect(() => setAt(routine, ['title', 'sv'], 'x')).toThrow(RangeError)
    expect(() => setAt(routine, [...path, 7], { text: 'x' })).toThrow(RangeError)
    expect(() => setAt(routine, [...path, 7, 'text'], 'x')).toThrow(RangeError)
    expect(() => setAt(routine, [...path, 'length'], 0)).toThrow(RangeError)
  })
  it('treats a field called __proto__ as any other', () => {
    const changed = setAt({}, ['__proto__', 'x'], 1)
    expect(JSON.stringify(changed)).toBe('{"__proto__":{"x":1}}')
    expect(({} as { x?: number }).x).toBeUndefined()
  })
})

describe('removeAt, insertAt, moveWithin', () => {
  it('remove', () => {
    expect(valueAt(removeAt(routine, [...path, 1]), path)).toEqual([steps[0], steps[2]])
    expect(removeAt(routine, [...path, 3])).toBe(routine)
    expect(removeAt(routine, ['nothing', 'here'])).toBe(routine)
  })
  it('insert, also into a list that is not there', () => {
    const added = { text: 'Skriv' }
    expect(valueAt(insertAt(routine, [...path, 1], added), path)).toEqual([
      steps[0],
      added,
      steps[1],
      steps[2],
    ])
    expect(valueAt(insertAt(routine, [...path, 3], added), path)).toEqual([...steps, added])
    expect(insertAt({}, ['harm', 0], 'Insulin')).toEqual({ harm: ['Insulin'] })
    expect(() => insertAt(routine, [...path, 4], added)).toThrow(RangeError)
    expect(() => insertAt(routine, ['phases', 'day1'], added)).toThrow(RangeError)
  })
  it('move to the number the entry then has, at most to an end', () => {
    const texts = (body: unknown) =>
      (valueAt(body, path) as { text: string }[]).map(({ text }) => text)
    expect(texts(moveWithin(routine, path, 0, 1))).toEqual(['Vänta', 'Ring', 'Åk'])
    expect(texts(moveWithin(routine, path, 2, 0))).toEqual(['Åk', 'Ring', 'Vänta'])
    expect(texts(moveWithin(routine, path, 0, 99))).toEqual(['Vänta', 'Åk', 'Ring'])
    expect(moveWithin(routine, path, 1, 1)).toBe(routine)
    expect(moveWithin(routine, path, 5, 1)).toBe(routine)
  })
})

describe('translations', () => {
  const entry = {
    text: 'Ge',
    harm: ['a', 'b'],
    translations: { en: { text: 'Give', harm: ['A', 'B'] }, fi: { harm: ['x'] } },
  }
  it('of a changed text go: a reader sees the Swedish one', () => {
    expect(valueAt(setAt(entry, ['text'], 'Ge inte'), ['translations'])).toEqual({
      en: { harm: ['A', 'B'] },
      fi: { harm: ['x'] },
    })
    const alone = { text: 'Ge', translations: { en: { text: 'Give' } } }
    expect(setAt(alone, ['text'], 'Ge inte')).toEqual({ text: 'Ge inte' })
  })
  it('of lines follow their lines; out of step they go', () => {
    const lines = (body: unknown) => valueAt(body, ['translations', 'en', 'harm'])
    expect(lines(moveWithin(entry, ['harm'], 0, 1))).toEqual(['B', 'A'])
    expect(lines(insertAt(entry, ['harm', 1], 'c'))).toEqual(['A', '', 'B'])
    expect(lines(removeAt(entry, ['harm', 0]))).toEqual(['B'])
    expect(lines(setAt(entry, ['harm', 0], 'c'))).toEqual(['', 'B'])
    expect(lines(setAt(entry, ['harm'], ['x', 'y']))).toBeUndefined()
    expect(valueAt(removeAt(entry, ['harm', 0]), ['translations', 'fi'])).toBeUndefined()
  })
  it('stay when another field changes, or they themselves', () => {
    expect(valueAt(setAt(entry, ['who'], 'Du'), ['translations'])).toBe(entry.translations)
    const changed = setAt(entry, ['translations', 'en', 'text'], 'Hand over')
    expect(valueAt(changed, ['translations', 'en'])).toEqual({
      text: 'Hand over',
      harm: ['A', 'B'],
    })
  })
})

it('what was set is there, and nothing else has changed', () => {
  const place = fc.array(fc.oneof(fc.constantFrom('a', 'b', '__proto__'), fc.nat(2)), {
    minLength: 1,
    maxLength: 4,
  })
  fc.assert(
    fc.property(fc.json(), place, fc.string(), (text, path, value) => {
      const body: unknown = JSON.parse(text)
      let changed: unknown
      try {
        changed = setAt(body, path, value)
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
        return
      }
      expect(valueAt(changed, path)).toBe(value)
      expect(JSON.stringify(body)).toBe(JSON.stringify(JSON.parse(text)))
      if (valueAt(body, path) !== undefined) {
        expect(setAt(changed, path, valueAt(body, path))).toEqual(body)
      }
    }),
  ) // prettier-ignore
})
