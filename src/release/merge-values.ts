import { isPlainObject } from '#domain/schema/walk-schema.ts'
import { ownValue, sameJson } from '#trust/json.ts'
import { alignEntries, idsOf } from './align-entries.ts'
import { mergeTranslations } from './merge-translations.ts'
import { orderEntries, type MergedEntry } from './order-entries.ts'
import type { FieldConflict } from './merge.ts'

/** The three values of a place; undefined is what is not there. */
export interface Sides {
  base: unknown
  mine: unknown
  theirs: unknown
}
type Path = readonly (string | number)[]

/** [R70] [R71] One place of a body. */
export function mergeValues(sides: Sides, path: Path, conflicts: FieldConflict[]): unknown {
  const { base, mine, theirs } = sides
  if (sameJson(mine, theirs) || sameJson(base, theirs)) return mine
  if (sameJson(base, mine)) return theirs
  if (isPlainObject(mine) && isPlainObject(theirs)) {
    return mergeObjects({ base: isPlainObject(base) ? base : {}, mine, theirs }, path, conflicts)
  }
  if (Array.isArray(mine) && Array.isArray(theirs)) {
    return mergeLists({ base: Array.isArray(base) ? base : [], mine, theirs }, path, conflicts)
  }
  conflicts.push({ path: [...path], base, mine, theirs })
  return mine
}

/** [R72] Field by field. Object.fromEntries, not assignment: a field may be called `__proto__`. */
function mergeObjects(
  sides: Record<keyof Sides, Record<string, unknown>>,
  path: Path,
  conflicts: FieldConflict[],
): Record<string, unknown> {
  const { base, mine, theirs } = sides
  const merged: [string, unknown][] = []
  const at = (field: string): Sides => ({
    base: ownValue(base, field),
    mine: ownValue(mine, field),
    theirs: ownValue(theirs, field),
  })
  const fields = new Set([...Object.keys(mine), ...Object.keys(theirs)])
  const hasTranslations = fields.delete('translations')
  const collides = new Set<string>()
  for (const field of fields) {
    const before = conflicts.length
    merged.push([field, mergeValues(at(field), [...path, field], conflicts)])
    if (conflicts.length > before) collides.add(field)
  }
  const body = Object.fromEntries(merged.filter(([, value]) => value !== undefined))
  if (!hasTranslations) return body
  // Last: a translation holds only as long as the Swedish text it was made of.
  const place = [...path, 'translations']
  const translations = mergeTranslations(at('translations'), { ...sides, merged: body, collides }, mergeValues, place, conflicts) // prettier-ignore
  return translations === undefined
    ? body
    : Object.fromEntries([...Object.entries(body), ['translations', translations]])
}

/** [R73]–[R75] Entry by entry; which is which is found by `alignEntries`. */
function mergeLists(
  { base, mine, theirs }: Record<keyof Sides, readonly unknown[]>,
  path: Path,
  conflicts: FieldConflict[],
): unknown[] {
  const entries = matchEntries(base, mine, theirs)
  const { order, theirOrder, collides } = orderEntries(entries)
  const merged: unknown[] = []
  const placeByEntry = new Map<MergedEntry, number>()
  const inner: FieldConflict[] = []
  for (const entry of order) {
    const sides = {
      base: entry.base === undefined ? undefined : base[entry.base],
      mine: entry.mine === undefined ? undefined : mine[entry.mine],
      theirs: entry.theirs === undefined ? undefined : theirs[entry.theirs],
    }
    const value = mergeValues(sides, [...path, merged.length], inner)
    if (value === undefined) continue
    placeByEntry.set(entry, merged.length)
    merged.push(value)
  }
  if (collides) {
    const places = theirOrder
      .map((entry) => placeByEntry.get(entry))
      .filter((at) => at !== undefined)
    const oldPlaces = [...placeByEntry].sort(([a], [b]) => (a.base ?? 0) - (b.base ?? 0))
    conflicts.push({
      path: [...path],
      base: oldPlaces.map(([, at]) => merged[at]),
      mine: merged,
      theirs: places.map((at) => merged[at]),
      order: places,
    })
  }
  conflicts.push(...inner)
  return merged
}

/** Every entry of the three lists once, by where it stands in each. */
function matchEntries(
  base: readonly unknown[],
  mine: readonly unknown[],
  theirs: readonly unknown[],
): MergedEntry[] {
  const inMine = alignEntries(base, mine)
  const inTheirs = alignEntries(base, theirs)
  const entries: MergedEntry[] = base.map((_, place) => ({
    base: place,
    mine: inMine[place],
    theirs: inTheirs[place],
  }))
  const [knownInMine, knownInTheirs] = [new Set(inMine), new Set(inTheirs)]
  const newInMine = [...mine.keys()].filter((place) => !knownInMine.has(place))
  const newInTheirs = [...theirs.keys()].filter((place) => !knownInTheirs.has(place))
  const sameAddition = sameAdditions(mine, newInMine, theirs, newInTheirs)
  for (const place of newInMine) entries.push({ mine: place, theirs: sameAddition.get(place) })
  const both = new Set(sameAddition.values())
  for (const place of newInTheirs) if (!both.has(place)) entries.push({ theirs: place })
  return entries
}

/** What both added: entries of the same id, or the same entry to the letter. Others are two entries. */
function sameAdditions(
  mine: readonly unknown[],
  newInMine: readonly number[],
  theirs: readonly unknown[],
  newInTheirs: readonly number[],
): Map<number, number> {
  const ids = idsOf(mine)
  const theirIds = idsOf(theirs)
  const same = new Map<number, number>()
  const free = new Set(newInTheirs)
  for (const place of newInMine) {
    for (const other of free) {
      const isSame =
        ids && theirIds ? ids[place] === theirIds[other] : sameJson(mine[place], theirs[other])
      if (!isSame) continue
      same.set(place, other)
      free.delete(other)
      break
    }
  }
  return same
}
