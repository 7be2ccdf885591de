/**
 * Where a field stands in a body, as one text: `phases/minutes15/steps/3/text`. Comparing and handing on one
 * text is cheaper than a list, and no field's name holds a slash.
 */
export type Place = string

/** The steps of a place: names as they are, positions in lists as numbers. The whole body has none. */
export function pathOf(place: Place): (string | number)[] {
  const known = paths.get(place)
  if (known !== undefined) return known
  const path = place === '' ? [] : place.split('/').map((part) => (isPosition(part) ? Number(part) : part)) // prettier-ignore
  // A page asks for the same few thousand again and again.
  if (paths.size > 50_000) paths.clear()
  paths.set(place, path)
  return path
}
const paths = new Map<Place, (string | number)[]>()

/** The place of a path, for what comes as a list: a finding. */
export function placeOf(path: readonly (string | number)[]): Place {
  return path.join('/')
}

export function within(place: Place, ...parts: (string | number)[]): Place {
  return [...(place === '' ? [] : [place]), ...parts].join('/')
}

/** The same place with no positions: `phases/minutes15/steps/text`. What a field is called hangs on it. */
export function fieldName(place: Place): string {
  return place
    .split('/')
    .filter((part) => !isPosition(part))
    .join('/')
}

/** The place one step out, and the last part. */
export function splitPlace(place: Place): { outer: Place; last: string } {
  const at = place.lastIndexOf('/')
  return { outer: at === -1 ? '' : place.slice(0, at), last: place.slice(at + 1) }
}

function isPosition(part: string): boolean {
  return /^\d+$/.test(part)
}
