import {
  commonDepartment,
  documentName,
  documentSchemas,
  type DocumentKind,
} from '../schema/document.ts'
import { isPlainObject, isTranslatable, schemaPart, walkSchema } from '../schema/walk-schema.ts'
import { withoutDone } from '../template.ts'
import { removeAt, setAt, type Path } from './change-at.ts'
import { newId } from './new-id.ts'
import type { EditedDocument } from './find-references.ts'

/** What a document can be copied of: the others are one for each department, or say what has happened. */
export const copiedKinds: ReadonlySet<string> = new Set<DocumentKind>([
  'routine',
  'plan',
  'form',
  'exercise',
])

export interface CopiedDocument {
  /** The copy, first, and the paper forms it brings along. */
  documents: (EditedDocument & { body: Record<string, unknown> })[]
  /** Numbers it brings along, for the department's list. */
  contacts: Record<string, unknown>[]
  /** Names of what it pointed at and does not point at any more: `hemtjanst/routine/tes`. */
  left: string[]
}

/**
 * A document for another department. What it says that somebody has done (read through, approved, exercised)
 * does not go along, as in a template. A department may point at its own and at what all share only
 * (decision 0001), so of what it points at
 *
 * - what all share stays;
 * - what the other department has too is pointed at there: under the same id, a number under any;
 * - numbers and paper forms come along, since a step is nothing without them;
 * - everything else is left, and told.
 *
 * @param from as it is written now; its body need not fit its schema
 * @param to another department, or its own: then everything it points at stays
 * @param all everything both departments have and all share
 */
export function copyDocument(
  from: EditedDocument,
  to: string,
  all: readonly EditedDocument[],
): CopiedDocument {
  const copied: CopiedDocument = { documents: [], contacts: [], left: [] }
  const names = new Map(all.map((document) => [documentName(document), document]))
  const own = contactsOf(names, to)
  const brought = new Map<string, string>()
  const taken = new Set(
    all.filter(({ department }) => department === to).map(({ kind, id }) => `${kind}/${id}`),
  )
  const contactIds = new Set(own.map(({ id }) => String(id)))

  const idFor = (kind: string, id: string): string => {
    const used = [...taken].flatMap((name) => (name.startsWith(`${kind}/`) ? [name.slice(kind.length + 1)] : [])) // prettier-ignore
    const free = newId(id, used)
    taken.add(`${kind}/${free}`)
    return free
  }
  const goneOver = (reference: string): string | undefined => {
    const [department = '', kind = '', id = ''] = reference.split('/')
    if (department !== from.department || department === to || department === commonDepartment) {
      return reference
    }
    const before = brought.get(reference)
    if (before !== undefined) return before
    const there = kind === 'contact' ? contactThere(id) : names.has(`${to}/${kind}/${id}`) ? id : undefined // prettier-ignore
    const arrived = there ?? bring(kind, id)
    if (arrived === undefined) return undefined
    brought.set(reference, `${to}/${kind}/${arrived}`)
    return `${to}/${kind}/${arrived}`
  }
  const contactThere = (id: string): string | undefined => {
    const { number } = contactsOf(names, from.department).find((one) => one.id === id) ?? {}
    const same = own.filter((one) => one.number === number && number !== undefined)
    const found = (same.find((one) => one.id === id) ?? same[0])?.['id']
    return typeof found === 'string' ? found : undefined
  }
  const bring = (kind: string, id: string): string | undefined => {
    if (kind === 'contact') {
      const contact = contactsOf(names, from.department).find((one) => one.id === id)
      if (contact === undefined) return undefined
      const free = newId(id, contactIds)
      contactIds.add(free)
      copied.contacts.unshift({ ...contact, id: free })
      return free
    }
    const form = kind === 'form' ? names.get(`${from.department}/form/${id}`) : undefined
    if (form === undefined) return undefined
    const free = idFor(kind, id)
    // Before what it points at itself is looked into: two forms may point at each other.
    brought.set(`${from.department}/form/${id}`, `${to}/form/${free}`)
    copied.documents.unshift({ department: to, kind, id: free, body: bodyOf(form) })
    return free
  }
  const bodyOf = (document: EditedDocument): Record<string, unknown> => {
    const kind = document.kind as DocumentKind
    const done = isPlainObject(document.body) ? withoutDone(kind, document.body) : {}
    const references = walkSchema(schemaPart(documentSchemas[kind]), done).flatMap(
      ({ value, part, path }) =>
        typeof value === 'string' && isReference(value) && !isTranslatable(part)
          ? [{ value, path }]
          : [],
    )
    let body: unknown = done
    // From the end, so that what is removed from a list moves nothing that is still to be looked at.
    for (const { value, path } of references.toReversed()) {
      const over = goneOver(value)
      if (over === undefined && !copied.left.includes(value)) copied.left.unshift(value)
      body = over === undefined ? removeAt(body, path as Path) : setAt(body, path as Path, over)
    }
    return body as Record<string, unknown>
  }

  const copy = { department: to, kind: from.kind, id: idFor(from.kind, from.id) }
  copied.documents.unshift({ ...copy, body: bodyOf(from) })
  return copied
}

function contactsOf(
  names: ReadonlyMap<string, EditedDocument>,
  department: string,
): Record<string, unknown>[] {
  const body = names.get(`${department}/contacts/contacts`)?.body
  return isPlainObject(body) && Array.isArray(body['contacts'])
    ? body['contacts'].filter(isPlainObject)
    : []
}

function isReference(text: string): boolean {
  return /^[a-z0-9-]+\/[a-z-]+\/[a-z0-9-]+$/.test(text)
}
