import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aDocument } from '../../tests/support/example-documents.ts'
import { documentKinds } from './schema/document.ts'
import { validateDocument } from './validate-document.ts'

const problems = (input: unknown) => {
  const validated = validateDocument(input)
  return validated.ok
    ? []
    : validated.problems.map(({ code, path, message }) => [code, path.join('.'), message])
}
const routine = (more: object) => {
  const document = aDocument('routine')
  return { ...document, body: { ...document.body, ...more } }
}

describe('a document at the edge', () => {
  it.each(documentKinds)('takes a %s and fills in defaults', (kind) => {
    expect(validateDocument(aDocument(kind))).toEqual({ ok: true, document: aDocument(kind) })
  })

  it.each([
    [null, 'not-a-document'],
    [{ kind: 'plan' }, 'not-a-document'],
    [{ department: 'hemtjanst', kind: 'poem', id: 'x', body: {} }, 'unknown-kind'],
    [{ department: 'hemtjanst', kind: 'toString', id: 'x', body: {} }, 'unknown-kind'],
    [{ department: 'Hemtjänst', kind: 'plan', id: 'x', body: {} }, 'bad-name'],
    [{ department: 'hemtjanst', kind: 'plan', id: '../x', body: {} }, 'bad-name'],
    [{ department: 'hemtjanst', kind: 'contacts', id: 'x', body: {} }, 'bad-name'],
    [{ department: 'hemtjanst', kind: 'systems', id: 'systems', body: {} }, 'bad-name'],
  ])('refuses %j as %s', (input, code) => {
    expect(problems(input).map(([found]) => found)).toEqual([code])
  })

  it('says everything that is wrong with a body, where and how', () => {
    expect(
      problems(
        routine({ title: 7, summary: undefined, group: 'moln', aliases: 'TES', harm: [''] }),
      ),
    ).toEqual([
      ['wrong-type', 'title', 'must be text'],
      ['missing-field', 'summary', 'is missing'],
      ['wrong-type', 'aliases', 'must be a list'],
      [
        'bad-value',
        'group',
        'must be "it" or "phone" or "power" or "staff" or "premises" or "other"',
      ],
      ['bad-value', 'harm.0', 'is empty'],
    ])
    expect(problems(routine({ reviewed: { on: '2026-02-31', role: 'Chef' } }))).toEqual([
      ['bad-value', 'reviewed.on', 'is no day in the calendar'],
    ])
    expect(problems({ ...routine({}), body: 'text' })).toEqual([
      ['wrong-type', '', 'must be an object with fields'],
    ])
  })

  it('keeps what a newer version wrote', () => {
    const validated = validateDocument(routine({ colour: 'red' }))
    expect(validated).toMatchObject({ ok: true, document: { body: { colour: 'red' } } })
  })

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.constantFrom(...documentKinds), fc.anything(), (kind, body) => {
        validateDocument(body)
        validateDocument({ department: 'gemensamt', kind, id: kind, body })
      }),
    )
  })
})
