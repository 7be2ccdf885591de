import * as v from 'valibot'
import { documentSchemas, type DocumentKind } from '#domain/schema/document.ts'
import { step } from '#domain/schema/routine.ts'
import { referenceKinds, type ReferenceKind } from '#domain/schema/values.ts'
import { schemaPart, unwrapSchema, type SchemaPart } from '#domain/schema/walk-schema.ts'
import { fieldName, type Place } from './place.ts'

/** What kind of value a field holds, and so how it is asked for. */
export type Shape =
  /** `code` is text of a fixed form no person reads as a sentence. */
  | { is: 'line' | 'prose' | 'code' | 'identifier' | 'day' | 'instant' | 'clock' | 'duration' }
  | { is: 'phone' | 'number' | 'yes-no' | 'lines' | 'numbers' | 'identifiers' | 'steps' }
  | { is: 'pick' | 'picks'; options: readonly string[] }
  | { is: 'reference' | 'references'; kinds: readonly ReferenceKind[] }
  | { is: 'list' | 'group'; fields: readonly string[] }

export interface FieldShape {
  shape: Shape
  /** May be left out altogether. */
  isOptional: boolean
  /** What stands there where it is left out; undefined where nothing does. */
  standard?: unknown
}

/** The shape of a field, read from the schema of its kind; undefined for a field the schema does not know. */
export function fieldShape(kind: DocumentKind, place: Place): FieldShape | undefined {
  const key = `${kind}/${fieldName(place)}`
  if (!shapes.has(key)) shapes.set(key, findShape(kind, fieldName(place)))
  return shapes.get(key)
}
const shapes = new Map<string, FieldShape | undefined>()

/** The fields of a body, or of an object within it, in the schema's order. */
export function fieldsOf(kind: DocumentKind, place: Place): readonly string[] {
  if (place === '') return ownFields(schemaPart(documentSchemas[kind]))
  const shape = fieldShape(kind, place)?.shape
  return shape?.is === 'list' || shape?.is === 'group' ? shape.fields : []
}

function findShape(kind: DocumentKind, name: string): FieldShape | undefined {
  let part: SchemaPart | undefined = schemaPart(documentSchemas[kind])
  for (const field of name.split('/')) {
    const outer: SchemaPart = insideOf(part)
    part = outer.entries !== undefined && Object.hasOwn(outer.entries, field) ? outer.entries[field] : undefined // prettier-ignore
    if (part === undefined) return undefined
  }
  const { isOptional, standard } = optionOf(part)
  return { shape: shapeOf(part), isOptional, ...(standard === undefined ? {} : { standard }) }
}

/** The object a field of which is asked for: through `optional`, and into the entries of a list. */
function insideOf(part: SchemaPart): SchemaPart {
  const inner = unwrapSchema(part)
  return inner.item === undefined ? inner : unwrapSchema(inner.item)
}

function optionOf(part: SchemaPart): { isOptional: boolean; standard: unknown } {
  return { isOptional: part.type === 'optional', standard: part.default }
}

function shapeOf(part: SchemaPart): Shape {
  const inner = unwrapSchema(part)
  if (inner.entries !== undefined) return { is: 'group', fields: ownFields(inner) }
  if (inner.item !== undefined) return listShape(unwrapSchema(inner.item))
  if (inner.type === 'boolean') return { is: 'yes-no' }
  if (inner.type === 'number') return { is: 'number' }
  if (inner.type === 'picklist') return { is: 'pick', options: optionsOf(inner) }
  return textShape(inner)
}

function listShape(item: SchemaPart): Shape {
  if (isStep(item)) return { is: 'steps' }
  if (item.entries !== undefined) return { is: 'list', fields: ownFields(item) }
  const inner = shapeOf(item)
  if (inner.is === 'reference') return { is: 'references', kinds: inner.kinds }
  if (inner.is === 'pick') return { is: 'picks', options: inner.options }
  if (inner.is === 'number') return { is: 'numbers' }
  return { is: inner.is === 'identifier' ? 'identifiers' : 'lines' }
}

/** An example of each form of text; what takes it has that form. */
const examples = [
  ['day', '2026-03-12'],
  ['instant', '2026-03-12T14:20Z'],
  ['clock', '07:00'],
  ['duration', '4 h'],
  ['phone', '+46701740605'],
] as const

function textShape(part: SchemaPart): Shape {
  if (part.pipe?.some(({ type }) => type === 'regex' || type === 'check') !== true)
    return { is: fits(part, 'x'.repeat(1000)) ? 'prose' : 'line' }
  const kinds = referenceKinds.filter((kind) => fits(part, `a/${kind}/b`))
  if (kinds.length > 0) return { is: 'reference', kinds }
  const form = examples.find(([, text]) => fits(part, text))?.[0]
  // A day is no identifier, but it would pass for one.
  if (form !== undefined && !fits(part, 'a')) return { is: form }
  return { is: fits(part, 'a') ? 'identifier' : 'code' }
}

function isStep(part: SchemaPart): boolean {
  return part === unwrapSchema(schemaPart(step))
}

function ownFields(part: SchemaPart): string[] {
  const { entries } = insideOf(part)
  return Object.keys(entries ?? {}).filter((field) => field !== 'translations' && field !== 'secrecy') // prettier-ignore
}

function optionsOf(part: SchemaPart): readonly string[] {
  return (part as SchemaPart & { options?: readonly string[] }).options ?? []
}

function fits(part: SchemaPart, value: string): boolean {
  return v.is(part as unknown as v.GenericSchema, value)
}
