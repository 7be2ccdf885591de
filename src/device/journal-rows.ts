import type { VerifiedEntry } from '#journal/entry.ts'

/** Beginning of the names of the records that hold a department's entries; with author and number, one of them. */
export function entryRecord(department: string, place?: { device: string; n: number }): string {
  const prefix = `entry/${department}/`
  return place ? `${prefix}${place.device}/${place.n}` : prefix
}

/** Name of the record with what this phone has told, and still has to tell, in a department. */
export function outboxRecord(department: string): string {
  return `outbox/${department}`
}

/** An entry that was opened when it came. */
export interface EntryRow {
  entry: VerifiedEntry
  /** By this phone's clock, RFC 3339. */
  receivedAt: string
}
