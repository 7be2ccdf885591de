/** An entry of a merged list: its place in the base, in mine and in theirs, where it has one there. */
export interface MergedEntry {
  base?: number
  mine?: number
  theirs?: number
}

/**
 * [R75] The order of a merged list: that of mine, with the entries only theirs has after the one they
 * follow there, and those only theirs moved where theirs moved them to. Entries that both added in the
 * same place stand mine first. `collides` is told when both moved the same entries to different places:
 * the order of theirs is then `orderEntries` with the sides exchanged.
 */
export function orderEntries(entries: readonly MergedEntry[]): {
  order: MergedEntry[]
  theirOrder: MergedEntry[]
  collides: boolean
} {
  const order = orderFrom(entries, 'mine', 'theirs')
  const theirOrder = orderFrom(entries, 'theirs', 'mine')
  const old = (list: MergedEntry[]) =>
    list.filter(
      ({ base, mine, theirs }) => base !== undefined && mine !== undefined && theirs !== undefined,
    )
  const [left, right] = [old(order), old(theirOrder)]
  return { order, theirOrder, collides: left.some((entry, place) => entry !== right[place]) }
}

type Side = 'mine' | 'theirs'

function orderFrom(entries: readonly MergedEntry[], first: Side, second: Side): MergedEntry[] {
  const movedByFirst = movedEntries(entries, first)
  const movedBySecond = movedEntries(entries, second)
  const order = inOrderOf(entries, first).filter(
    (entry) => entry[second] === undefined || movedByFirst.has(entry) || !movedBySecond.has(entry),
  )
  const isPlaced = new Set(order)
  let previous: MergedEntry | undefined
  for (const entry of inOrderOf(entries, second)) {
    if (!isPlaced.has(entry)) {
      let place = previous === undefined ? 0 : order.indexOf(previous) + 1
      while (isAddition(order[place], first)) place += 1
      order.splice(place, 0, entry)
    }
    previous = entry
  }
  return order
}

/** An entry that one side added and the other has not. */
function isAddition(entry: MergedEntry | undefined, side: Side): boolean {
  if (entry === undefined || entry.base !== undefined) return false
  return entry[side] !== undefined && entry[side === 'mine' ? 'theirs' : 'mine'] === undefined
}

function inOrderOf(entries: readonly MergedEntry[], side: Side): MergedEntry[] {
  return entries.filter((one) => one[side] !== undefined).sort((a, b) => a[side]! - b[side]!)
}

/** Entries of the base that are not in their old order among themselves: all but the longest row that is. */
function movedEntries(entries: readonly MergedEntry[], side: Side): Set<MergedEntry> {
  const old = inOrderOf(entries, side).filter(({ base }) => base !== undefined)
  // ends[n]: the smallest base place at which a rising row of n + 1 entries ends (patience sorting).
  const ends: number[] = []
  const before = Array.from<number>({ length: old.length })
  for (const [at, entry] of old.entries()) {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (old[ends[middle]!]!.base! < entry.base!) low = middle + 1
      else high = middle
    }
    before[at] = low === 0 ? -1 : ends[low - 1]!
    ends[low] = at
  }
  const moved = new Set(old)
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]!) moved.delete(old[at]!)
  return moved
}
