import { describe, expect, it } from 'vitest'
import { aDocument } from '../../tests/support/example-documents.ts'
import { translateDocument, translationExtent } from './translate.ts'

const routine = aDocument('routine', {
  title: 'När TES inte fungerar',
  dont: ['Gissa inte', 'Ge inte'],
  harm: ['Insulin', 'Larm'],
  colour: 'red',
  translations: {
    en: {
      title: 'When TES is down',
      dont: ['Do not guess'],
      harm: ['Insulin', ' '],
      name: '  ',
      group: 'phone',
    },
  },
  phases: {
    minutes15: {
      steps: [
        { text: 'Ring', translations: { en: { text: 'Call' }, ar: { text: 'اتصل' } } },
        { text: 'Vänta' },
      ],
    },
  },
})

describe('how much is translated', () => {
  const least = {
    title: 'Ringkedja',
    purpose: 'Nå alla',
    script: 'Säg',
    mayStart: ['Chef'],
    start: 'a',
    positions: [
      { id: 'a', title: 'A', number: '+46701740605', calls: ['b'] },
      { id: 'b', title: 'B', number: '+46701740606' },
    ],
  }
  const whole = aDocument('phone-tree', {
    ...least,
    translations: {
      en: { title: 'Tree', purpose: 'Reach all', script: 'Say', mayStart: ['Manager'] },
    },
    positions: least.positions.map((one) => ({ ...one, translations: { en: { title: 'A' } } })),
  })

  it('is all, some or none of it, and all in Swedish', () => {
    expect(translationExtent(whole, 'en')).toBe('all')
    expect(translationExtent(whole, 'sv')).toBe('all')
    expect(translationExtent(whole, 'fi')).toBe('none')
    expect(translationExtent(routine, 'en')).toBe('some')
    expect(translationExtent(aDocument('routine'), 'en')).toBe('none')
  })

  it('does not ask for what only the search uses, nor for sources', () => {
    const body = { ...whole.body, aliases: ['ring'], sources: [{ text: 'Vi' }] }
    expect(translationExtent({ kind: 'phone-tree', body }, 'en')).toBe('all')
  })
})

describe('a translated document', () => {
  it('has the texts of the language, nested ones too, and Swedish where there is none', () => {
    const { body } = translateDocument(routine, 'en')
    expect(body.title).toBe('When TES is down')
    expect(body.name).toBe('TES: din körlista')
    expect(body.phases.minutes15.steps.map(({ text }) => text)).toEqual(['Call', 'Vänta'])
    expect(body).toMatchObject({ colour: 'red', group: 'it' })
  })

  it('takes a list whole and of the same length, or not at all', () => {
    const { body } = translateDocument(routine, 'en')
    expect(body.dont).toEqual(['Gissa inte', 'Ge inte'])
    expect(body.harm).toEqual(['Insulin', 'Larm'])
  })

  it('lets no translation change whom to call or with which form', () => {
    const step = {
      text: 'Ring',
      call: ['hemtjanst/contact/sjukskoterska'],
      form: 'hemtjanst/form/avvikelse',
      translations: {
        en: { call: ['hemtjanst/contact/annan'], form: 'hemtjanst/form/annan', see: 'x' },
      },
    }
    const body = { ...routine.body, phases: { minutes15: { steps: [step] } } }
    expect(translateDocument({ ...routine, body }, 'en').body.phases.minutes15.steps).toEqual([
      step,
    ])
  })

  it('lets no translation change a number', () => {
    const contact = { id: 'tib', title: 'TiB', number: '+46701740605' }
    const hostile = {
      ...contact,
      translations: { en: { number: '+46701740699', title: 'Duty', id: 'x' } },
    }
    const contacts = aDocument('contacts', { contacts: [hostile] })
    expect(translateDocument(contacts, 'en').body.contacts[0]).toMatchObject({
      ...contact,
      title: 'Duty',
    })
  })

  it('leaves the original as it was, and Swedish is the original', () => {
    const before = structuredClone(routine)
    translateDocument(routine, 'ar')
    expect(routine).toEqual(before)
    expect(translateDocument(routine, 'sv')).toBe(routine)
  })
})
