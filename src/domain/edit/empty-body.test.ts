import { describe, expect, it } from 'vitest'
import { documentKinds, documentSchemas } from '../schema/document.ts'
import { schemaPart, unwrapSchema } from '../schema/walk-schema.ts'
import { isIdentifier, validateDocument } from '../validate-document.ts'
import { emptyBody } from './empty-body.ts'
import { findReferences } from './find-references.ts'
import { asIdentifier, newId } from './new-id.ts'

const start = { title: 'När TES inte fungerar', department: 'gemensamt' }

describe('a new document', () => {
  it.each(documentKinds)('of kind %s has its title and every list', (kind) => {
    const body = emptyBody(kind, start)
    expect(body.title).toBe(start.title)
    for (const [field, part] of Object.entries(schemaPart(documentSchemas[kind]).entries ?? {})) {
      if (unwrapSchema(part).type === 'array') expect(body[field], field).toBeInstanceOf(Array)
    }
  })
  it.each(documentKinds)('of kind %s lacks only what somebody must write', (kind) => {
    const id = ['organisation', 'systems', 'department', 'contacts'].includes(kind) ? kind : 'ny'
    const result = validateDocument({
      department: 'gemensamt',
      kind,
      id,
      body: emptyBody(kind, start),
    })
    const problems = result.ok ? [] : result.problems
    const wrong = problems.filter(({ code, received, message }) => {
      const isBlank =
        code === 'bad-value' &&
        (received === '""' || /is empty|^has no|needs at least/.test(message))
      return !isBlank && received !== '""' && !(message.startsWith('must be') && received === '""')
    })
    expect(wrong).toEqual([])
  })
  it('has a prefix for its serial numbers, and a situation its time', () => {
    expect(emptyBody('form', { ...start, title: 'Anteckning vid besök' }).serialPrefix).toBe('AVB')
    expect(emptyBody('form', { ...start, title: 'Ärendelogg' }).serialPrefix).toBe('ARE')
    const now = new Date('2026-03-12T18:00:00Z')
    expect(emptyBody('situation', { ...start, now }).since).toBe('2026-03-12T18:00:00.000Z')
  })
})

describe('newId', () => {
  it('is made of the title, unlike those taken', () => {
    expect(newId('När TES är nere', [])).toBe('nar-tes-ar-nere')
    expect(newId('När TES är nere', ['nar-tes-ar-nere', 'nar-tes-ar-nere-2'])).toBe(
      'nar-tes-ar-nere-3',
    )
    expect(newId('Øystein & Æsop', [])).toBe('oystein-aesop')
    expect(newId('…', [])).toBe('namnlos')
  })
  it('is at most 64 characters, and always an identifier', () => {
    const long = `${'ord '.repeat(30)}`
    const first = newId(long, [])
    expect(first.length).toBeLessThanOrEqual(64)
    const second = newId(long, [first])
    expect(second.length).toBeLessThanOrEqual(64)
    for (const id of [first, second, asIdentifier('--a--'), asIdentifier('🚑')])
      expect(isIdentifier(id)).toBe(true)
  })
})

describe('findReferences', () => {
  it('finds contacts, forms and routines by name, in bodies that fit no schema too', () => {
    const a = 'hemtjanst/contact/a'
    const documents = [
      {
        department: 'hemtjanst',
        kind: 'routine',
        id: 'tes',
        body: {
          phases: {
            minutes15: {
              steps: [
                { text: a, call: [a] },
                { call: 'x', form: 'hemtjanst/form/f' },
              ],
            },
          },
          escalation: [{ call: [a] }],
        },
      },
      {
        department: 'hemtjanst',
        kind: 'department',
        id: 'department',
        body: { firstNumbers: ['x', a] },
      },
      { department: 'hemtjanst', kind: 'later', id: 'x', body: { firstNumbers: [a] } },
    ]
    expect(findReferences(documents, a)).toEqual([
      { name: 'hemtjanst/routine/tes', path: ['phases', 'minutes15', 'steps', 0, 'call', 0] },
      { name: 'hemtjanst/routine/tes', path: ['escalation', 0, 'call', 0] },
      { name: 'hemtjanst/department/department', path: ['firstNumbers', 1] },
    ])
    expect(findReferences(documents, 'hemtjanst/form/f')).toHaveLength(1)
  })
})
