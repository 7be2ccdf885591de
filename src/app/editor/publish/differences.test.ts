import { describe, expect, it } from 'vitest'
import { differences, isNumberChange } from './differences.ts'

const contacts = {
  title: 'Telefonnummer',
  contacts: [
    { id: 'ssk', title: 'Sjuksköterska kväll', number: '+46701740605' },
    { id: 'natt', title: 'Nattpatrullen', number: '+46701740606' },
  ],
}

describe('what differs between two versions of a document', () => {
  it('names a changed number by whose it is', () => {
    const after = structuredClone(contacts)
    after.contacts[1]!.number = '+46701740699'
    const found = differences(contacts, after)
    expect(found).toEqual([
      {
        trail: [{ field: 'contacts' }, { entry: 'Nattpatrullen' }, { field: 'number' }],
        field: 'number',
        change: 'changed',
        before: '+46701740606',
        after: '+46701740699',
      },
    ])
    expect(found.every(isNumberChange)).toBe(true)
  })

  it('tells entries that came and went, and those in another order', () => {
    const [ssk, natt] = contacts.contacts
    const more = { id: 'ny', title: 'Ny', number: '112' }
    expect(differences(contacts, { ...contacts, contacts: [more, ssk] })).toMatchObject([
      { change: 'added', trail: [{ field: 'contacts' }, { entry: 'Ny' }], after: more },
      { change: 'removed', trail: [{ field: 'contacts' }, { entry: 'Nattpatrullen' }] },
    ])
    expect(differences(contacts, { ...contacts, contacts: [natt, ssk] })).toEqual([
      { trail: [{ field: 'contacts' }], field: 'contacts', change: 'moved' },
    ])
  })

  it('lays steps beside themselves when one is put in between', () => {
    const steps = (...texts: string[]) => ({ steps: texts.map((text) => ({ text })) })
    expect(
      differences(steps('Ring', 'Hämta', 'Gå'), steps('Ring', 'Räkna', 'Hämta', 'Gå')),
    ).toEqual([
      {
        trail: [{ field: 'steps' }, { number: 2 }],
        field: 'steps',
        change: 'added',
        after: { text: 'Räkna' },
      },
    ])
    expect(differences(steps('Ring', 'Hämta', 'Gå'), steps('Hämta', 'Gå', 'Ring'))).toMatchObject([
      { change: 'moved', trail: [{ field: 'steps' }, { number: 3 }] },
    ])
    expect(differences(steps('Ring', 'Hämta'), steps('Ring', 'Hämta pärmen'))).toMatchObject([
      { change: 'changed', before: 'Hämta', after: 'Hämta pärmen' },
    ])
  })

  it('says the same of lists that are empty and lists that are not there, and of fields in any order', () => {
    expect(differences({ title: 'A', do: [] }, { title: 'A' })).toEqual([])
    expect(differences({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toEqual([])
  })

  it('tells each field of what came as a whole, and a text that was emptied', () => {
    expect(differences({}, { reviewed: { on: '2026-11-01', role: 'MAS' } })).toMatchObject([
      { change: 'added', field: 'on', after: '2026-11-01' },
      { change: 'added', field: 'role', after: 'MAS' },
    ])
    expect(differences({ for: 'Alla' }, { for: '' })).toMatchObject([
      { change: 'removed', field: 'for', before: 'Alla' },
    ])
  })
})
