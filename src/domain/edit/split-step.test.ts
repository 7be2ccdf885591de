import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeSteps, splitStep } from './split-step.ts'

const steps = (...list: unknown[]) => ({ steps: list })

describe('splitStep', () => {
  it('leaves who, where, calls and form with the first', () => {
    const step = {
      text: 'Ring sjuksköterskan. Skriv på papper.',
      who: 'Kvällsansvarig',
      call: ['hemtjanst/contact/sjukskoterska'],
      form: 'hemtjanst/form/avvikelse',
      translations: { en: { text: 'Call the nurse. Write on paper.', who: 'Evening lead' } },
    }
    expect(splitStep(steps(step, { text: 'Vänta' }), ['steps', 0], 20)).toEqual(
      steps(
        { ...step, text: 'Ring sjuksköterskan.', translations: { en: { who: 'Evening lead' } } },
        { text: 'Skriv på papper.' },
        { text: 'Vänta' },
      ),
    )
  })
  it('gives an empty step at an end, and divides lines too', () => {
    expect(splitStep(steps({ text: 'Ring' }), ['steps', 0], 99)).toEqual(
      steps({ text: 'Ring' }, { text: '' }),
    )
    expect(splitStep({ harm: ['Insulin och larm'] }, ['harm', 0], 7)).toEqual({
      harm: ['Insulin', 'och larm'],
    })
  })
  it('keeps what is secret, and whole characters', () => {
    const step = { text: 'a 🚑 b', secrecy: { text: 'OSL 18:13' } }
    expect(splitStep(steps(step), ['steps', 0], 3)).toEqual(
      steps({ ...step, text: 'a' }, { text: '🚑 b', secrecy: step.secrecy }),
    )
  })
  it('does nothing where there is no step', () => {
    const body = steps({ text: 'Ring' })
    for (const path of [['steps', 1], ['steps'], [], ['steps', 0, 'text']])
      expect(splitStep(body, path, 1)).toBe(body)
  })
})

describe('mergeSteps', () => {
  it('joins sentences, calls of both, and what only one has', () => {
    const [a, b] = ['hemtjanst/contact/a', 'hemtjanst/contact/b']
    const body = steps(
      { text: 'Ring', call: [a], translations: { en: { text: 'Call' }, fi: { text: 'Soita' } } },
      {
        text: 'Skriv sedan.',
        call: [b, a],
        where: 'Pärmen',
        translations: { en: { text: 'Write then.' } },
      },
      { text: 'Vänta' },
    )
    expect(mergeSteps(body, ['steps', 0])).toEqual({
      body: steps(
        {
          text: 'Ring. Skriv sedan.',
          call: [a, b],
          where: 'Pärmen',
          translations: { en: { text: 'Call. Write then.' } },
        },
        { text: 'Vänta' },
      ),
      dropped: [],
    })
    expect(mergeSteps({ harm: ['Insulin:', 'i kväll'] }, ['harm', 0]).body).toEqual({
      harm: ['Insulin: i kväll'],
    })
  })
  it('tells what it could not unite', () => {
    const body = steps({ text: 'Ring', who: 'Du' }, { text: 'Vänta', who: 'Chefen' })
    expect(mergeSteps(body, ['steps', 0])).toEqual({
      body: steps({ text: 'Ring. Vänta', who: 'Du' }),
      dropped: [{ field: 'who', kept: 'Du', dropped: 'Chefen' }],
    })
  })
  it('does nothing where there are not two', () => {
    const body = steps({ text: 'Ring' })
    expect(mergeSteps(body, ['steps', 0]).body).toBe(body)
  })
  it('undoes a split between two sentences', () => {
    const word = fc.stringMatching(/^[A-Zåäö]{1,8}$/)
    fc.assert(
      fc.property(word, word, fc.constantFrom('.', '!', '?'), (one, other, mark) => {
        const body = steps({ text: `${one}${mark} ${other}`, who: 'Du' })
        const split = splitStep(body, ['steps', 0], one.length + 1)
        expect(mergeSteps(split, ['steps', 0]).body).toEqual(body)
      }),
    )
  })
})
