import { describe, expect, it } from 'vitest'
import { aDocument } from '../../tests/support/example-documents.ts'
import { indexDocuments } from './resolve.ts'

const tib = { id: 'tib', title: 'Tjänsteman i beredskap', number: '+46701740605' }
const index = indexDocuments([
  aDocument('routine'),
  aDocument('routine', {}, { id: 'tva', department: 'gemensamt' }),
  aDocument('contacts', { contacts: [tib] }),
  aDocument('department'),
  aDocument('systems', {
    systems: [{ id: 'tes', title: 'TES', purpose: 'Körlistor', owner: 'Hemtjänst' }],
  }),
  aDocument('department', {}, { department: 'bygg' }),
  aDocument('organisation'),
])

describe('documents by name', () => {
  it('finds documents, contacts and systems', () => {
    expect(index.get('hemtjanst/routine/ett')?.id).toBe('ett')
    expect(index.get('hemtjanst/routine/nej')).toBe(undefined)
    expect(index.getOf('routine', 'hemtjanst/routine/ett')?.body.group).toBe('it')
    expect(index.getOf('plan', 'hemtjanst/routine/ett')).toBe(undefined)
    expect(index.contact('hemtjanst/contact/tib')?.contact.number).toBe('+46701740605')
    expect(index.get('hemtjanst/contact/tib')?.kind).toBe('contacts')
    expect(index.contact('gemensamt/contact/tib')).toBe(undefined)
    expect(index.system('tes')?.title).toBe('TES')
    expect(index.department('hemtjanst')?.body.title).toBe('Hemtjänst')
  })

  it('lists by kind and department, and departments in the organisation’s order', () => {
    expect(index.ofKind('routine').map(({ id }) => id)).toEqual(['ett', 'tva'])
    expect(index.ofKind('routine', 'gemensamt').map(({ id }) => id)).toEqual(['tva'])
    expect(index.departmentIds()).toEqual(['gemensamt', 'hemtjanst', 'bygg'])
    expect(index.contacts('gemensamt')).toEqual([])
  })

  it('takes the later of two with one name', () => {
    const two = indexDocuments([aDocument('routine'), aDocument('routine', { title: 'Ny' })])
    expect(two.ofKind('routine').map(({ body }) => body.title)).toEqual(['Ny'])
  })
})
