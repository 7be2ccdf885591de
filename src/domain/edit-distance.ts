/**
 * Smallest number of single-letter changes between two words: a letter added, left out, replaced, or
 * two neighbours swapped (optimal string alignment). Stops counting above `limit` and returns
 * `limit + 1` then.
 */
export function editDistance(a: string, b: string, limit = Infinity): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) cost = Math.min(cost, (beforePrevious[column - 2] ?? 0) + 1)
      current.push(cost)
    }
    if (Math.min(...current) > limit) return limit + 1
    beforePrevious = previous
    previous = current
  }
  return previous[b.length] ?? 0
}

/**
 * The candidate somebody most likely meant by `word`, or undefined when none is near: at most one
 * change in three letters (and always one).
 */
export function likelyWord(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let nearest = Math.max(1, Math.floor(word.length / 3)) + 1
  for (const candidate of candidates) {
    const distance = editDistance(word, candidate, nearest - 1)
    if (distance < nearest) {
      best = candidate
      nearest = distance
    }
  }
  return best
}
