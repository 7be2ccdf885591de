import {
  currentReadingCopy,
  switchReadingCopy,
  writeReadingCopy,
  type ReadingCopyPage,
} from './reading-copy/reading-copy.ts'
import { copyLockName } from './names.ts'
import { toDeviceError } from './device-error.ts'
import type { DeviceErrorCode } from './device-error.ts'

/**
 * The reading copy belongs to the snapshots it was drawn from. Order, and what a crash leaves:
 *
 * 1. sync flips the snapshot pointers (database). Crash: the old copy, whole; it does not match, so the
 *    next start draws it anew.
 * 2. the app draws the pages, which are written under a new id. Crash: the old copy in force, a
 *    half-written one that nothing names and the next switch removes.
 * 3. the copy's pointer is moved, one entry, and the others are removed. Crash: the old or the new copy.
 *
 * So the screen shows either the release before or the current one, never a mixture, and storing new
 * content never waits for drawing: a page that cannot be drawn must not keep a new routine away.
 */
export interface CopySwitch {
  /**
   * Writes the pages drawn from the state with this fingerprint and puts them in force.
   * `outdated`: something else is stored by now; load and draw again. `busy`: another tab is writing.
   * A failure (a full disk) leaves the copy that was in force.
   */
  replace(fingerprint: string, pages: Pages): Promise<CopyOutcome>
  /** Whether the copy in force was drawn from the state with this fingerprint. */
  matches(fingerprint: string): Promise<boolean>
}

export type Pages = AsyncIterable<ReadingCopyPage> | Iterable<ReadingCopyPage>
export type CopyOutcome =
  | { outcome: 'switched'; pages: number }
  | { outcome: 'outdated' }
  | { outcome: 'busy' }
  | { outcome: 'failed'; code: DeviceErrorCode }

export function createCopySwitch(options: {
  caches: CacheStorage
  scope: string
  locks: LockManager | undefined
  /** The fingerprint of what is stored now. */
  stored: () => Promise<string>
}): CopySwitch {
  const { caches, scope, locks, stored } = options
  let isWriting = false

  async function write(fingerprint: string, pages: Pages): Promise<CopyOutcome> {
    // A new id each time: writing under the id in force would first remove what is on the screen.
    const id = `${fingerprint}.${crypto.randomUUID()}`
    try {
      const count = await writeReadingCopy(caches, scope, id, pages)
      if ((await stored()) !== fingerprint) {
        await removeUnnamed(id)
        return { outcome: 'outdated' }
      }
      await switchReadingCopy(caches, scope, id)
      return { outcome: 'switched', pages: count }
    } catch (error) {
      return { outcome: 'failed', code: toDeviceError(error).code }
    }
  }

  /** Switching to what is in force already removes the others. */
  async function removeUnnamed(id: string): Promise<void> {
    const current = await currentReadingCopy(caches, scope)
    if (current !== undefined && current !== id) await switchReadingCopy(caches, scope, current)
  }

  return {
    replace: async (fingerprint, pages) => {
      if (isWriting) return { outcome: 'busy' }
      isWriting = true
      try {
        if (!locks) return await write(fingerprint, pages)
        return await locks.request(copyLockName(scope), { ifAvailable: true }, (lock) =>
          lock ? write(fingerprint, pages) : { outcome: 'busy' as const },
        )
      } finally {
        isWriting = false
      }
    },
    matches: async (fingerprint) => {
      try {
        const current = await currentReadingCopy(caches, scope)
        return current?.split('.')[0] === fingerprint
      } catch {
        return false
      }
    },
  }
}
