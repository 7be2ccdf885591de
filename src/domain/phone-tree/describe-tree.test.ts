import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeTree } from './describe-tree.ts'
import { aPosition, aTree, validTrees } from '../../../tests/support/phone-trees.ts'

const ids = (positions: { id: string }[]) => positions.map(({ id }) => id)

describe('what a phone tree amounts to', () => {
  it('[P11] [P12] [P13] an example one can count on one’s fingers', () => {
    const tree = aTree([
      aPosition('a', ['b', 'c', 'd']),
      aPosition('b', ['e', 'f']),
      aPosition('c'),
      aPosition('d', ['g']),
      aPosition('e'),
      aPosition('f'),
      aPosition('g'),
    ])
    const described = describeTree(tree)
    expect(described).toMatchObject({ persons: 7, steps: 2 })
    expect(described.levels.map(ids)).toEqual([['a'], ['b', 'c', 'd'], ['e', 'f', 'g']])
    // d is called third, at 9 minutes, and then calls g: 12. f is called at 3 + 2 × 3 = 9.
    expect(described.minutes).toBe(12)
    expect(ids(described.last)).toEqual(['c', 'e', 'f', 'g'])
    expect(described.callerById.get('g')).toBe('d')
  })

  it('[P11] everyone stands on one level, below their caller', () => {
    fc.assert(
      fc.property(validTrees(400), (tree) => {
        const { levels, callerById, persons } = describeTree(tree)
        const levelById = new Map(
          levels.flatMap((row, level) => row.map(({ id }) => [id, level] as const)),
        )
        expect(persons).toBe(tree.positions.length)
        expect(levelById.size).toBe(tree.positions.length)
        for (const [id, caller] of callerById) {
          expect(levelById.get(id)).toBe((levelById.get(caller) ?? NaN) + 1)
        }
      }),
    )
  })

  it('[P12] the estimate is that of playing it out call by call', () => {
    fc.assert(
      fc.property(validTrees(200), (tree) => {
        const callsById = new Map(tree.positions.map((one) => [one.id, [...one.calls]]))
        let calling = ['p0']
        let rounds = 0
        // Each round is one call's length: everyone who has been called makes their next call.
        while (calling.some((id) => callsById.get(id)?.length)) {
          rounds += 1
          calling = [...calling, ...calling.flatMap((id) => callsById.get(id)?.splice(0, 1) ?? [])]
        }
        expect(describeTree(tree).minutes).toBe(rounds * tree.minutesPerCall)
      }),
    )
  })

  it('[P13] exactly those who call nobody call back', () => {
    fc.assert(
      fc.property(validTrees(200), (tree) => {
        const silent = tree.positions.filter((one) => one.calls.length === 0)
        expect(new Set(ids(describeTree(tree).last))).toEqual(new Set(ids(silent)))
      }),
    )
  })

  it('[P14] answers for broken trees too', () => {
    const anyTree = fc
      .array(fc.array(fc.nat({ max: 12 }), { maxLength: 6 }), { minLength: 1, maxLength: 12 })
      .map((calls) =>
        aTree(
          calls.map((called, i) =>
            aPosition(
              `p${i}`,
              called.map((c) => `p${c}`),
            ),
          ),
        ),
      )
    fc.assert(
      fc.property(anyTree, (tree) => {
        const { levels, persons } = describeTree(tree)
        const met = ids(levels.flat())
        expect(new Set(met).size).toBe(persons)
      }),
    )
    expect(describeTree(aTree([aPosition('a'), aPosition('b')], { start: 'x' }))).toMatchObject({
      persons: 0,
      steps: 0,
      minutes: 0,
      last: [],
    })
  })
})
