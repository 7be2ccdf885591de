import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPlans } from '#library/read-plans.ts'
import { writePlans } from '#library/write-plans.ts'
import { chooseTemplates, type Existing } from './template-set.ts'
import { makeTemplate, type TemplateDocument } from './template.ts'
import { validateDocument } from './validate-document.ts'
import type { PlanBDocument } from './schema/document.ts'

const folder = join(import.meta.dirname, '../../plans')
const files = new Map(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
)
const library = makeTemplate(readPlans(files).documents)
const nothingYet: Existing = [
  {
    department: 'gemensamt',
    kind: 'organisation',
    id: 'organisation',
    body: { title: 'Ås kommun', coordinator: 'Beredskapssamordnare', departments: ['gemensamt'] },
  },
  {
    department: 'gemensamt',
    kind: 'department',
    id: 'department',
    body: { title: 'Gemensamt', firstNumbers: [] },
  },
]
const choice = {
  from: 'hemtjanst',
  id: 'hemtjanst-as',
  title: 'Hemtjänsten i Ås',
  words: new Map<string, string>(),
}

/** Every contact and place with a number: what a coordinator does before publishing. */
function filled(documents: readonly TemplateDocument[]): PlanBDocument[] {
  return structuredClone(documents).map((document) => {
    const { contacts = [], positions = [] } = document.body as Record<
      string,
      Record<string, unknown>[] | undefined
    >
    if (document.kind === 'contacts')
      for (const contact of contacts) contact['number'] ??= '+46701740605'
    if (document.kind === 'phone-tree')
      for (const position of positions)
        if (position['contact'] === undefined) position['number'] ??= '+46701740606'
    const validated = validateDocument(document)
    if (!validated.ok) throw new Error(`${document.department}/${document.kind}/${document.id}`)
    return validated.document
  })
}

describe('a department taken from the library', () => {
  for (const from of ['hemtjanst', 'hemsjukvard', 'krisledning', 'trygghetslarm']) {
    it(`${from}: with numbers filled in it is a whole plan, which nothing in it points out of`, () => {
      const { own, common } = chooseTemplates(library, { ...choice, from }, nothingYet)
      const names = new Set(common.map(({ kind, id }) => `${kind}/${id}`))
      const all = [
        ...own,
        ...common,
        ...nothingYet.filter(({ kind, id }) => !names.has(`${kind}/${id}`)),
      ]
      const texts = writePlans(filled(all as TemplateDocument[]))
      texts.set(
        'gemensamt/contacts.yaml',
        texts.get('gemensamt/contacts.yaml') ?? 'title: Kontakter\ncontacts: []\n',
      )
      const { problems } = readPlans(texts)
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
      expect(JSON.stringify(own)).not.toContain(`"${from}/`)
    })
  }

  it('has its own name and title, and stands in the list of departments', () => {
    const { own, common } = chooseTemplates(library, choice, nothingYet)
    expect(own.find(({ kind }) => kind === 'department')?.body['title']).toBe('Hemtjänsten i Ås')
    expect(new Set(own.map(({ department }) => department))).toEqual(new Set(['hemtjanst-as']))
    const organisation = common.find(({ kind }) => kind === 'organisation')
    expect(organisation?.body['departments']).toEqual(['gemensamt', 'hemtjanst-as'])
  })

  it('brings of what all share what it needs, and nothing else', () => {
    const { common } = chooseTemplates(library, choice, nothingYet)
    const names = common.map(({ kind, id }) => `${kind}/${id}`)
    expect(names).toContain('routine/jag-vet-inte')
    expect(names.length).toBeLessThan(
      library.filter(({ department }) => department === 'gemensamt').length,
    )
  })

  it('leaves what is here as it is, and adds to lists at their end', () => {
    const mine = { id: 'tes', title: 'Vårt TES', names: ['TES'], purpose: 'Planering', owner: 'Vi' }
    const here: Existing = [
      ...nothingYet,
      {
        department: 'gemensamt',
        kind: 'systems',
        id: 'systems',
        body: { title: 'Våra', systems: [mine], own: 1 },
      },
      { department: 'gemensamt', kind: 'routine', id: 'jag-vet-inte', body: { title: 'Vår egen' } },
    ]
    const { common } = chooseTemplates(library, choice, here)
    expect(common.some(({ id }) => id === 'jag-vet-inte')).toBe(false)
    const systems = common.find(({ kind }) => kind === 'systems')!.body
    expect(systems['systems']).toHaveProperty('0', mine)
    expect(systems).toMatchObject({ title: 'Våra', own: 1 })
    const ids = (systems['systems'] as { id: string }[]).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('taken twice changes nothing of what all share the second time', () => {
    const { common } = chooseTemplates(library, choice, nothingYet)
    const names = new Set(common.map(({ kind, id }) => `${kind}/${id}`))
    const here = [...nothingYet.filter(({ kind, id }) => !names.has(`${kind}/${id}`)), ...common]
    expect(chooseTemplates(library, choice, here).common).toEqual([])
  })
})
