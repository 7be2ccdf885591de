import { compareRoot } from '#release/head.ts'
import { verifyBeat } from '#release/beat.ts'
import { LIMITS, beatPath } from '#store/layout.ts'
import { StoreError } from '#store/store.ts'
import { currentHead } from './current-head.ts'
import { ServerError } from './server-error.ts'
import type { Beat } from '#release/beat.ts'
import type { Store } from '#store/store.ts'
import type { VerifiedRoot } from '#trust/root.ts'

/** How far ahead of this machine's clock a beat's time may be. */
const mostAheadMs = 24 * 60 * 60 * 1000

/**
 * [H20]–[H24] Takes a beat in the place of the stored one: signed by whom the root names, of the head that
 * stands now, later than a stored one that says the same.
 *
 * A beat dated far ahead is refused here, though no reader ever refuses one for its time: stored, it would be
 * "later" than every true one to come, and whoever has an old key could stop the beat. For the same
 * reason a stored one that is dated so, names another head, or does not verify any more holds nothing up.
 *
 * Must not run twice at the same time in one process: the caller queues.
 *
 * @param options.now milliseconds
 * @returns `older` when it says nothing new: not later, or of another head than the current one
 * @throws TrustError, ReleaseError when it does not verify; ServerError 422, 503; StoreError
 */
export async function acceptBeat(
  store: Store,
  options: {
    root: VerifiedRoot
    department: string
    bytes: Uint8Array<ArrayBuffer>
    now: number
    /** Called when all of it holds and it is later; what it throws refuses it. */
    beforeStoring?: () => void
  },
): Promise<'stored' | 'older'> {
  const { root, department, bytes, now } = options
  const beat = await verifyBeat(bytes, { root, department })
  const standing = compareRoot(beat, root)
  if (standing === 'newer') {
    throw new ServerError('root-newer', 422, `the beat names root ${beat.root.v}: send that first`)
  }
  if (standing === 'fork') throw new ServerError('root-other', 422, 'the beat names another root')
  if (isFarAhead(beat, now)) {
    throw new ServerError('beat-future', 422, 'the beat is dated more than a day ahead')
  }
  const current = await currentHead(store, root, department)
  if (!current) throw releaseMissing()
  if (beat.head !== current.head.hash) return 'older'
  const stored = await storedBeat(store, root, department)
  const counts = stored && stored.head === beat.head && !isFarAhead(stored, now)
  if (counts && Date.parse(beat.time) <= Date.parse(stored.time)) return 'older'
  options.beforeStoring?.()
  await store.replace(beatPath(department), bytes)
  return 'stored'
}

/** Between a root that raised gen and the head re-signed under it nobody is a member of anything. */
export function releaseMissing(): ServerError {
  return new ServerError('release-missing', 503, 'no release stands under the current root', 60)
}

function isFarAhead(beat: Beat, now: number): boolean {
  return Date.parse(beat.time) > now + mostAheadMs
}

/** The beat that lies there, when somebody the root still names has signed it. */
async function storedBeat(
  store: Store,
  root: VerifiedRoot,
  department: string,
): Promise<Beat | undefined> {
  const path = beatPath(department)
  const bytes = await store.get(path, { maxBytes: LIMITS.beat }).catch((error: unknown) => {
    if (error instanceof StoreError && error.code !== 'unreachable') return undefined
    throw error
  })
  return bytes && verifyBeat(bytes, { root, department }).catch(() => undefined)
}
