import type { Place } from './differences.ts'

/** A path into a body as a way that can be said: entries of lists by what they are called. */
export function fieldTrail(body: unknown, path: readonly (string | number)[]): Place[] {
  const trail: Place[] = []
  let value = body
  for (const part of path) {
    value = inside(value, part)
    if (typeof part === 'string') trail.push({ field: part })
    else trail.push(nameOf(value) ?? { number: part + 1 })
  }
  return trail
}

function inside(value: unknown, part: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.hasOwn(value, part) ? (value as Record<string | number, unknown>)[part] : undefined
}

function nameOf(entry: unknown): Place | undefined {
  for (const field of ['title', 'label', 'name', 'position']) {
    const text = inside(entry, field)
    if (typeof text === 'string' && text.trim() !== '') return { entry: text }
  }
  return undefined
}
