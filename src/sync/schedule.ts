import { backoffMs, pollMs } from './backoff.ts'
import type { OrganisationOutcome } from './sync-organisation.ts'
import type { SyncClock, SyncReason } from './sync.ts'

/** What of a round's outcome says when to try again. */
export type RoundEnd = Pick<OrganisationOutcome, 'isUnreachable' | 'isIncomplete' | 'retryAfterMs'>

export interface Schedule {
  /** How a round ended. */
  finished(outcomes: readonly RoundEnd[]): void
  stop(): void
}

/** Returning to the app again and again must not ask again and again. */
const shortestPauseMs = 5_000
/** Spread over this time, so that five thousand phones do not ask in the same second. */
const startSpreadMs = 2_000

/**
 * When to sync: at once, on return to the foreground, every 30–45 seconds while visible, and after
 * failures with growing pauses. Nothing is asked while nobody looks.
 */
export function createSchedule(options: {
  clock: SyncClock
  random: () => number
  visibility: { isVisible(): boolean; onChange(listener: () => void): () => void } | undefined
  run: (reason: SyncReason) => Promise<unknown>
}): Schedule {
  const { clock, random, visibility, run } = options
  let failures = 0
  let cancel: (() => void) | undefined
  let lastAt = Number.NEGATIVE_INFINITY
  /** Until then a host has asked to be left alone. */
  let quietUntil = 0
  let quietMs = 0

  function plan(ms: number, reason: SyncReason): void {
    cancel?.()
    cancel = clock.after(ms, () => {
      cancel = undefined
      lastAt = clock.now().getTime()
      void run(reason)
    })
  }

  const forget = visibility?.onChange(() => {
    if (!visibility.isVisible()) {
      cancel?.()
      cancel = undefined
      return
    }
    const now = clock.now().getTime()
    // Clocks are set back: no pause may come out longer than it was meant.
    const quiet = Math.min(quietUntil - now, quietMs)
    const pause = Math.max(quiet, Math.min(lastAt + shortestPauseMs - now, shortestPauseMs), 0)
    plan(pause + random() * startSpreadMs, 'visible')
  })
  plan(0, 'open')

  return {
    finished: (outcomes) => {
      const isFailed = outcomes.every(({ isUnreachable }) => isUnreachable)
      const isIncomplete = outcomes.some((outcome) => outcome.isIncomplete)
      failures = isFailed || isIncomplete ? failures + 1 : 0
      const retryAfterMs = Math.max(0, ...outcomes.map((outcome) => outcome.retryAfterMs))
      quietMs = retryAfterMs
      quietUntil = retryAfterMs > 0 ? clock.now().getTime() + retryAfterMs : 0
      if (visibility && !visibility.isVisible()) return
      // What is missing may come at the next try, and people wait for it on a first visit.
      const again = failures > 0 ? backoffMs(failures, random, retryAfterMs) : Infinity
      const pause = isFailed ? again : Math.min(again, pollMs(random))
      plan(Math.max(pause, retryAfterMs), failures > 0 ? 'open' : 'tick')
    },
    stop: () => {
      cancel?.()
      forget?.()
    },
  }
}
