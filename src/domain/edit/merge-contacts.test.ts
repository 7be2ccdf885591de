import { describe, expect, it } from 'vitest'
import { mergeContacts } from './merge-contacts.ts'
import { readPastedContacts } from './read-pasted-contacts.ts'

const [chief, nurse, other] = ['+46701740605', '+46701740606', '+46701740607']
const list = [
  { id: 'chef', title: 'Chef i beredskap', number: chief, hours: 'Dygnet runt', private: true },
  { id: 'ssk', title: 'Sjuksköterska kväll', number: nurse },
]
const merged = (table: string, of: unknown[] = list) =>
  mergeContacts(of, readPastedContacts(table).contacts)

describe('a table over the list there is', () => {
  it('adds who is new, and leaves everyone else where they stand', () => {
    const { contacts, added, changed, same } = merged(`Sjuksköterska kväll\t070-174 06 06\nNattpatrull\t070-174 06 07`) // prettier-ignore
    expect(contacts).toEqual([...list, { id: 'nattpatrull', title: 'Nattpatrull', number: other }])
    expect(added.map(({ title }) => title)).toEqual(['Nattpatrull'])
    expect([changed, same]).toEqual([[], 1])
  })
  it('knows one again by title whatever its capitals and spaces, and keeps what the table does not say', () => {
    const { contacts, changed } = merged('Funktion;Telefon\nCHEF  i beredskap;070-174 06 07')
    expect(contacts[0]).toEqual({ ...list[0], number: other })
    expect(contacts).toHaveLength(2)
    expect(changed).toEqual([
      { at: 0, title: 'Chef i beredskap', fields: [{ field: 'number', from: chief, to: other }] },
    ])
  })
  it('knows one again by a number that only one has, and takes the new title', () => {
    const { contacts, changed } = merged('Sjuksköterska kväll och natt\t070-174 06 06')
    expect(contacts[1]).toEqual({ ...list[1], title: 'Sjuksköterska kväll och natt' })
    expect(changed[0]?.fields).toEqual([
      { field: 'title', from: 'Sjuksköterska kväll', to: 'Sjuksköterska kväll och natt' },
    ])
    const shared = [...list, { id: 'ssk-2', title: 'Distrikt', number: nurse }]
    expect(merged('Någon annan\t070-174 06 06', shared).added).toHaveLength(1)
  })
  it('two rows that fit one are two', () => {
    const { contacts, changed, added } = merged(
      'Sjuksköterska kväll\t070-174 06 07\nSjuksköterska kväll\t070-174 06 08',
    )
    expect([changed.length, added.length, contacts.length]).toEqual([1, 1, 3])
    expect(contacts[2]).toMatchObject({ id: 'sjukskoterska-kvall', number: '+46701740608' })
  })
  it('holds with a list that is being written', () => {
    const broken = [{ id: 'x' }, 'text', undefined, { title: '' }]
    expect(merged('Chef\t070-174 06 05', broken).contacts).toHaveLength(5)
  })
  it('said twice changes nothing the second time', () => {
    const table = 'Chef i beredskap\t070-174 06 09\nNattpatrull\t070-174 06 07'
    const once = merged(table).contacts
    expect(merged(table, once)).toMatchObject({ contacts: once, added: [], changed: [], same: 2 })
  })
})
