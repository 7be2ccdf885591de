import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aDocument } from '../../tests/support/example-documents.ts'
import { stepKey, stepKeys } from './step-key.ts'

const routine = (minutes15: string[], back: string[] = []) =>
  aDocument('routine', {
    phases: { minutes15: { steps: minutes15.map((text) => ({ text })) } },
    return: back.map((text) => ({ text })),
  }).body
const texts = fc.uniqueArray(fc.stringMatching(/^[a-zåäö]{1,12}$/), { minLength: 1, maxLength: 12 })

describe('key of a step', () => {
  it('stays when the step moves within its phase', () => {
    fc.assert(
      fc.property(texts, (words) => {
        const keys = (list: string[]) => stepKeys(routine(list)).map(({ key }) => key)
        expect(new Set(keys(words.toReversed()))).toEqual(new Set(keys(words)))
        expect(new Set(keys(words)).size).toBe(words.length)
      }),
    )
  })

  it('is another in another phase and for other words, not for other spaces or letter case', () => {
    const [first, second] = stepKeys(routine(['Ring'], ['Ring']))
    expect(first?.key).not.toBe(second?.key)
    expect(stepKey('hour1', ' Ring  IT ')).toBe(stepKey('hour1', 'ring it'))
    expect(stepKey('hour1', 'Hämta')).toBe(stepKey('hour1', 'Ha\u0308mta'))
    expect(stepKey('hour1', 'Ring IT')).not.toBe(stepKey('hour1', 'Ring inte IT'))
  })

  it('tells steps with the same words apart', () => {
    const keys = stepKeys(routine(['Ring', 'Vänta', 'Ring'])).map(({ key }) => key)
    expect(new Set(keys).size).toBe(3)
    expect(keys[2]).toBe(`${keys[0]}-2`)
  })

  it('does not change from one version of the app to the next', () => {
    expect(stepKey('minutes15', 'Hämta pärmen i skåpet.')).toBe('minutes15-0fln2w948uz')
  })
})
