import { isPlainObject } from '#domain/schema/walk-schema.ts'
import { within, type Place } from './place.ts'

/** How entries of a list that are mostly a text are made, and where their text stands. */
export interface RowKind {
  name: 'line' | 'step'
  textPlace(entry: Place): Place
  textOf(entry: unknown): string
  make(text: string): unknown
  /** Nothing stands in it, so it can go without a word. */
  isEmpty(entry: unknown): boolean
}

export const lineRows: RowKind = {
  name: 'line',
  textPlace: (entry) => entry,
  textOf: (entry) => (typeof entry === 'string' ? entry : ''),
  make: (text) => text,
  isEmpty: (entry) => lineRows.textOf(entry) === '',
}

export const stepRows: RowKind = {
  name: 'step',
  textPlace: (entry) => within(entry, 'text'),
  textOf: (entry) => (isPlainObject(entry) && typeof entry.text === 'string' ? entry.text : ''),
  make: (text) => ({ text }),
  isEmpty: (entry) =>
    isPlainObject(entry) && Object.keys(entry).length === 1 && stepRows.textOf(entry) === '',
}
