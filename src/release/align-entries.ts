import { ownValue, sameJson } from '#trust/json.ts'

/**
 * Which entries of a list are which entries of an older one [R73]: for each entry of `before` its place in
 * `after`, or undefined where it was removed. Entries that all have an id of their own are known by it;
 * others by being the same, then by being alike.
 */
export function alignEntries(
  before: readonly unknown[],
  after: readonly unknown[],
): (number | undefined)[] {
  const [beforeIds, afterIds] = [idsOf(before), idsOf(after)]
  if (beforeIds && afterIds) {
    const placeById = new Map(afterIds.map((id, place) => [id, place]))
    return beforeIds.map((id) => placeById.get(id))
  }
  const pairing = createPairing(before.length, after.length)
  pairSame(before, after, pairing)
  pairMoved(before, after, pairing)
  const likeness = createLikeness(before, after)
  pairAlike(gapsOf(pairing), pairing, likeness, 0.5)
  pairAlike([{ before: pairing.freeBefore(), after: pairing.freeAfter() }], pairing, likeness, 0.6)
  pairAlone(before, after, pairing)
  return pairing.placeInAfter
}

/** The ids of a list whose entries all have one, each once; undefined for other lists. */
export function idsOf(list: readonly unknown[]): string[] | undefined {
  const ids = list.map((entry) =>
    typeof entry === 'object' && entry !== null
      ? ownValue(entry as { id?: unknown }, 'id')
      : undefined,
  )
  const isNamed = ids.every((id) => typeof id === 'string') && new Set(ids).size === ids.length
  return isNamed ? ids : undefined
}

interface Pairing {
  placeInAfter: (number | undefined)[]
  placeInBefore: (number | undefined)[]
  pair(before: number, after: number): void
  freeBefore(): number[]
  freeAfter(): number[]
}

function createPairing(before: number, after: number): Pairing {
  const placeInAfter = Array.from<number | undefined>({ length: before })
  const placeInBefore = Array.from<number | undefined>({ length: after })
  const free = (places: (number | undefined)[]) =>
    [...places.keys()].filter((place) => places[place] === undefined)
  return {
    placeInAfter,
    placeInBefore,
    pair: (one, other) => {
      placeInAfter[one] = other
      placeInBefore[other] = one
    },
    freeBefore: () => free(placeInAfter),
    freeAfter: () => free(placeInBefore),
  }
}

/** Beyond so many comparisons of entries a table of all is not filled: the longest lists we know have 500 entries. */
const mostComparisons = 4_000_000

/** Entries that are the same in the same order: the longest such row. */
function pairSame(before: readonly unknown[], after: readonly unknown[], pairing: Pairing): void {
  let start = 0
  while (start < before.length && start < after.length && sameJson(before[start], after[start])) {
    pairing.pair(start, start++)
  }
  let [endBefore, endAfter] = [before.length, after.length]
  while (
    endBefore > start &&
    endAfter > start &&
    sameJson(before[endBefore - 1], after[endAfter - 1])
  ) {
    pairing.pair(--endBefore, --endAfter)
  }
  const [rows, columns] = [endBefore - start, endAfter - start]
  if (rows * columns > mostComparisons) return
  const keys = (list: readonly unknown[], end: number) => list.slice(start, end).map(keyOf)
  const [left, right] = [keys(before, endBefore), keys(after, endAfter)]
  // lengths[i][j]: the longest common row of what follows i and j.
  const lengths = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1))
  for (let i = rows - 1; i >= 0; i--) {
    const [row, below] = [lengths[i]!, lengths[i + 1]!]
    for (let j = columns - 1; j >= 0; j--) {
      row[j] = left[i] === right[j] ? below[j + 1]! + 1 : Math.max(below[j]!, row[j + 1]!)
    }
  }
  for (let i = 0, j = 0; i < rows && j < columns;) {
    if (left[i] === right[j]) pairing.pair(start + i++, start + j++)
    else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i++
    else j++
  }
}

/** Entries that are the same in another place: moved. */
function pairMoved(before: readonly unknown[], after: readonly unknown[], pairing: Pairing): void {
  const placesByKey = new Map<string, number[]>()
  for (const place of pairing.freeAfter()) {
    const key = keyOf(after[place])
    placesByKey.set(key, [...(placesByKey.get(key) ?? []), place])
  }
  for (const place of pairing.freeBefore()) {
    const moved = placesByKey.get(keyOf(before[place]))?.shift()
    if (moved !== undefined) pairing.pair(place, moved)
  }
}

interface Gap {
  before: number[]
  after: number[]
}

/** What is unpaired between neighbouring pairs, seen from `before`. */
function gapsOf(pairing: Pairing): Gap[] {
  const gaps: Gap[] = []
  const taken = new Set<number>()
  const { placeInAfter, placeInBefore } = pairing
  const freeFrom = (place: number): number[] => {
    const free: number[] = []
    for (let at = place; at < placeInBefore.length && placeInBefore[at] === undefined; at++) {
      if (!taken.has(at)) free.push(at)
    }
    return free
  }
  for (let at = 0, previous = -1; at < placeInAfter.length; at++) {
    const paired = placeInAfter[at]
    if (paired !== undefined) {
      previous = paired
      continue
    }
    const gap: Gap = { before: [], after: freeFrom(previous + 1) }
    while (at < placeInAfter.length && placeInAfter[at] === undefined) gap.before.push(at++)
    at -= 1
    for (const place of gap.after) taken.add(place)
    gaps.push(gap)
  }
  return gaps
}

/** Of unpaired entries, those that are alike enough: the most alike first. */
function pairAlike(
  gaps: readonly Gap[],
  pairing: Pairing,
  likeness: (before: number, after: number) => number,
  enough: number,
): void {
  for (const gap of gaps) {
    if (gap.before.length * gap.after.length > mostComparisons / 16) continue
    const candidates: { one: number; other: number; alike: number }[] = []
    for (const one of gap.before) {
      for (const other of gap.after) {
        const alike = likeness(one, other)
        if (alike >= enough) candidates.push({ one, other, alike })
      }
    }
    candidates.sort(
      (a, b) => b.alike - a.alike || Math.abs(a.one - a.other) - Math.abs(b.one - b.other),
    )
    for (const { one, other } of candidates) {
      if (pairing.placeInAfter[one] !== undefined || pairing.placeInBefore[other] !== undefined)
        continue
      pairing.pair(one, other)
    }
  }
}

/** One entry on either side between the same neighbours, of the same type: rewritten. */
function pairAlone(before: readonly unknown[], after: readonly unknown[], pairing: Pairing): void {
  for (const gap of gapsOf(pairing)) {
    const [one, other] = [gap.before[0], gap.after[0]]
    if (gap.before.length !== 1 || gap.after.length !== 1) continue
    if (one === undefined || other === undefined) continue
    if (typeOf(before[one]) === typeOf(after[other])) pairing.pair(one, other)
  }
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value
}

/** A text that is the same for what `sameJson` calls the same. */
function keyOf(value: unknown): string {
  return typeof value === 'string' ? `"${value}` : String(JSON.stringify(value, inOrder))
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** How alike two entries are, from 0 to 1; the words of each are taken apart once. */
function createLikeness(
  before: readonly unknown[],
  after: readonly unknown[],
): (one: number, other: number) => number {
  const parts = new Map<unknown, Map<string, number>>()
  const partsOf = (entry: unknown): Map<string, number> => {
    const known = parts.get(entry)
    if (known !== undefined) return known
    const counted = new Map<string, number>()
    countParts(entry, '', counted, 0)
    parts.set(entry, counted)
    return counted
  }
  return (one, other) => {
    const [left, right] = [before[one], after[other]]
    return typeOf(left) === typeOf(right) ? overlap(partsOf(left), partsOf(right)) : 0
  }
}

/** The fields an entry is known by; who, where and with which form recur from step to step. */
const naming: ReadonlySet<string> = new Set(['text', 'title', 'label', 'name', 'id', 'position'])
/** Enough to tell entries apart, and an end for what is nested without one. */
const deepest = 4

/** Words by their field, each with the weight of the field. */
function countParts(
  value: unknown,
  field: string,
  counted: Map<string, number>,
  depth: number,
): void {
  const add = (part: string) => {
    const key = `${field}:${part}`
    counted.set(key, (counted.get(key) ?? 0) + (naming.has(field) || field === '' ? 3 : 1))
  }
  if (typeof value === 'string') {
    for (const word of value.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [value]) add(word)
  } else if (Array.isArray(value)) {
    if (depth < deepest) for (const inner of value) countParts(inner, field, counted, depth + 1)
  } else if (typeof value === 'object' && value !== null) {
    if (depth >= deepest) return
    for (const [name, inner] of Object.entries(value)) {
      if (name !== 'translations' && name !== 'secrecy') countParts(inner, name, counted, depth + 1)
    }
  } else add(String(value))
}

/** Shared weight against all weight (the Dice coefficient). */
function overlap(left: Map<string, number>, right: Map<string, number>): number {
  let [shared, all] = [0, 0]
  for (const [part, weight] of left) {
    shared += Math.min(weight, right.get(part) ?? 0)
    all += weight
  }
  for (const weight of right.values()) all += weight
  return all === 0 ? 0 : (2 * shared) / all
}
