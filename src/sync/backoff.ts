/** First and longest pause after failures, in milliseconds. */
const shortest = 2_000
const longest = 15 * 60_000

/**
 * [S30] How long to wait after `failures` failures in a row (1 or more): full jitter, so that phones that
 * failed together do not come back together (AWS, "Exponential Backoff And Jitter"). Never less
 * than what the host asked for.
 *
 * @param random gives 0 ≤ x < 1
 * @param retryAfterMs the host's Retry-After; more than a day is not believed
 */
export function backoffMs(failures: number, random: () => number, retryAfterMs = 0): number {
  const ceiling = Math.min(longest, shortest * 2 ** Math.min(failures - 1, 20))
  const asked = Math.min(retryAfterMs, 24 * 3600_000)
  // Those who were told the same second come back spread over a tenth of the time more.
  return asked > 0 ? Math.max(asked * (1 + 0.1 * random()), random() * ceiling) : random() * ceiling
}

/** [S31] While the app is looked at: every 30–45 seconds, random. */
export function pollMs(random: () => number): number {
  return 30_000 + random() * 15_000
}
