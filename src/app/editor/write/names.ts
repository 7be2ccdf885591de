import { formatPhoneNumber } from '#domain/phone-number.ts'
import type { DocumentIndex } from '#domain/resolve.ts'

/** What something that is referred to is called, and a line about it; undefined where it does not exist. */
export function nameOf(
  index: DocumentIndex,
  reference: string,
): { title: string; under: string } | undefined {
  const contact = index.contact(reference)?.contact
  if (contact !== undefined)
    return { title: contact.title, under: formatPhoneNumber(contact.number) }
  const found = index.get(reference)
  if (found === undefined || reference.split('/')[1] === 'contact') return undefined
  if (found.kind === 'routine') return { title: found.body.name, under: found.body.title }
  if (found.kind === 'form') return { title: found.body.title, under: found.body.kept }
  return { title: found.body.title, under: '' }
}
