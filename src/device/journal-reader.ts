import type { Kid } from '#trust/keys.ts'
import type { VerifiedEntry } from '#journal/entry.ts'
import type { Phone, PhonesOptions } from '#journal/phones.ts'
import type { Report } from '#journal/reports.ts'

/** What somebody has found wrong in a document. */
export interface NewReport {
  /** `department/kind/id` */
  document: string
  title?: string
  /** Made one plain line of at most 500 characters. */
  text: string
}

/** What members of a department have told, as far as this phone has brought it: publishers' phones do. */
export interface JournalReader {
  /** The phones that have joined and not left. `newest`: the release held, which tells a wrong clock. */
  phones(newest?: PhonesOptions['newest']): Promise<Phone[]>
  /** Devices that have said that they left. */
  left(): Promise<Kid[]>
  /** What they were offered that was false, latest first. */
  alarms(): Promise<Tried[]>
  /**
   * What readers have reported, newest first. Of `gemensamt`: what was reported of its documents in any department.
   */
  reports(): Promise<Report[]>
  /** Everything, merged; entries of runs that were closed are left out. */
  entries(): Promise<VerifiedEntry[]>
}

/** Something false that was offered to this phone, or to another one that has told of it. */
export interface Tried {
  /** A code of SyncNote, or of an entry `alarm`. */
  code: string
  /** When, by the clock of the phone that met it, RFC 3339. */
  at: string
  /** The phone that told of it; absent: this phone itself. */
  device?: Kid
  label?: string
  /** Address of the store that offered it. */
  store?: string
  department?: string
  /** Path in the store's layout, and the code of the error; for developers. */
  detail?: string
}

/** What this phone is called, so that a manager knows it in the list. */
export interface LabelKeeper {
  /** Empty until one is chosen. */
  get(): Promise<string>
  set(label: string): Promise<void>
  /** The phone's own id there, from which its short id is made; undefined where it has none. */
  device(): Promise<Kid | undefined>
}
