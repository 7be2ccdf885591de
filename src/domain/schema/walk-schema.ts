import type * as v from 'valibot'

/**
 * The parts of a Valibot schema that say how a document is built. Read from the schemas themselves, so
 * that no second list of fields exists beside them.
 */
export interface SchemaPart {
  readonly type: string
  readonly entries?: Readonly<Record<string, SchemaPart>>
  readonly item?: SchemaPart
  readonly wrapped?: SchemaPart
  readonly default?: unknown
  readonly pipe?: readonly PipedPart[]
}
/** An action on a value, or the schema that a pipe was made of. */
interface PipedPart {
  readonly kind: string
  readonly type: string
  readonly pipe?: readonly PipedPart[]
}

/** The structure of a schema. */
export function schemaPart(schema: v.GenericSchema): SchemaPart {
  return schema as unknown as SchemaPart
}

/** The schema under any number of `optional`. */
export function unwrapSchema(part: SchemaPart): SchemaPart {
  let inner = part
  while (inner.wrapped !== undefined) inner = inner.wrapped
  return inner
}

/** The two fields of every object that speak about its other fields (see `entry.ts`). */
export const fieldsAboutFields: ReadonlySet<string> = new Set(['translations', 'secrecy'])

/** Text a person reads, or a list of such: a string of no fixed form. Only these are translated. */
export function isTranslatable(part: SchemaPart): boolean {
  const inner = unwrapSchema(part)
  if (inner.type === 'array') {
    return (
      inner.item !== undefined &&
      unwrapSchema(inner.item).type === 'string' &&
      isTranslatable(inner.item)
    )
  }
  return inner.type === 'string' && !hasForm(inner)
}

/** Whether a text must have a certain form; a pipe may be made of a pipe (`referenceTo`). */
function hasForm({ pipe = [] }: Pick<PipedPart, 'pipe'>): boolean {
  return pipe.some((part) => part.type === 'regex' || (part.kind === 'schema' && hasForm(part)))
}

/** A value of a document together with the schema of its place. */
export interface WalkedValue {
  part: SchemaPart
  value: unknown
  path: (string | number)[]
}

/**
 * Every value of a body that the schema knows, depth first, the body itself first. Unknown fields,
 * `translations` and `secrecy` are not entered. The body need not be valid: what has the wrong shape is
 * given but not entered.
 */
export function walkSchema(schema: SchemaPart, body: unknown): WalkedValue[] {
  const walked: WalkedValue[] = []
  const enter = (within: SchemaPart, value: unknown, path: (string | number)[]): void => {
    const part = unwrapSchema(within)
    walked.push({ part, value, path })
    if (part.entries !== undefined && isPlainObject(value)) {
      for (const field in part.entries) {
        if (fieldsAboutFields.has(field) || !Object.hasOwn(value, field)) continue
        const inner = part.entries[field]
        if (inner !== undefined && value[field] !== undefined)
          enter(inner, value[field], [...path, field])
      }
    } else if (part.item !== undefined && Array.isArray(value)) {
      for (let index = 0; index < value.length; index++)
        enter(part.item, value[index], [...path, index])
    }
  }
  enter(schema, body, [])
  return walked
}

/** An object with fields, not a list and not null. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
