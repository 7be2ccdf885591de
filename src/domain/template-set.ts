import { commonDepartment } from './schema/document.ts'
import { isPlainObject } from './schema/walk-schema.ts'
import { adaptTemplate, type OwnWords, type TemplateDocument } from './template.ts'

/** Which department of the library is taken, and what it is called here. */
export interface TemplateChoice extends OwnWords {
  from: string
  id: string
  title: string
}

/** What is here already, published or being written: nothing of it is written over. */
export type Existing = readonly { department: string; kind: string; id: string; body: unknown }[]

/**
 * The documents a new department begins with, and what they need of what all share: routines and forms they point at,
 * contacts, systems, and the department's place in the list of the organisation. What is here already stays as it is;
 * lists are added to at their end.
 */
export function chooseTemplates(
  library: readonly TemplateDocument[],
  choice: TemplateChoice,
  existing: Existing,
): { own: TemplateDocument[]; common: TemplateDocument[] } {
  const adapted = adaptTemplate(library, choice)
  const own = adapted
    .filter(({ department }) => department === choice.from)
    .map((document) => renamed(document, choice))
  const shared = new Map(
    adapted
      .filter(({ department }) => department === commonDepartment)
      .map((document) => [`${document.kind}/${document.id}`, document]),
  )
  const here = new Map(
    existing
      .filter(({ department }) => department === commonDepartment)
      .map((document) => [`${document.kind}/${document.id}`, document.body]),
  )
  const needed = followReferences(own, shared, here)
  const contacts = listFrom(shared.get('contacts/contacts'), 'contacts', needed.contacts)
  const systems = listFrom(shared.get('systems/systems'), 'systems', needed.systems)
  return {
    own,
    common: [
      ...needed.documents,
      ...extended('contacts', { title: 'Kontakter', contacts: [] }, 'contacts', contacts, here),
      ...extended('systems', { title: 'System' }, 'systems', systems, here),
      ...listed(choice.id, here),
    ],
  }
}

/** The library's department under its own name here, and every reference within it with it. */
function renamed(
  document: TemplateDocument,
  { from, id, title }: TemplateChoice,
): TemplateDocument {
  const body = mapStrings(document.body, (text) =>
    text.startsWith(`${from}/`) && isReference(text) ? id + text.slice(from.length) : text,
  ) as Record<string, unknown>
  return {
    ...document,
    department: id,
    body: document.kind === 'department' ? { ...body, title } : body,
  }
}

interface Needed {
  documents: TemplateDocument[]
  contacts: Set<string>
  systems: Set<string>
}

/** Documents of gemensamt that are pointed at, those that these point at, and so on. */
function followReferences(
  own: readonly TemplateDocument[],
  shared: ReadonlyMap<string, TemplateDocument>,
  here: ReadonlyMap<string, unknown>,
): Needed {
  const needed: Needed = { documents: [], contacts: new Set(), systems: new Set() }
  const queue = [...own]
  const seen = new Set<string>()
  for (let next = queue.shift(); next; next = queue.shift()) {
    for (const id of systemsIn(next.body)) needed.systems.add(id)
    for (const text of stringsIn(next.body)) {
      if (!isReference(text) || !text.startsWith(`${commonDepartment}/`)) continue
      const [, kind = '', id = ''] = text.split('/')
      if (kind === 'contact') needed.contacts.add(id)
      const name = `${kind}/${id}`
      const document = shared.get(name)
      if (!document || here.has(name) || seen.has(name)) continue
      seen.add(name)
      needed.documents.push(document)
      queue.push(document)
    }
  }
  return needed
}

function listFrom(
  document: TemplateDocument | undefined,
  field: string,
  ids: ReadonlySet<string>,
): Record<string, unknown>[] {
  const entries = document?.body[field]
  return Array.isArray(entries)
    ? entries.filter((entry) => isPlainObject(entry) && ids.has(String(entry['id'])))
    : []
}

function extended(
  kind: 'contacts' | 'systems',
  usual: Record<string, unknown>,
  field: string,
  entries: readonly Record<string, unknown>[],
  here: ReadonlyMap<string, unknown>,
): TemplateDocument[] {
  const held = here.get(`${kind}/${kind}`)
  const body = isPlainObject(held) ? held : usual
  const before = Array.isArray(body[field]) ? (body[field] as unknown[]) : []
  const ids = new Set(before.map((entry) => (isPlainObject(entry) ? entry['id'] : undefined)))
  const added = entries.filter(({ id }) => !ids.has(id))
  if (added.length === 0) return []
  const all = [...before, ...added]
  return [{ department: commonDepartment, kind, id: kind, body: { ...body, [field]: all } }]
}

/** The organisation's list of departments, where there is one and it lacks this one. */
function listed(id: string, here: ReadonlyMap<string, unknown>): TemplateDocument[] {
  const body = here.get('organisation/organisation')
  if (!isPlainObject(body) || !Array.isArray(body['departments'])) return []
  if (body['departments'].includes(id)) return []
  const departments = [...(body['departments'] as unknown[]), id]
  return [
    {
      department: commonDepartment,
      kind: 'organisation',
      id: 'organisation',
      body: { ...body, departments },
    },
  ]
}

function isReference(text: string): boolean {
  return /^[a-z0-9-]+\/(plan|routine|phone-tree|form|exercise|situation|rota|contact)\/[a-z0-9-]+$/.test(
    text,
  )
}

/** Ids of the register of systems that a body names, in fields called so in every schema. */
export function systemsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(systemsIn)
  if (!isPlainObject(value)) return []
  return Object.entries(value).flatMap(([field, inner]) => {
    if (field === 'system' && typeof inner === 'string') return [inner]
    if (field === 'systems' && Array.isArray(inner))
      return inner.filter((id) => typeof id === 'string')
    return systemsIn(inner)
  })
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(stringsIn)
  return isPlainObject(value) ? Object.values(value).flatMap(stringsIn) : []
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((one) => mapStrings(one, change))
  if (!isPlainObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field, mapStrings(inner, change)]),
  )
}
