/**
 * How long the others are waited for once one store has answered, in milliseconds. What they bring later
 * is looked at too; only the person who waits for a first release does not wait for the slowest.
 */
const graceMs = 1500

/**
 * Resolves when all have, or a little after the first that gave something useful (true).
 * @throws the signal's reason when it is aborted
 */
export async function allOrGrace(
  asked: readonly Promise<boolean>[],
  signal: AbortSignal,
): Promise<void> {
  const all = Promise.all(asked)
  // Those still under way are awaited later, or end with the round.
  all.catch(() => undefined)
  if (asked.length < 2) {
    await all
  } else {
    let timer: ReturnType<typeof setTimeout> | undefined
    const useful = Promise.any(asked.map(rejectUseless))
    const grace = useful.then(
      () => new Promise<void>((resolve) => (timer = setTimeout(resolve, graceMs))),
      () => all.then(() => undefined),
    )
    await Promise.race([all, grace]).finally(() => clearTimeout(timer))
  }
  signal.throwIfAborted()
}

async function rejectUseless(one: Promise<boolean>): Promise<void> {
  if (!(await one)) throw new Error('gave nothing')
}
