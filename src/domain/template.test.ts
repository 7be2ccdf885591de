import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPlans } from '#library/read-plans.ts'
import { adaptTemplate, makeTemplate, sayClient } from './template.ts'
import { validateDocument } from './validate-document.ts'

const folder = join(import.meta.dirname, '../../plans')
const files = new Map(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
)
const { documents } = readPlans(files)
const template = makeTemplate(documents)

describe('a template made of the example', () => {
  it('holds no number that somebody could call by mistake, but the national ones', () => {
    const text = JSON.stringify(template)
    expect(text).not.toMatch(/\+\d{6,}/)
    expect(text).toContain('"112"')
  })

  it('says of nothing that it was read, decided, approved, tried or printed', () => {
    for (const { kind, id, body } of template) {
      const fields = JSON.stringify(Object.keys(body))
      expect(fields, `${kind}/${id}`).not.toMatch(
        /reviewed|nextReview|approval|decided|checked|drills|"log"/,
      )
      expect(JSON.stringify(body['binder'] ?? {}), id).not.toContain('printed')
    }
  })

  it('has every routine, plan, tree and form, and nothing of what happened in the example', () => {
    const kinds = (kind: string) => documents.filter((one) => one.kind === kind).length
    for (const kind of ['routine', 'plan', 'phone-tree', 'form', 'contacts', 'exercise']) {
      expect(template.filter((one) => one.kind === kind).length, kind).toBe(kinds(kind))
    }
    expect(template.some(({ kind }) => ['situation', 'rota', 'organisation'].includes(kind))).toBe(
      false,
    )
  })

  it('is whole but for the numbers: with one in every place each document fits its schema', () => {
    const filled = structuredClone(template)
    for (const { kind, body } of filled) {
      const list = kind === 'contacts' ? body['contacts'] : []
      for (const one of list as Record<string, unknown>[]) one['number'] ??= '+46701740605'
    }
    for (const document of filled) {
      expect(validateDocument(document), `${document.department}/${document.id}`).toMatchObject({
        ok: true,
      })
    }
  })
})

describe('one’s own words', () => {
  const tes = template.find(({ id }) => id === 'tes-korlista')!

  it('stand in every text, and in no reference or id', () => {
    const [own] = adaptTemplate([tes], {
      words: new Map([
        ['TES', 'Lifecare'],
        ['tes', 'x'],
      ]),
    })
    const { systems, ...before } = tes.body
    expect(JSON.stringify(before)).toMatch(/\bTES\b/)
    expect(JSON.stringify(own!.body)).not.toMatch(/\bTES\b/)
    expect(own!.body['systems']).toEqual(systems)
    const references = (body: unknown) =>
      JSON.stringify(body).match(/"[a-z-]+\/[a-z-]+\/[a-z0-9-]+"/g)
    expect(references(own!.body)).toEqual(references(tes.body))
    expect(validateDocument(own!)).toMatchObject({ ok: true })
  })

  it('take whole words only, the longest first', () => {
    const document = { ...tes, body: { title: 'TES i mobilen: TESTA inte, TES.' } }
    const words = new Map([
      ['TES', 'A'],
      ['TES i mobilen', 'B'],
    ])
    expect(adaptTemplate([document], { words })[0]!.body['title']).toBe('B: TESTA inte, A.')
  })

  it('change nothing where there are none, nor the template itself', () => {
    const before = JSON.stringify(template)
    expect(adaptTemplate(template, { words: new Map() })).toEqual(template)
    adaptTemplate(template, { words: new Map([['TES', 'X']]) })
    expect(JSON.stringify(template)).toBe(before)
  })

  it('a name with marks of a pattern is taken as it is written', () => {
    const document = { ...tes, body: { title: 'Öppna A.B (2) nu' } }
    const words = new Map([['A.B (2)', '$&']])
    expect(adaptTemplate([document], { words })[0]!.body['title']).toBe('Öppna $& nu')
  })
})

describe('the word for whom one cares for', () => {
  it.each([
    [
      'Räkna: har varje brukare fått besök?',
      'Räkna: har varje kund fått besök?',
      'Räkna: har varje omsorgstagare fått besök?',
    ],
    [
      'Ring brukaren. Skriv brukarens namn.',
      'Ring kunden. Skriv kundens namn.',
      'Ring omsorgstagaren. Skriv omsorgstagarens namn.',
    ],
    [
      'Alla brukare som får insulin',
      'Alla kunder som får insulin',
      'Alla omsorgstagare som får insulin',
    ],
    [
      'Brukarna och brukarnas nycklar',
      'Kunderna och kundernas nycklar',
      'Omsorgstagarna och omsorgstagarnas nycklar',
    ],
    [
      'Det brukar gå. Ta brukarkortet.',
      'Det brukar gå. Ta brukarkortet.',
      'Det brukar gå. Ta brukarkortet.',
    ],
    ['Brukare utan telefon', 'Kunder utan telefon', 'Omsorgstagare utan telefon'],
  ])('%s', (text, customer, receiver) => {
    expect(sayClient(text, 'brukare')).toBe(text)
    expect(sayClient(text, 'kund')).toBe(customer)
    expect(sayClient(text, 'omsorgstagare')).toBe(receiver)
  })

  it('is said in every text of a template', () => {
    const own = adaptTemplate(template, { words: new Map(), client: 'kund' })
    const left = JSON.stringify(own).match(/\bbrukar(e|en|ens|na|nas)\b/gi) ?? []
    expect(JSON.stringify(template)).toMatch(/\bbrukaren\b/)
    expect(left).toEqual([])
  })
})
