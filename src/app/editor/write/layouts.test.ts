import { describe, expect, it } from 'vitest'
import { writeSv } from '#i18n/write-sv.ts'
import { documentKinds, type DocumentKind } from '#domain/schema/document.ts'
import { fieldShape, fieldsOf } from './field-shape.ts'
import { layouts, leftOver, madeFields } from './layouts.ts'
import { within } from './place.ts'

/** Every field a kind has, down to the last, by name. */
function allFields(kind: DocumentKind, place = ''): string[] {
  return fieldsOf(kind, place).flatMap((field) => {
    const at = within(place, field)
    return [at, ...allFields(kind, at)]
  })
}

describe.each(documentKinds)('the page of %s', (kind) => {
  const layout = layouts[kind]
  const placed = [
    ...layout.head,
    ...[...layout.main, ...layout.aside, ...layout.below].flatMap((part) => part.fields),
  ]

  it('has a place for every field, and names none that is none', () => {
    expect(leftOver(layout, fieldsOf(kind, ''))).toEqual([])
    expect(placed.filter((field) => fieldShape(kind, field) === undefined)).toEqual([])
    expect(new Set(placed).size).toBe(placed.length)
  })

  it('has a Swedish name for every field', () => {
    const labels: Record<string, string> = {
      ...writeSv.label[kind],
      ...Object.fromEntries(Object.keys(writeSv.label.phase).map((field) => [field, 'x'])),
    }
    const unnamed = allFields(kind).filter((field) => {
      const last = field.split('/').at(-1) ?? ''
      return !madeFields.has(last) && labels[field] === undefined && !field.startsWith('phases/')
    })
    expect(unnamed).toEqual([])
  })
})

describe('the shape of a field', () => {
  it.each([
    ['routine', 'title', 'line'],
    ['routine', 'notes', 'prose'],
    ['routine', 'phases/minutes15/steps', 'steps'],
    ['routine', 'phases/hour1/steps/3/who', 'line'],
    ['routine', 'group', 'pick'],
    ['routine', 'answers', 'numbers'],
    ['routine', 'escalation/0/call', 'references'],
    ['routine', 'nextReview', 'day'],
    ['plan', 'mtpd', 'duration'],
    ['plan', 'dependencies/2/system', 'identifier'],
    ['plan', 'dependencies/2/routine', 'reference'],
    ['contacts', 'contacts', 'list'],
    ['contacts', 'contacts/0/number', 'phone'],
    ['contacts', 'contacts/0/direct', 'yes-no'],
    ['department', 'shiftLists/0/at', 'clock'],
    ['situation', 'since', 'instant'],
    ['systems', 'systems/0/needs', 'picks'],
    ['form', 'serialPrefix', 'code'],
    ['exercise', 'uses', 'references'],
  ] as const)('%s %s is %s', (kind, place, shape) => {
    expect(fieldShape(kind, place)?.shape.is).toBe(shape)
  })

  it('knows what may be left out, and what then stands there', () => {
    expect(fieldShape('routine', 'harm')).toMatchObject({ isOptional: true, standard: [] })
    expect(fieldShape('routine', 'notes')).toMatchObject({ isOptional: true })
    expect(fieldShape('routine', 'title')?.isOptional).toBe(false)
    expect(fieldShape('routine', 'fax')).toBeUndefined()
    expect(fieldShape('rota', 'phoneTree')?.shape).toMatchObject({ kinds: ['phone-tree'] })
  })
})
