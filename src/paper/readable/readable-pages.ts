import { formatPhoneNumber } from '#domain/phone-number.ts'
import { documentName, type DocumentKind, type PlanBDocument } from '#domain/schema/document.ts'
import { openExtract, type OmittedField } from '#domain/secrecy.ts'
import { sv } from '#i18n/sv.ts'
import type { ReadablePage } from './block.ts'
import { documentBlocks, type NameOf } from './document-blocks.ts'
import { readFields } from './read-fields.ts'

/** Kinds in the order one reads a department: what it is, what to do, whom to call, which paper. */
const readingOrder = [
  'organisation',
  'department',
  'situation',
  'plan',
  'routine',
  'phone-tree',
  'contacts',
  'form',
  'exercise',
  'rota',
  'systems',
]

export interface ReadableDepartment {
  id: string
  title: string
  pages: ReadablePage[]
}

export interface Readable {
  departments: ReadableDepartment[]
  /** What was left out of an open extract, by document; empty where nothing was. */
  omitted: { name: string; fields: OmittedField[] }[]
}

/**
 * All documents as pages, a department after the other, in the order given.
 *
 * @param options.isPublic "offentlig version": without what secrecy marks name, and without private numbers,
 *   in what points at them too; what was left out is told with its ground
 */
export function readablePages(
  documents: readonly PlanBDocument[],
  options: { isPublic?: boolean } = {},
): Readable {
  const omitted: Readable['omitted'] = []
  const shown = documents.map((document) => {
    const name = documentName(document)
    if (!options.isPublic) return { ...document, name, body: document.body as unknown }
    const extract = openExtract(document)
    if (extract.omitted.length > 0) omitted.push({ name, fields: extract.omitted })
    return { ...document, name, body: extract.body as unknown }
  })
  const nameOf = namesIn(shown)
  const ids = [...new Set(shown.map(({ department }) => department))]
  const departments = ids.map((id) => {
    const own = shown
      .filter(({ department }) => department === id)
      .sort((a, b) => readingOrder.indexOf(a.kind) - readingOrder.indexOf(b.kind))
    return {
      id,
      title: titleOf(own.find(({ kind }) => kind === 'department')) ?? id,
      pages: own.map((one) => ({
        name: one.name,
        title: titleOf(one) ?? one.id,
        kind: sv.kind[one.kind],
        blocks: documentBlocks(one.kind, one.body, nameOf),
      })),
    }
  })
  return { departments, omitted }
}

interface Shown {
  department: string
  kind: DocumentKind
  id: string
  name: string
  body: unknown
}

/** Titles by reference; of a contact its number too, where it may be shown. */
function namesIn(shown: readonly Shown[]): NameOf {
  const names = new Map<string, string>()
  for (const one of shown) {
    const title = titleOf(one)
    if (title !== undefined) names.set(one.name, title)
    if (one.kind !== 'contacts') continue
    for (const contact of readFields(one.body).list('contacts')) {
      const number = contact.text('number')
      const parts = [contact.text('title'), number && formatPhoneNumber(number)]
      names.set(`${one.department}/contact/${contact.text('id')}`, parts.filter(Boolean).join(', '))
    }
  }
  return (reference) => names.get(reference) ?? reference
}

function titleOf(one: { body: unknown } | undefined): string | undefined {
  return one && readFields(one.body).text('title')
}
