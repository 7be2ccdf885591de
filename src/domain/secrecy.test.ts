import { describe, expect, it } from 'vitest'
import { aDocument } from '../../tests/support/example-documents.ts'
import { openExtract } from './secrecy.ts'

describe('open extract', () => {
  it('leaves out what is marked, in every language, and says on which ground', () => {
    const routine = aDocument('routine', {
      harm: ['Insulin'],
      translations: { en: { harm: ['Insulin'], title: 'TES' } },
      secrecy: { harm: 'OSL 18:13' },
      phases: {
        minutes15: { steps: [{ text: 'Koden', where: 'Skåpet', secrecy: { where: 'OSL 18:8' } }] },
      },
    })
    const extract = openExtract(routine)
    expect(extract.omitted).toEqual([
      { path: ['harm'], ground: 'OSL 18:13' },
      { path: ['phases', 'minutes15', 'steps', 0, 'where'], ground: 'OSL 18:8' },
    ])
    expect(JSON.stringify(extract.body)).not.toMatch(/Insulin|Skåpet|secrecy/)
    expect(extract.body).toMatchObject({ translations: { en: { title: 'TES' } } })
    expect(routine.body.harm).toEqual(['Insulin'])
  })

  it('leaves out private numbers though nobody marked them', () => {
    const contacts = aDocument('contacts', {
      contacts: [
        { id: 'a', title: 'A', number: '+46701740605', second: '+46701740606', private: true },
        { id: 'b', title: 'B', number: '+46701740607' },
      ],
    })
    const { body, omitted } = openExtract(contacts)
    expect(body.contacts).toEqual([
      { id: 'a', title: 'A', private: true, aliases: [] },
      { id: 'b', title: 'B', number: '+46701740607', aliases: [] },
    ])
    expect(omitted.map(({ ground }) => ground)).toEqual(['OSL 39:3', 'OSL 39:3'])
  })
})
