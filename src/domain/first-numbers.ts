import type { DocumentIndex, NamedContact } from './resolve.ts'
import { commonDepartment } from './schema/document.ts'

/** A number that stands first on the start screen: a contact, or 112 by itself. */
export type FirstNumber =
  { kind: 'contact'; contact: NamedContact } | { kind: 'emergency'; number: '112' }

/**
 * The numbers that stand first: those of the department, or those of gemensamt where it names none that
 * exist, and 112 last, always and once.
 */
export function firstNumbers(index: DocumentIndex, department: string): FirstNumber[] {
  const own = named(index, department)
  const contacts = own.length > 0 ? own : named(index, commonDepartment)
  const others = contacts.filter(({ contact }) => contact.number !== '112')
  return [
    ...others.map((contact): FirstNumber => ({ kind: 'contact', contact })),
    { kind: 'emergency', number: '112' },
  ]
}

function named(index: DocumentIndex, department: string): NamedContact[] {
  const references = index.department(department)?.body.firstNumbers ?? []
  return references
    .map((reference) => index.contact(reference))
    .filter((contact) => contact !== undefined)
}
