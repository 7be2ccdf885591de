import { isPlainObject } from '#domain/schema/walk-schema.ts'

/** What an entry of a list is known by: the first text of it a person would name it by. Empty where none is. */
export function entryName(entry: unknown): string {
  if (!isPlainObject(entry)) return ''
  for (const field of ['title', 'label', 'when', 'text', 'position', 'on', 'after'])
    if (typeof entry[field] === 'string' && entry[field] !== '') return entry[field]
  return ''
}

/** A new entry of a list: what the schema cannot do without, with nothing in it. */
export function emptyEntry(fields: readonly string[], id: string): Record<string, unknown> {
  const entry: Record<string, unknown> = {}
  if (fields.includes('id')) entry.id = id
  return entry
}
