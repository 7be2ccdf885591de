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

/** Name of the record with what a person has written for the others, and is not in the outbox yet. */
export function sayingRecord(department: string): string {
  return `saying/${department}`
}

/** Name of the record with the reports that were seen to on this phone. */
export function handledRecord(department: string): string {
  return `handled/${department}`
}

/** An entry that was opened when it came. */
export interface EntryRow {
  entry: VerifiedEntry
  /** By this phone's clock, RFC 3339. */
  receivedAt: string
}
