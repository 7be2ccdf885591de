import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aDocument } from '../../tests/support/example-documents.ts'
import { documentKinds, type PlanBDocument } from '#domain/schema/document.ts'
import { parsePlanPath, planPath } from './plan-path.ts'
import { readPlans } from './read-plans.ts'
import { writePlan, writePlans } from './write-plans.ts'

const readBack = (documents: PlanBDocument[]) => readPlans(writePlans(documents)).documents

describe('written plans', () => {
  it.each(documentKinds)('a %s lies where its path says', (kind) => {
    const { department, id } = aDocument(kind)
    expect(parsePlanPath(planPath({ department, kind, id }))).toEqual({
      ok: true,
      name: { department, kind, id },
    })
  })

  it('read back to the same documents', () => {
    const documents = documentKinds.map((kind) => aDocument(kind) as PlanBDocument)
    expect(new Set(readBack(documents))).toEqual(new Set(documents))
  })

  it('have fields in the order of the schema, unknown ones last, and no defaults', () => {
    const document = aDocument('contacts', {
      colour: 'röd',
      contacts: [{ number: '112', title: 'SOS', id: 'sos', private: false }],
      checked: { role: 'Chef', on: '2026-03-12' },
    })
    expect(writePlan(document)).toBe(`title: Kontakter
checked:
  on: "2026-03-12"
  role: Chef
contacts:
  - id: sos
    title: SOS
    number: "112"
    private: false
colour: röd
`)
  })

  it('are the same whatever order documents and fields came in', () => {
    const documents = [aDocument('routine'), aDocument('contacts')]
    const turned = documents.toReversed().map((one) => ({
      ...one,
      body: Object.fromEntries(Object.entries(one.body).toReversed()),
    })) as unknown as PlanBDocument[]
    expect([...writePlans(turned)]).toEqual([...writePlans(documents)])
  })

  it('keep every text, however it looks', () => {
    const awkward = fc.constantFrom(
      ': ',
      ' #',
      '- ',
      '"',
      "'",
      '\n',
      '\\',
      '|',
      '>',
      '%',
      '@',
      '`',
      '&a',
      '*a',
      '!t',
      '---',
      'null',
      'yes',
      '1e3',
      '~',
      '[',
      '{',
      '\u2028',
      '\u0085',
      '\u200f',
      '😀',
      'å',
      ' ',
    )
    const texts = fc
      .array(fc.oneof(awkward, fc.string({ maxLength: 8 })), { minLength: 1, maxLength: 12 })
      .map((parts) =>
        parts
          .join('')
          .replace(/(?![\n\t])\p{Cc}|\ufffd/gu, '')
          .trim(),
      )
      .filter((text) => text.length > 0)
    fc.assert(
      fc.property(texts, texts, fc.integer({ min: 0, max: 90 }), (text, key, times) => {
        const long = `${text}${' ord'.repeat(times)}`.slice(0, 390).trim()
        const routine = aDocument('routine', {
          harm: [long, text],
          notes: long,
          later: { [key]: text },
          translations: { en: { title: text } },
        })
        expect(readBack([routine])).toEqual([routine])
      }),
      { numRuns: 400 },
    )
  })
})
