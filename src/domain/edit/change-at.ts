import { isPlainObject } from '../schema/walk-schema.ts'
import { followInTranslations } from './follow-in-translations.ts'

/** A place in a body: names of fields and numbers of entries, from the outside in. */
export type Path = readonly (string | number)[]

/** What stands at a place; undefined when there is nothing. Only what an object has itself is seen. */
export function valueAt(body: unknown, path: Path): unknown {
  let value = body
  for (const part of path) {
    if (Array.isArray(value) && typeof part === 'number') value = value[part] as unknown
    else if (isPlainObject(value) && Object.hasOwn(value, part)) value = value[part]
    else return undefined
  }
  return value
}

/**
 * The body with another value at a place; undefined removes what stands there. Objects and lists on the
 * way that are missing are made. Everything beside the way is the same object as before, and a body to
 * which nothing happens is given back itself. Translations follow (see `follow-in-translations.ts`).
 *
 * @throws RangeError when a text or number stands where the way goes on, or a list has no such place
 */
export function setAt(body: unknown, path: Path, value: unknown): unknown {
  if (valueAt(body, path) === value) return body
  const last = path.at(-1)
  if (last === undefined) return value
  if (value === undefined) return removeAt(body, path)
  return changeHolder(body, path, (holder) => {
    if (!Array.isArray(holder)) return withField(holder, String(last), value)
    if (typeof last !== 'number' || last < 0 || last > holder.length) throw noSuchPlace(path)
    return replaced(holder, last, 1, value)
  })
}

/** The body without the field or entry at a place; the body itself when there is none. */
export function removeAt(body: unknown, path: Path): unknown {
  const last = path.at(-1)
  if (last === undefined) return undefined
  const holder = valueAt(body, path.slice(0, -1))
  const isThere = Array.isArray(holder)
    ? typeof last === 'number' && last >= 0 && last < holder.length
    : isPlainObject(holder) && Object.hasOwn(holder, last)
  if (!isThere) return body
  return changeHolder(body, path, (found) =>
    Array.isArray(found) ? replaced(found, Number(last), 1) : withoutField(found, String(last)),
  )
}

/**
 * The body with a new entry in a list, before the one that stands at the place; at its end where the
 * place is the list's length. A list that is missing is made.
 *
 * @throws RangeError when the place is not within a list
 */
export function insertAt(body: unknown, path: Path, value: unknown): unknown {
  const last = path.at(-1)
  return changeHolder(body, path, (holder) => {
    const isPlace = Array.isArray(holder) && typeof last === 'number' && last >= 0
    if (!isPlace || last > holder.length) throw noSuchPlace(path)
    return replaced(holder, last, 0, value)
  })
}

/**
 * The body with an entry of the list at `path` moved from one place to another, counted after it was
 * taken out: `to` is the number it then has. Places outside the list are brought to its nearest end.
 */
export function moveWithin(body: unknown, path: Path, from: number, to: number): unknown {
  const list = valueAt(body, path)
  if (!Array.isArray(list) || !Number.isInteger(from) || from < 0 || from >= list.length)
    return body
  const place = Math.max(0, Math.min(list.length - 1, to))
  if (place === from) return body
  return setAt(body, path, replaced(replaced(list, from, 1), place, 0, list[from]))
}

type Holder = readonly unknown[] | Readonly<Record<string, unknown>>

/** The body with the object or list that holds the last part of the path changed, the way to it copied. */
function changeHolder(body: unknown, path: Path, change: (holder: Holder) => Holder): Holder {
  const within = (value: unknown, depth: number): Holder => {
    const part = path[depth]
    if (part === undefined) throw noSuchPlace(path)
    const holder = value === undefined ? (typeof part === 'number' ? [] : {}) : value
    if (!isPlainObject(holder) && !(Array.isArray(holder) && typeof part === 'number')) {
      throw noSuchPlace(path)
    }
    if (depth === path.length - 1) return followed(holder, change(holder), part)
    const inner = within(valueAt(holder, [part]), depth + 1)
    if (!Array.isArray(holder)) {
      return followed(holder, withField(holder, String(part), inner), part)
    }
    if (Number(part) > holder.length) throw noSuchPlace(path)
    return replaced(holder, Number(part), 1, inner)
  }
  return within(body, 0)
}

/** Only a text and a list of texts have translations beside them; other fields follow by themselves. */
function followed(before: Holder, after: Holder, part: string | number): Holder {
  return isPlainObject(before) && isPlainObject(after)
    ? followInTranslations(before, after, String(part))
    : after
}

/** Object.fromEntries, not assignment: a field may be called `__proto__`. */
function withField(holder: Holder, field: string, value: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.hasOwn(holder, field)
      ? Object.entries(holder).map(([name, old]) => [name, name === field ? value : old])
      : [...Object.entries(holder), [field, value]],
  )
}

function withoutField(holder: Holder, field: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(holder).filter(([name]) => name !== field))
}

function replaced(
  list: readonly unknown[],
  at: number,
  count: number,
  ...by: unknown[]
): unknown[] {
  return [...list.slice(0, at), ...by, ...list.slice(at + count)]
}

function noSuchPlace(path: Path): RangeError {
  return new RangeError(`no such place: ${JSON.stringify(path)}`)
}
