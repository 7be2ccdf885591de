/** A document to be packed: how long its JSON is, and in which pack it lay, if it has not changed since. */
export interface PackItem {
  name: string
  size: number
  /** Pack of the release before; undefined for a new document. */
  before?: number
  changed: boolean
}

/** One pack of the new release. `reuse` is the pack of the release before whose bytes serve again. */
export interface PackGroup {
  names: string[]
  reuse?: number
}

const fewest = 10
const most = 20

/**
 * Groups documents in packs of 10–20, of about the same size, so that no edit costs much more than
 * another. Documents stay where they were; so one edit changes one pack. New documents go where something
 * changes anyway.
 */
export function groupPacks(
  items: readonly PackItem[],
  previousSizes: readonly number[],
): PackGroup[] {
  if (previousSizes.length === 0) return spread(items)
  const packs = previousSizes.map((count, index) => {
    const kept = items.filter((item) => item.before === index)
    return { index, kept, dirty: kept.length !== count || kept.some((item) => item.changed) }
  })
  const homeless: PackItem[] = []
  for (const item of items.filter((one) => one.before === undefined)) {
    const room = packs.filter((pack) => pack.kept.length > 0 && pack.kept.length < most)
    const home = room.find((pack) => pack.dirty) ?? room.toSorted(byLength)[0]
    if (home) {
      home.kept.push(item)
      home.dirty = true
    } else homeless.push(item)
  }
  const groups = packs
    .filter((pack) => pack.kept.length > 0)
    .map(({ index, kept, dirty }) => ({
      names: kept.map((item) => item.name),
      ...(dirty ? {} : { reuse: index }),
    }))
  return [...groups, ...spread(homeless)]
}

/** The heaviest first, each into the lightest pack that has room. */
function spread(items: readonly PackItem[]): PackGroup[] {
  if (items.length === 0) return []
  const count = Math.max(1, Math.floor(items.length / fewest))
  const packs = Array.from({ length: count }, () => ({ names: [] as string[], size: 0 }))
  const heaviest = items.toSorted((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1))
  const room = Math.ceil(items.length / count)
  for (const item of heaviest) {
    const lightest = packs
      .filter((p) => p.names.length < room)
      .toSorted((a, b) => a.size - b.size)[0]!
    lightest.names.push(item.name)
    lightest.size += item.size
  }
  return packs.map(({ names }) => ({ names: names.toSorted() }))
}

function byLength(a: { kept: PackItem[] }, b: { kept: PackItem[] }): number {
  return a.kept.length - b.kept.length
}
