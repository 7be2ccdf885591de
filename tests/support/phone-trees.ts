import fc from 'fast-check'
import type { PhoneTree, Position } from '#domain/schema/phone-tree.ts'

/** A position with what the rules look at; for tests. */
export function aPosition(
  id: string,
  calls: string[] = [],
  more: Partial<Position> = {},
): Position {
  return { id, title: id, number: '+46701740605', calls, ...more }
}

/** A tree of these positions that starts with the first. */
export function aTree(positions: Position[], more: Partial<PhoneTree> = {}): PhoneTree {
  return {
    title: 'Ringkedja',
    purpose: 'Nå alla',
    script: 'Säg',
    mayStart: ['Chef'],
    voluntary: false,
    drills: [],
    start: positions[0]?.id ?? 'start',
    minutesPerCall: 3,
    positions,
    ...more,
  }
}

/** Valid trees of 2 to `most` positions, each with a deputy, at most five calls, in shuffled order. */
export function validTrees(most: number): fc.Arbitrary<PhoneTree> {
  return fc
    .record({
      choices: fc.array(fc.nat(), { minLength: 1, maxLength: most - 1 }),
      minutesPerCall: fc.integer({ min: 1, max: 10 }),
      order: fc.integer(),
    })
    .map(({ choices, minutesPerCall, order }) => {
      const positions = [aPosition('p0')]
      for (const [index, choice] of choices.entries()) {
        const position = aPosition(`p${index + 1}`, [], { deputy: 'p0' })
        const free = positions.filter((one) => one.calls.length < 5)
        free[choice % free.length]?.calls.push(position.id)
        positions.push(position)
      }
      const [start] = positions
      if (start !== undefined) start.deputy = 'p1'
      // Any order: nothing may depend on callers standing before those they call.
      positions.sort((a, b) => hash(a.id, order) - hash(b.id, order))
      return aTree(positions, { start: 'p0', minutesPerCall })
    })
}

function hash(text: string, seed: number): number {
  let value = seed
  for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 16777619)
  return value
}
