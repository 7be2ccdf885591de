/** A signed time and when this phone first received it, both RFC 3339. */
export interface SignedTime {
  time: string
  receivedAt: string
}

/** Clocks an hour apart are usual; a time further ahead than this is nonsense or a lie. */
const clockTolerance = 60 * 60 * 1000

/**
 * [R60] When a release was last confirmed: the newest of its head and the beats for it, each counted from the
 * earlier of "signed" and "first received" (a beat that was held back does not make anything fresh, and one
 * dated ahead does not keep it so). A time from the future counts for nothing, and none refuses anything.
 *
 * @param input.beats those of verifyBeat under the root of now that name this head: what a revoked key signed
 *   is none of them
 * @returns RFC 3339; undefined when nothing counts
 */
export function confirmedAt(input: {
  issued: string
  receivedAt: string
  beats: readonly SignedTime[]
  now: Date
}): string | undefined {
  const now = input.now.getTime()
  const head: SignedTime = { time: input.issued, receivedAt: input.receivedAt }
  let newest = Number.NEGATIVE_INFINITY
  for (const { time, receivedAt } of [head, ...input.beats]) {
    const signed = Date.parse(time)
    // Not a date at all: every comparison with NaN is false.
    if (!(signed <= now + clockTolerance)) continue
    const received = Date.parse(receivedAt)
    const counted = Math.min(signed, Number.isNaN(received) ? signed : received, now)
    if (counted > newest) newest = counted
  }
  return Number.isFinite(newest) ? new Date(newest).toISOString() : undefined
}
