import type { SyncDevice, SyncNote, SyncNoteCode, SyncOrganisation } from './sync-device.ts'
import { storeFailure, type AskedStore } from './ask-stores.ts'
import type { SyncProgress } from './progress.ts'

/** What one round over one organisation shares. */
export interface Round {
  organisation: SyncOrganisation
  device: SyncDevice
  stores: AskedStore[]
  signal: AbortSignal
  now: () => Date
  /** False for the quick look every half a minute. */
  isFull: boolean
  /** How long one store may take for its roots, or for a department's heads. */
  walkMs: number
  report: (progress: Omit<SyncProgress, 'organisation'>) => void
  failures: Failures
  seen: Seen
  /** Notes a fact for managers; failing to is no failure of sync. */
  note: (code: SyncNoteCode, about: NoteAbout) => void
}

/** What heads and roots of this round have said beside their content. */
export interface Seen {
  /** [S40] Somebody we know has signed something in a format of a later app. */
  isNewerFormat: boolean
  /** [S41] Later roots than the one at hand, as heads name them. */
  namedRoots: { v: number; store: AskedStore; department: string }[]
}

export type NoteAbout = Pick<SyncNote, 'department' | 'detail'> & { store?: AskedStore }

export function createNoter(
  device: SyncDevice,
  organisation: string,
  now: () => Date,
): Round['note'] {
  return (code, { store, department, detail }) => {
    const note: SyncNote = { code, at: now().toISOString() }
    if (store) note.store = store.store.base.href
    if (department !== undefined) note.department = department
    if (detail !== undefined) note.detail = detail
    device.note(organisation, note).catch(() => undefined)
  }
}

/** Which stores did not answer in this round, and what they said instead. */
export interface Failures {
  add(store: AskedStore, error: unknown): void
  clear(): void
  /** Whether every store failed at something. */
  isEverywhere(): boolean
  /** Code of the first failure. */
  code(): string | undefined
  /** [S30] The soonest that one of them may be asked again, where none answered. */
  retryAfterMs(): number
}

export function createFailures(stores: number): Failures {
  const failureByStore = new Map<AskedStore, { code: string; retryAfterMs?: number }>()
  const failures = () => [...failureByStore.values()]
  return {
    add: (store, error) => failureByStore.set(store, storeFailure(error)),
    clear: () => failureByStore.clear(),
    isEverywhere: () => stores > 0 && failureByStore.size >= stores,
    code: () => failures()[0]?.code,
    // One bad mirror must not silence an app that others answer: then nobody is waited for.
    retryAfterMs: () =>
      failureByStore.size === 0 || failureByStore.size < stores
        ? 0
        : Math.min(...failures().map(({ retryAfterMs }) => retryAfterMs ?? 0)),
  }
}

/** A department's progress before anything has been counted. */
export function nothingYet(department: string) {
  return { department, objects: { done: 0, total: 0 }, bytes: { done: 0, total: 0 } }
}
