import type { PlanBDocument } from '#domain/schema/document.ts'
import { documentName } from '#domain/schema/document.ts'
import { ownValue, sameJson } from '#trust/json.ts'

/** One field that differs. `path` has dots; entries of a list that have an id are named by it. */
export interface FieldChange {
  path: string
  before: unknown
  after: unknown
}

/** What happened to one document between two releases. */
export interface DocumentChange {
  kind: string
  id: string
  title: string
  change: 'added' | 'changed' | 'removed'
  fields: FieldChange[]
}

type Comparable = Pick<PlanBDocument, 'department' | 'kind' | 'id'> & { body: unknown }

/** What changed from one set of documents to another, in which document and which fields. */
export function diffDocuments(
  before: readonly Comparable[],
  after: readonly Comparable[],
): DocumentChange[] {
  const beforeByName = new Map(before.map((document) => [documentName(document), document]))
  const afterNames = new Set(after.map(documentName))
  const changes: DocumentChange[] = []
  for (const document of after) {
    const old = beforeByName.get(documentName(document))
    const fields = old ? diffFields(old.body, document.body) : []
    if (old && fields.length === 0) continue
    changes.push({ ...label(document), change: old ? 'changed' : 'added', fields })
  }
  for (const document of before) {
    if (!afterNames.has(documentName(document))) {
      changes.push({ ...label(document), change: 'removed', fields: [] })
    }
  }
  return changes
}

/** Which fields differ between two bodies of a document. */
export function diffFields(before: unknown, after: unknown): FieldChange[] {
  const changes: FieldChange[] = []
  collect(before, after, '', changes)
  return changes
}

/** The title a document carries; its id where it has none. */
export function titleOf(document: { id: string; body: unknown }): string {
  const title = isObject(document.body) ? ownValue(document.body, 'title') : undefined
  return typeof title === 'string' ? title.slice(0, 400) : document.id
}

function collect(before: unknown, after: unknown, path: string, changes: FieldChange[]): void {
  if (sameJson(before, after)) return
  const [left, right] = [fieldsOf(before), fieldsOf(after)]
  if (!left || !right) {
    changes.push({ path, before, after })
    return
  }
  const keys = new Set([...left.keys(), ...right.keys()])
  const count = changes.length
  for (const key of keys) {
    collect(left.get(key), right.get(key), path ? `${path}.${key}` : key, changes)
  }
  // The same entries in another order: nothing inside differs, the list itself does.
  if (changes.length === count) changes.push({ path, before, after })
}

/** An object's fields by name, a list's entries by id or number; undefined for anything else. */
function fieldsOf(value: unknown): Map<string, unknown> | undefined {
  if (Array.isArray(value)) {
    const ids = value.map((entry: unknown) => (isObject(entry) ? ownValue(entry, 'id') : undefined))
    const named = ids.every((id) => typeof id === 'string') && new Set(ids).size === ids.length
    return new Map(value.map((entry: unknown, i) => [named ? String(ids[i]) : String(i), entry]))
  }
  return isObject(value) ? new Map(Object.entries(value)) : undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function label(document: Comparable) {
  return { kind: document.kind, id: document.id, title: titleOf(document) }
}
