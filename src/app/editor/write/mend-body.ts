import { removeAt, setAt } from '#domain/edit/change-at.ts'
import type { DocumentKind } from '#domain/schema/document.ts'
import { validateDocument } from '#domain/validate-document.ts'
import { fieldShape, type Shape } from './field-shape.ts'
import { pathOf, placeOf } from './place.ts'

/**
 * A body that is being written, as other documents may look at it: entries that do not fit the schema yet are
 * left out, and what is missing is filled with a dash. Never stored, never published.
 *
 * @returns undefined where even that does not help
 */
export function mendBody(
  name: { department: string; kind: DocumentKind; id: string },
  body: unknown,
): unknown {
  let mended = body
  for (let round = 0; round < 8; round++) {
    const found = validateDocument({ ...name, body: mended })
    if (found.ok) return mended
    const before = mended
    // From the end: taking an entry out moves those after it. And once: it may have several faults.
    const places = new Set(found.problems.map(({ path }) => placeOf(faultyPart(path))))
    for (const place of [...places].toReversed()) mended = mendOne(name.kind, mended, pathOf(place))
    if (mended === before) return undefined
  }
  return undefined
}

/** What is taken out or filled for a fault: the entry it stands in, or the field. */
function faultyPart(path: readonly (string | number)[]): readonly (string | number)[] {
  const entry = path.findLastIndex((part) => typeof part === 'number')
  return entry > 0 ? path.slice(0, entry + 1) : path
}

function mendOne(kind: DocumentKind, body: unknown, path: (string | number)[]): unknown {
  if (typeof path.at(-1) === 'number') return removeAt(body, path)
  const shape = fieldShape(kind, placeOf(path))
  if (shape === undefined || path.length === 0) return body
  if (shape.isOptional) return removeAt(body, path)
  const standIn = standIns[shape.shape.is]?.(shape.shape)
  try {
    return standIn === undefined ? body : setAt(body, path, standIn)
  } catch {
    // Something else stands on the way there.
    return body
  }
}

const standIns: Readonly<Partial<Record<Shape['is'], (shape: Shape) => unknown>>> = {
  line: () => '–',
  prose: () => '–',
  code: () => 'XX',
  identifier: () => 'x',
  day: () => '2000-01-01',
  instant: () => '2000-01-01T00:00Z',
  clock: () => '00:00',
  duration: () => '1 h',
  lines: () => [],
  list: () => [],
  group: () => ({}),
  steps: () => [{ text: '–' }],
  pick: (shape) => (shape.is === 'pick' ? shape.options[0] : undefined),
}
