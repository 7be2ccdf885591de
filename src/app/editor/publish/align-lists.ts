/** One place of two lists laid side by side: where it stood, where it stands. One of them may be absent. */
export interface AlignedPair {
  before?: number
  after?: number
}

/** Above this many comparisons two lists are laid side by side by place alone. */
const mostCompared = 4_000_000

/**
 * Lays two lists side by side so that as many entries as possible stand beside themselves (the longest
 * common subsequence); what is left between two such places is paired in order.
 *
 * @param before entries as texts that are equal when the entries are
 */
export function alignLists(before: readonly string[], after: readonly string[]): AlignedPair[] {
  const pairs: AlignedPair[] = []
  let [lastBefore, lastAfter] = [0, 0]
  const gap = (toBefore: number, toAfter: number) => {
    const count = Math.max(toBefore - lastBefore, toAfter - lastAfter)
    for (let k = 0; k < count; k += 1) {
      pairs.push({
        ...(lastBefore + k < toBefore && { before: lastBefore + k }),
        ...(lastAfter + k < toAfter && { after: lastAfter + k }),
      })
    }
  }
  for (const [b, a] of commonPlaces(before, after)) {
    gap(b, a)
    pairs.push({ before: b, after: a })
    ;[lastBefore, lastAfter] = [b + 1, a + 1]
  }
  gap(before.length, after.length)
  return pairs
}

/** Places of the longest common subsequence, in order. */
export function commonPlaces(
  before: readonly string[],
  after: readonly string[],
): [before: number, after: number][] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end += 1
  const middleBefore = before.slice(start, before.length - end)
  const middleAfter = after.slice(start, after.length - end)
  const found: [number, number][] = []
  for (let k = 0; k < start; k += 1) found.push([k, k])
  for (const [b, a] of longestCommon(middleBefore, middleAfter)) found.push([b + start, a + start])
  for (let k = end; k > 0; k -= 1) found.push([before.length - k, after.length - k])
  return found
}

function longestCommon(before: readonly string[], after: readonly string[]): [number, number][] {
  const [rows, columns] = [before.length, after.length]
  if (rows * columns === 0 || rows * columns > mostCompared) return []
  // lengths[b * width + a]: the longest common to what follows from b and a on.
  const width = columns + 1
  const lengths = new Uint32Array((rows + 1) * width)
  const at = (b: number, a: number) => lengths[b * width + a] ?? 0
  for (let b = rows - 1; b >= 0; b -= 1) {
    for (let a = columns - 1; a >= 0; a -= 1) {
      lengths[b * width + a] =
        before[b] === after[a] ? at(b + 1, a + 1) + 1 : Math.max(at(b + 1, a), at(b, a + 1))
    }
  }
  const found: [number, number][] = []
  for (let b = 0, a = 0; b < rows && a < columns;) {
    if (before[b] === after[a]) found.push([b++, a++])
    else if (at(b + 1, a) >= at(b, a + 1)) b += 1
    else a += 1
  }
  return found
}
