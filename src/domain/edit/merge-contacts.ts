import { isPlainObject } from '../schema/walk-schema.ts'
import { newId } from './new-id.ts'
import type { PastedContact } from './read-pasted-contacts.ts'

export interface ChangedContact {
  /** Where it stands in the list there was. */
  at: number
  title: string
  /** Fields that get another value: what stood there (nothing where there was none) and what will. */
  fields: { field: string; from: string | undefined; to: string }[]
}

export interface MergedContacts {
  /** The list as it would be. */
  contacts: unknown[]
  added: PastedContact[]
  changed: ChangedContact[]
  /** How many of the table stand in the list already, with nothing to change. */
  same: number
}

/**
 * A table of contacts laid over the list there is. One is known again by its title, or by its number where
 * only one has it; what the table says of it replaces what stood there, what it says nothing of stays. Nobody
 * is removed: a table is seldom everybody.
 */
export function mergeContacts(
  list: readonly unknown[],
  pasted: readonly PastedContact[],
): MergedContacts {
  const contacts = [...list]
  const findIn = finderIn(list)
  const added: PastedContact[] = []
  const changed = new Map<number, ChangedContact>()
  const ids = new Set(list.flatMap((one) => (isPlainObject(one) ? [String(one.id)] : [])))
  const met = new Set<number>()
  let same = 0
  for (const contact of pasted) {
    const { id: _id, row: _row, ...given } = contact
    const at = findIn(contact)
    const before = at === undefined ? undefined : contacts[at]
    // Two rows that fit one contact: the second is somebody of their own, with the same title.
    if (at === undefined || !isPlainObject(before) || met.has(at)) {
      const id = newId(contact.title === '' ? (contact.number ?? '') : contact.title, ids)
      ids.add(id)
      contacts.push({ id, ...given })
      added.push({ ...contact, id })
      continue
    }
    met.add(at)
    const fields = Object.entries(given).flatMap(([field, to]) =>
      // A title that differs in its capitals only is the one there was.
      before[field] === to || (field === 'title' && (to === '' || isSameTitle(before.title, to)))
        ? []
        : [{ field, from: textOf(before[field]), to }],
    )
    if (fields.length === 0) {
      same += 1
      continue
    }
    contacts[at] = { ...before, ...Object.fromEntries(fields.map(({ field, to }) => [field, to])) }
    changed.set(at, { at, title: textOf(before.title) ?? contact.title, fields })
  }
  return { contacts, added, changed: [...changed.values()], same }
}

/** Finds the contact in the list that one of the table is. */
function finderIn(list: readonly unknown[]): (contact: PastedContact) => number | undefined {
  const byTitle = new Map<string, number[]>()
  const byNumber = new Map<string, number[]>()
  const note = (places: Map<string, number[]>, key: unknown, at: number) => {
    if (typeof key === 'string' && key !== '') places.set(key, [...(places.get(key) ?? []), at])
  }
  for (const [at, one] of list.entries()) {
    if (!isPlainObject(one)) continue
    if (typeof one.title === 'string') note(byTitle, plain(one.title), at)
    note(byNumber, one.number, at)
  }
  return ({ title, number }) => {
    const named = title === '' ? [] : (byTitle.get(plain(title)) ?? [])
    if (named.length === 1) return named[0]
    if (named.length > 1)
      return named.find((at) => (list[at] as Record<string, unknown>).number === number)
    const numbered = number === undefined ? [] : (byNumber.get(number) ?? [])
    return numbered.length === 1 ? numbered[0] : undefined
  }
}

function isSameTitle(one: unknown, other: string): boolean {
  return typeof one === 'string' && plain(one) === plain(other)
}

function plain(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('sv')
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
