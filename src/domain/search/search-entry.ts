import { formatPhoneNumber } from '../phone-number.ts'
import { indexDocuments, type DocumentIndex } from '../resolve.ts'
import { documentName, documentSchemas, type PlanBDocument } from '../schema/document.ts'
import { isPlainObject, isTranslatable, schemaPart, walkSchema } from '../schema/walk-schema.ts'

/** Kinds one can find: documents with a page of their own, and single contacts. */
export type SearchKind =
  'routine' | 'form' | 'contact' | 'phone-tree' | 'plan' | 'situation' | 'exercise'

/** One thing that can be found, with its texts by how much they say about it. */
export interface SearchEntry {
  /** `department/kind/id`. */
  name: string
  department: string
  kind: SearchKind
  document: PlanBDocument
  /** For a contact: which of the document's. */
  contactId?: string
  /** Name, title and short name, in every language. */
  title: string[]
  aliases: string[]
  /** Names of the systems it answers. */
  systems: string[]
  summary: string[]
  /** Digits as one dials them, for contacts. */
  number?: string
  /** All other texts; made when asked for, since they are many. */
  text(): string[]
}

const found: ReadonlySet<string> = new Set([
  'routine',
  'form',
  'phone-tree',
  'plan',
  'situation',
  'exercise',
])

/** Everything in the documents that can be found. */
export function searchEntries(documents: readonly PlanBDocument[]): SearchEntry[] {
  const index = indexDocuments(documents)
  return index.documents.flatMap((document) => {
    if (document.kind === 'contacts') return contactEntries(document)
    return found.has(document.kind) ? [documentEntry(document, index)] : []
  })
}

const titleFields = ['name', 'title', 'short', 'replaces']
const summaryFields = ['summary', 'purpose', 'activity', 'for']

/** What people call any phone tree: one has no aliases of its own. */
const treeWords = ['ringkedja', 'telefonkedja', 'ringlista', 'phone tree']

function documentEntry(document: PlanBDocument, index: DocumentIndex): SearchEntry {
  const { body } = document
  return {
    name: documentName(document),
    department: document.department,
    kind: document.kind as SearchKind,
    document,
    title: textsOf(body, titleFields),
    aliases: document.kind === 'phone-tree' ? treeWords : textsOf(body, ['aliases']),
    systems: systemIds(document).flatMap((id) => {
      const system = index.system(id)
      return system === undefined ? [id] : [id, ...textsOf(system, ['title', 'names'])]
    }),
    summary: textsOf(body, summaryFields),
    text: once(() => otherTexts(document)),
  }
}

function systemIds(document: PlanBDocument): string[] {
  switch (document.kind) {
    case 'routine':
    case 'form':
      return document.body.systems
    case 'plan':
      return document.body.dependencies.map(({ system }) => system).filter((id) => id !== undefined)
    default:
      return []
  }
}

function contactEntries(document: PlanBDocument & { kind: 'contacts' }): SearchEntry[] {
  return document.body.contacts.map((contact) => ({
    name: `${document.department}/contact/${contact.id}`,
    department: document.department,
    kind: 'contact' as const,
    document,
    contactId: contact.id,
    title: textsOf(contact, ['title', 'short']),
    aliases: textsOf(contact, ['aliases']),
    systems: [],
    summary: textsOf(contact, ['for', 'organisation']),
    number: [contact.number, contact.second]
      .filter((number) => number !== undefined)
      .map((number) => formatPhoneNumber(number).replace(/\D/g, ''))
      .join(' '),
    text: () => [],
  }))
}

/** Texts of some fields, with their translations. */
function textsOf(value: object, fields: readonly string[]): string[] {
  const texts: string[] = []
  const collect = (of: Record<string, unknown>): void => {
    for (const field of fields) {
      const text = Object.hasOwn(of, field) ? of[field] : undefined
      if (typeof text === 'string') texts.push(text)
      else if (Array.isArray(text)) texts.push(...text.filter((one) => typeof one === 'string'))
    }
  }
  collect(value as Record<string, unknown>)
  const { translations } = value as Record<string, unknown>
  if (isPlainObject(translations)) {
    for (const texts of Object.values(translations)) if (isPlainObject(texts)) collect(texts)
  }
  return texts
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/** Fields whose words say what a statement rests on, not what to do. */
const besideThePoint: ReadonlySet<string> = new Set([
  'sources',
  'notes',
  'secrecy',
  ...titleFields,
  'aliases',
])

function otherTexts({ kind, body }: PlanBDocument): string[] {
  const texts: string[] = []
  for (const { part, value, path } of walkSchema(schemaPart(documentSchemas[kind]), body)) {
    if (path.length > 0 && besideThePoint.has(String(path[0]))) continue
    if (typeof value === 'string' && isTranslatable(part)) texts.push(value)
    else if (isPlainObject(value) && path.length > 0)
      texts.push(...translatedTexts(value.translations))
  }
  return texts
}

function translatedTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(translatedTexts)
  return isPlainObject(value) ? Object.values(value).flatMap(translatedTexts) : []
}
