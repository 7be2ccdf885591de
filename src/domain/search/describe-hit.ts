import { formatPhoneNumber } from '../phone-number.ts'
import type { TranslationLanguage } from '../schema/entry.ts'
import { translateDocument } from '../translate.ts'
import type { PlanBDocument } from '../schema/document.ts'
import type { SearchResult } from './create-search.ts'
import type { SearchEntry } from './search-entry.ts'
import { stemWord, wordsOf } from './words.ts'

/** What a hit is called, and the line that says why it is one. `terms` are the stems that were found. */
export function describeHit(
  entry: SearchEntry,
  terms: readonly string[],
  language: 'sv' | TranslationLanguage,
): Omit<SearchResult, 'score'> {
  const { name, kind, department } = entry
  const id = entry.contactId ?? entry.document.id
  const document = translateDocument(entry.document, language) as PlanBDocument
  const { title, summary } = headOf(document, entry.contactId)
  const named = [...entry.title, ...entry.aliases, ...entry.systems, ...entry.summary]
  const line = hasAny(named, terms) ? undefined : entry.text().find((text) => hasAny([text], terms))
  return { name, kind, department, id, title, snippet: line ?? summary }
}

function headOf(
  document: PlanBDocument,
  contactId: string | undefined,
): { title: string; summary: string } {
  switch (document.kind) {
    case 'routine':
      return { title: document.body.name, summary: document.body.summary }
    case 'contacts': {
      const contact = document.body.contacts.find(({ id }) => id === contactId)
      const number = contact === undefined ? '' : formatPhoneNumber(contact.number)
      return {
        title: contact?.title ?? '',
        summary: [number, contact?.for].filter(Boolean).join(' · '),
      }
    }
    case 'form':
      return { title: document.body.title, summary: document.body.summary ?? document.body.kept }
    case 'phone-tree':
      return { title: document.body.title, summary: document.body.purpose }
    case 'plan':
      return { title: document.body.title, summary: document.body.activity }
    case 'situation':
      return { title: document.body.title, summary: document.body.summary ?? '' }
    case 'exercise':
      return { title: document.body.title, summary: document.body.purpose }
    default:
      return { title: document.body.title, summary: '' }
  }
}

function hasAny(texts: readonly string[], terms: readonly string[]): boolean {
  if (terms.length === 0) return true
  return texts.some((text) =>
    wordsOf(text).some((word) =>
      terms.some((term) => stemWord(word) === term || word.includes(term)),
    ),
  )
}
