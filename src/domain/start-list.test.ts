import { describe, expect, it } from 'vitest'
import { aDocument } from '../../tests/support/example-documents.ts'
import { firstNumbers } from './first-numbers.ts'
import { indexDocuments } from './resolve.ts'
import type { PlanBDocument } from './schema/document.ts'
import { startList } from './start-list.ts'

const routine = (department: string, id: string, name: string, group = 'it') =>
  aDocument('routine', { name, group }, { department, id })
const documents: PlanBDocument[] = [
  routine('gemensamt', 'vet-inte', 'Vet inte'),
  routine('gemensamt', 'skrivare', 'Skrivare'),
  routine('hemtjanst', 'tes', 'TES'),
  routine('hemtjanst', 'alarm', 'Ålarm'),
  routine('hemtjanst', 'zonen', 'Zonen'),
  routine('hemtjanst', 'el', 'El', 'power'),
  routine('bygg', 'bygglov', 'Bygglov'),
  aDocument('department', {
    order: ['hemtjanst/routine/tes', 'hemtjanst/routine/borta'],
    firstNumbers: [],
  }),
  aDocument(
    'department',
    { firstCard: 'gemensamt/routine/vet-inte', firstNumbers: ['gemensamt/contact/tib'] },
    { department: 'gemensamt' },
  ),
  aDocument(
    'contacts',
    {
      contacts: [
        { id: 'tib', title: 'TiB', number: '+46701740605' },
        { id: 'sos', title: 'SOS', number: '112' },
      ],
    },
    { department: 'gemensamt' },
  ),
]
const index = indexDocuments(documents)

describe('start list', () => {
  it('has the own routines in the set order, the rest by name, gemensamt’s after', () => {
    expect(startList(index, 'hemtjanst').items.map(({ routine: one }) => one.id)).toEqual([
      'tes',
      'el',
      'zonen',
      'alarm',
      'skrivare',
      'vet-inte',
    ])
  })

  it('groups them and leaves out empty groups', () => {
    const { groups } = startList(index, 'hemtjanst')
    expect(groups.map(({ group, items }) => [group, items.length])).toEqual([
      ['it', 5],
      ['power', 1],
    ])
    expect(groups[0]?.items.map(({ common }) => common)).toEqual([false, false, false, true, true])
  })

  it('knows the first card, the department’s or gemensamt’s', () => {
    const { firstCard, items } = startList(index, 'hemtjanst')
    expect(firstCard?.id).toBe('vet-inte')
    expect(items.filter((one) => one.firstCard).map(({ name }) => name)).toEqual([
      'gemensamt/routine/vet-inte',
    ])
    expect(startList(index, 'gemensamt').items).toHaveLength(2)
    expect(startList(indexDocuments([]), 'x')).toEqual({
      firstCard: undefined,
      items: [],
      groups: [],
    })
  })
})

describe('first numbers', () => {
  const titles = (of: PlanBDocument[], department = 'hemtjanst') =>
    firstNumbers(indexDocuments(of), department).map((one) =>
      one.kind === 'contact' ? one.contact.contact.title : one.number,
    )

  it('are the department’s, then 112', () => {
    const own = aDocument('department', {
      firstNumbers: ['gemensamt/contact/tib', 'gemensamt/contact/sos'],
    })
    expect(titles([...documents, own])).toEqual(['TiB', '112'])
  })

  it('are gemensamt’s where the department has none that exist, and 112 always', () => {
    expect(titles(documents)).toEqual(['TiB', '112'])
    const wrong = aDocument('department', { firstNumbers: ['hemtjanst/contact/borta'] })
    expect(titles([...documents, wrong])).toEqual(['TiB', '112'])
    expect(titles([])).toEqual(['112'])
  })
})
