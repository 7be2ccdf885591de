/** How far bringing a department's release has come. */
export interface SyncProgress {
  organisation: string
  department: string
  phase: 'looking' | 'fetching' | 'checking' | 'storing' | 'done' | 'failed'
  /** Packs and manifest that are missing on the device: how many have arrived, of how many. */
  objects: { done: number; total: number }
  bytes: { done: number; total: number }
  /** Why it failed: the code of the error. */
  code?: string
}

/**
 * - `updated`: something newer is shown now.
 * - `current`: a store was asked, and there is nothing newer.
 * - `waiting`: nothing to show yet, and nothing that could be had.
 * - `needs-new-code`: there is something newer under a key this device was not given.
 * - `ended`: the root has ended this device's access.
 * - `failed`: see `code`; what was there stays.
 */
export type SyncResult = 'updated' | 'current' | 'waiting' | 'needs-new-code' | 'ended' | 'failed'

export interface DepartmentOutcome {
  organisation: string
  department: string
  result: SyncResult
  code?: string
}

/** `busy`: another tab is at it. `nothing-joined`: there is nothing to ask for. */
export type SyncOutcome =
  | { kind: 'synced'; departments: DepartmentOutcome[] }
  | { kind: 'busy' }
  | { kind: 'nothing-joined' }
