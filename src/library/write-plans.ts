import { Document, isScalar, Scalar, visit } from 'yaml'
import { documentSchemas, type PlanBDocument } from '#domain/schema/document.ts'
import {
  isPlainObject,
  schemaPart,
  unwrapSchema,
  type SchemaPart,
} from '#domain/schema/walk-schema.ts'
import { planPath } from './plan-path.ts'

/**
 * Documents as YAML texts by path, the reverse of `readPlans`: fields in the order of the schema, unknown
 * ones of a newer version after them, defaults left out. The same documents always give the same texts,
 * and reading them gives the same documents.
 */
export function writePlans(documents: readonly PlanBDocument[]): Map<string, string> {
  const sorted = documents.map((one) => [planPath(one), writePlan(one)] as const)
  return new Map(sorted.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** One document as YAML text. */
export function writePlan({ kind, body }: PlanBDocument): string {
  const yaml = new Document(inOrder(schemaPart(documentSchemas[kind]), body))
  visit(yaml, {
    Scalar(key, node) {
      // Other YAML readers take dates, times and numbers for something else than text.
      if (key !== 'key' && isScalar(node) && looksLikeNumber(node.value))
        node.type = Scalar.QUOTE_DOUBLE
    },
  })
  return yaml.toString({ lineWidth: 100, flowCollectionPadding: false })
}

function looksLikeNumber(value: unknown): boolean {
  return typeof value === 'string' && /^[+-]?[0-9][0-9.:,T_Z+-]*$/.test(value)
}

function inOrder(schema: SchemaPart, value: unknown): unknown {
  const part = unwrapSchema(schema)
  const { item, entries } = part
  if (item !== undefined && Array.isArray(value)) return value.map((one) => inOrder(item, one))
  if (entries === undefined || !isPlainObject(value)) return value
  const known = Object.keys(entries).filter((field) => Object.hasOwn(value, field))
  const unknown = Object.keys(value).filter((field) => !Object.hasOwn(entries, field))
  const ordered: Record<string, unknown> = {}
  for (const field of [...known, ...unknown]) {
    const inner = entries[field]
    if (value[field] === undefined || (inner !== undefined && isDefault(inner, value[field])))
      continue
    ordered[field] = inner === undefined ? value[field] : inOrder(inner, value[field])
  }
  return ordered
}

/** Defaults of the schemas are numbers, true or false, and empty lists. */
function isDefault(part: SchemaPart, value: unknown): boolean {
  const { default: usual } = part
  if (Array.isArray(usual)) return usual.length === 0 && Array.isArray(value) && value.length === 0
  return usual !== undefined && usual === value
}
