/** A document to be packed, and in which pack it lay. */
export interface PackItem {
  /** `kind/id` */
  name: string
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
 * Kinds from short and often changed to long and seldom changed. A phone number that changes then costs
 * one small pack, and like texts lie within the 32 kB that the compressor looks back. Kinds of a later
 * app come last.
 */
const order = [
  'contacts',
  'rota',
  'situation',
  'department',
  'phone-tree',
  'organisation',
  'exercise',
  'systems',
  'form',
  'plan',
  'routine',
]

/**
 * [R21] Groups documents in packs of 10–20, like with like. Documents stay where they were; so one edit
 * changes one pack. New documents go where their kind lies, or where something changes anyway.
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
    const like = room.filter((pack) => pack.kept.some((other) => rankOf(other) === rankOf(item)))
    const home =
      like.find((pack) => pack.dirty) ??
      like.toSorted(byLength)[0] ??
      room.find((pack) => pack.dirty) ??
      room.toSorted(byLength)[0]
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

/** In order of kind and name: the first pack as small as may be, the rest evenly. */
function spread(items: readonly PackItem[]): PackGroup[] {
  const names = items
    .toSorted((a, b) => rankOf(a) - rankOf(b) || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name)
  if (names.length < 2 * fewest) return names.length > 0 ? [{ names }] : []
  const rest = names.length - fewest
  const count = Math.ceil(rest / most)
  const starts = Array.from(
    { length: count + 1 },
    (_, i) => fewest + Math.round((i * rest) / count),
  )
  return [
    { names: names.slice(0, fewest) },
    ...starts.slice(0, -1).map((start, i) => ({ names: names.slice(start, starts[i + 1]) })),
  ]
}

function rankOf({ name }: PackItem): number {
  const rank = order.indexOf(name.slice(0, name.indexOf('/')))
  return rank === -1 ? order.length : rank
}

function byLength(a: { kept: PackItem[] }, b: { kept: PackItem[] }): number {
  return a.kept.length - b.kept.length
}
