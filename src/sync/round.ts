import type { SyncDevice, SyncNote, SyncNoteCode, SyncOrganisation } from './sync-device.ts'
import type { AskedStore } from './ask-stores.ts'
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
  report: (progress: Omit<SyncProgress, 'organisation'>) => void
  /** Notes a fact for managers; failing to is no failure of sync. */
  note: (code: SyncNoteCode, about: NoteAbout) => void
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
