/**
 * How long one store is waited for before the next is asked too, in milliseconds: a mirror that sends a byte a
 * second must not hold what another has.
 */
const hedgeMs = 5_000

/**
 * Asks one after the other and gives the first useful answer: the next is asked when those before gave
 * nothing, or have taken long.
 *
 * @param ask gives undefined where there is nothing useful; never rejects
 */
export async function firstOf<Asked, Found>(
  all: readonly Asked[],
  ask: (one: Asked) => Promise<Found | undefined>,
): Promise<Found | undefined> {
  const asked: Promise<Found>[] = []
  for (const [index, one] of all.entries()) {
    asked.push(ask(one).then(requireFound))
    const found = Promise.any(asked).catch(() => undefined)
    if (index === all.length - 1) return found
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<undefined>(
      (done) => (timer = setTimeout(() => done(undefined), hedgeMs)),
    )
    const first = await Promise.race([found, late]).finally(() => clearTimeout(timer))
    if (first !== undefined) return first
  }
  return undefined
}

function requireFound<Found>(found: Found | undefined): Found {
  if (found === undefined) throw new Error('gave nothing')
  return found
}
