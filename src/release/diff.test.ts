import { describe, expect, it } from 'vitest'
import { diffDocuments, diffFields, titleOf } from './diff.ts'

const contacts = (number: string) => ({
  title: 'Telefonnummer',
  contacts: [
    { id: 'nattpatrull', title: 'Nattpatrullen', number },
    { id: 'chef', title: 'Chef i beredskap', number: '+46701740607' },
  ],
})
const document = (id: string, body: unknown) => ({
  department: 'hemtjanst',
  kind: 'contacts' as const,
  id,
  body,
})

describe('[R25] what changed', () => {
  it('is told by document and field, entries by their id', () => {
    const changes = diffDocuments(
      [document('a', contacts('+46701740605'))],
      [document('a', contacts('+46701740606'))],
    )
    expect(changes).toEqual([
      {
        kind: 'contacts',
        id: 'a',
        title: 'Telefonnummer',
        change: 'changed',
        fields: [
          { path: 'contacts.nattpatrull.number', before: '+46701740605', after: '+46701740606' },
        ],
      },
    ])
  })

  it('tells added and removed documents', () => {
    const [a, b] = [document('a', contacts('1')), document('b', contacts('1'))]
    expect(diffDocuments([a], [b]).map(({ id, change }) => [id, change])).toEqual([
      ['b', 'added'],
      ['a', 'removed'],
    ])
    expect(diffDocuments([a], [a])).toEqual([])
  })

  it('tells entries added, removed, moved', () => {
    const before = contacts('1')
    const [first, second] = before.contacts
    const paths = (after: unknown) => diffFields(before, after).map(({ path }) => path)
    expect(paths({ ...before, contacts: [first] })).toEqual(['contacts.chef'])
    expect(paths({ ...before, contacts: [second, first] })).toEqual(['contacts'])
    expect(paths({ ...before, contacts: [first, second, { id: 'ny' }] })).toEqual(['contacts.ny'])
    expect(paths({ ...before, summary: 'ny' })).toEqual(['summary'])
    expect(paths({ contacts: before.contacts })).toEqual(['title'])
    expect(diffFields({ steps: [{ text: 'a' }] }, { steps: [{ text: 'b' }] })).toEqual([
      { path: 'steps.0.text', before: 'a', after: 'b' },
    ])
    expect(diffFields({ a: null }, { a: [] })).toHaveLength(1)
  })

  it('names a document by its title, else its id', () => {
    expect(titleOf({ id: 'a', body: { title: 'Rubrik' } })).toBe('Rubrik')
    expect(titleOf({ id: 'a', body: null })).toBe('a')
  })
})
