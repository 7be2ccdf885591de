import { describe, expect, it } from 'vitest'
import { aDocument } from '../../tests/support/example-documents.ts'
import { translateDocument } from './translate.ts'

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
