import { alignLists } from './align-lists.ts'

/** A step on the way from a document to what differs: a field, or an entry of a list. */
export type Place = { field: string } | { entry: string } | { number: number }

/** One thing that differs between two versions of a document. */
export interface Difference {
  trail: Place[]
  /** `moved`: the same entry in another place of its list. */
  change: 'added' | 'removed' | 'changed' | 'moved'
  /** The field's own name, `number`; that of the list for an entry. */
  field: string
  before?: unknown
  after?: unknown
}

/** Fields that hold a phone number. */
const numberFields = new Set(['number', 'second', 'emergency'])

/** Whether a phone number differs: what must stand out, since a wrong one costs a life. */
export function isNumberChange({ field, change }: Difference): boolean {
  return numberFields.has(field) && change !== 'moved'
}

/** Everything that differs between two bodies of a document, in the order it stands there. */
export function differences(before: unknown, after: unknown): Difference[] {
  return compare({ trail: [], field: '', before, after })
}

interface Compared {
  trail: Place[]
  field: string
  before: unknown
  after: unknown
}

function compare(compared: Compared): Difference[] {
  const { before, after } = compared
  if (textOf(before) === textOf(after)) return []
  if (isRecord(before) && isRecord(after)) return compareFields(compared, before, after)
  if (isList(before) || isList(after)) {
    if ((before === undefined || isList(before)) && (after === undefined || isList(after)))
      return compareLists(compared, before ?? [], after ?? [])
  }
  // A field with fields that came or went as a whole: each of them came or went.
  if (isRecord(before) && isEmpty(after)) return compareFields(compared, before, {})
  if (isRecord(after) && isEmpty(before)) return compareFields(compared, {}, after)
  return [leaf(compared)]
}

function leaf({ trail, field, before, after }: Compared): Difference {
  const change = isEmpty(before) ? 'added' : isEmpty(after) ? 'removed' : 'changed'
  return {
    trail,
    field,
    change,
    ...(change !== 'added' && { before }),
    ...(change !== 'removed' && { after }),
  }
}

function compareFields(
  { trail }: Compared,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Difference[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...fields].flatMap((field) =>
    compare({
      trail: [...trail, { field }],
      field,
      before: Object.hasOwn(before, field) ? before[field] : undefined,
      after: Object.hasOwn(after, field) ? after[field] : undefined,
    }),
  )
}

function compareLists(
  { trail, field }: Compared,
  before: readonly unknown[],
  after: readonly unknown[],
): Difference[] {
  const pairs = pairsOf(before, after)
  const found = pairs.flatMap(({ b, a }): Difference[] => {
    const [old, now] = [b === undefined ? undefined : before[b], a === undefined ? undefined : after[a]] // prettier-ignore
    const place = placeOf(now ?? old, (a ?? b ?? 0) + 1)
    const here = [...trail, place]
    if (b === undefined || a === undefined)
      return [leaf({ trail: here, field, before: old, after: now })]
    return compare({ trail: here, field, before: old, after: now })
  })
  return withMoves(found, isNamed(before) && isNamed(after) && isReordered(before, after), {
    trail,
    field,
    before,
    after,
  })
}

/** Entries that belong together: by id where all have one, else by what they hold and where they stand. */
function pairsOf(
  before: readonly unknown[],
  after: readonly unknown[],
): { b?: number; a?: number }[] {
  if (isNamed(before) && isNamed(after)) {
    const places = new Map(before.map((entry, b) => [entry.id, b]))
    const ids = new Set(after.map(({ id }) => id))
    return [
      ...after.map(({ id }, a) => ({ ...(places.has(id) && { b: places.get(id)! }), a })),
      ...before.flatMap(({ id }, b) => (ids.has(id) ? [] : [{ b }])),
    ]
  }
  return alignLists(before.map(textOf), after.map(textOf)).map((pair) => ({
    ...(pair.before !== undefined && { b: pair.before }),
    ...(pair.after !== undefined && { a: pair.after }),
  }))
}

/** The same entry taken away in one place and put in another has moved. */
function withMoves(found: Difference[], isReorderedById: boolean, list: Compared): Difference[] {
  const gone = found.filter(({ change }) => change === 'removed')
  const moved = new Map<Difference, Difference>()
  for (const one of found) {
    if (one.change !== 'added') continue
    const from = gone.find(
      (other) => ![...moved.values()].includes(other) && textOf(other.before) === textOf(one.after),
    )
    if (from !== undefined) moved.set(one, from)
  }
  const sources = new Set(moved.values())
  const all = found
    .filter((one) => !sources.has(one))
    .map((one): Difference =>
      moved.has(one) ? { ...one, change: 'moved', before: one.after } : one,
    )
  if (!isReorderedById) return all
  return [...all, { trail: list.trail, field: list.field, change: 'moved' }]
}

function isReordered(before: readonly Named[], after: readonly Named[]): boolean {
  const [old, now] = [before.map(({ id }) => id), after.map(({ id }) => id)]
  const kept = old.filter((id) => now.includes(id))
  return now.filter((id) => old.includes(id)).some((id, place) => kept[place] !== id)
}

interface Named {
  id: string
}

function isNamed(list: readonly unknown[]): list is readonly (Named & Record<string, unknown>)[] {
  const ids = list.map((entry) => (isRecord(entry) ? entry.id : undefined))
  return ids.every((id) => typeof id === 'string') && new Set(ids).size === ids.length
}

/** What a person would call an entry: its title, else its number. */
function placeOf(entry: unknown, number: number): Place {
  if (isRecord(entry)) {
    for (const field of ['title', 'label', 'name', 'position']) {
      const text = entry[field]
      if (typeof text === 'string' && text.trim() !== '') return { entry: text }
    }
  }
  return { number }
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

/** Equal for values that say the same: fields in any order, an empty list as good as none. */
function textOf(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      isRecord(part)
        ? Object.fromEntries(
            Object.entries(part)
              .filter(([, inner]) => !(Array.isArray(inner) && inner.length === 0))
              .sort(([one], [other]) => (one < other ? -1 : 1)),
          )
        : part,
    ) ?? ''
  )
}
