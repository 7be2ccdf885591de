import { StoreError } from '#store/store.ts'
import type { Round } from './round.ts'

/**
 * [S12] Asks one store for its roots, or for a department's heads, for `walkMs` at most: one that answers each question
 * just in time must not keep the next round away. What is under way then is called off, and counts as no answer.
 *
 * @throws StoreError `timeout`; what `work` throws; the round's own reason when that is stopped
 */
export async function withinLimit<T>(
  round: Round,
  work: (limited: Round) => Promise<T>,
): Promise<T> {
  // Not AbortSignal.any: the oldest browsers we support have none.
  const ending = new AbortController()
  const stop = () => ending.abort(round.signal.reason)
  round.signal.addEventListener('abort', stop, { once: true })
  const timer = setTimeout(
    () => ending.abort(new StoreError('timeout', 'took too long')),
    round.walkMs,
  )
  try {
    round.signal.throwIfAborted()
    return await work({ ...round, signal: ending.signal })
  } finally {
    clearTimeout(timer)
    round.signal.removeEventListener('abort', stop)
  }
}
