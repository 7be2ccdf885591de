const dayMs = 24 * 60 * 60 * 1000

/**
 * [J40] Whether an entry has been kept for as long as it asked. Counted from when whoever asks received it
 * first, by their own clock: what the entry says of time decides nothing.
 *
 * @param receivedAt milliseconds, or a time as text; one that is later than `now` (a clock that was set back) expires nothing
 */
export function isExpired(
  entry: { keepDays: number },
  receivedAt: number | string,
  now: Date,
): boolean {
  const received = typeof receivedAt === 'number' ? receivedAt : Date.parse(receivedAt)
  return now.getTime() - received >= entry.keepDays * dayMs
}
