import type { PlanBDocument } from './schema/document.ts'
import { isPlainObject } from './schema/walk-schema.ts'

/** The ground on which private numbers are left out where nobody named another (offentlighets- och sekretesslagen). */
export const privateNumberGround = 'OSL 39:3'

export interface OmittedField {
  path: (string | number)[]
  /** The legal ground that was given. */
  ground: string
}

/**
 * A document as it may be handed out ("offentlig version"). It need no longer fit its schema: a field
 * that is left out may be one that every such document has.
 */
export interface OpenExtract {
  department: string
  kind: PlanBDocument['kind']
  id: string
  body: Record<string, unknown>
  /** What was left out, so that the extract can say so and on which ground. */
  omitted: OmittedField[]
}

/** Fields that hold the number of whoever is marked `private`. */
const numberFields = ['number', 'second'] as const

/**
 * The open extract of a document: without the fields its `secrecy` marks name, in any language, and
 * without numbers marked `private` even where nobody marked them secret.
 */
export function openExtract(document: PlanBDocument): OpenExtract {
  const omitted: OmittedField[] = []
  const body = extractValue(document.body, [], omitted)
  const { department, kind, id } = document
  return { department, kind, id, body: body as Record<string, unknown>, omitted }
}

function extractValue(value: unknown, path: (string | number)[], omitted: OmittedField[]): unknown {
  if (Array.isArray(value))
    return value.map((one, index) => extractValue(one, [...path, index], omitted))
  if (!isPlainObject(value)) return value
  const grounds = groundsOf(value)
  const open: Record<string, unknown> = {}
  for (const [field, inner] of Object.entries(value)) {
    const ground = grounds.get(field)
    if (field === 'secrecy') continue
    if (ground !== undefined) omitted.push({ path: [...path, field], ground })
    else if (field === 'translations') open[field] = withoutFields(inner, grounds)
    else open[field] = extractValue(inner, [...path, field], omitted)
  }
  return open
}

function groundsOf(value: Record<string, unknown>): Map<string, string> {
  const grounds = new Map<string, string>()
  if (value.private === true) {
    for (const field of numberFields) grounds.set(field, privateNumberGround)
  }
  if (isPlainObject(value.secrecy)) {
    for (const [field, ground] of Object.entries(value.secrecy)) grounds.set(field, String(ground))
  }
  return grounds
}

/** A translation says the same as the field: it goes with it. */
function withoutFields(translations: unknown, grounds: Map<string, string>): unknown {
  if (!isPlainObject(translations)) return undefined
  return Object.fromEntries(
    Object.entries(translations).map(([language, texts]) => [
      language,
      isPlainObject(texts)
        ? Object.fromEntries(Object.entries(texts).filter(([field]) => !grounds.has(field)))
        : {},
    ]),
  )
}
