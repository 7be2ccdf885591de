import fc from 'fast-check'
import { expect, it } from 'vitest'
import { alignLists } from './align-lists.ts'

const list = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 })

it('names every place of both lists once, in order, and pairs equal lists with themselves', () => {
  fc.assert(
    fc.property(list, list, (before, after) => {
      const pairs = alignLists(before, after)
      expect(pairs.flatMap((pair) => pair.before ?? [])).toEqual(before.map((_, place) => place))
      expect(pairs.flatMap((pair) => pair.after ?? [])).toEqual(after.map((_, place) => place))
      for (const pair of alignLists(before, before)) expect(pair.before).toBe(pair.after)
    }),
  )
})

it('moves nothing because of an entry put in between', () => {
  expect(alignLists(['x', 'y', 'z'], ['x', 'n', 'y', 'z'])).toEqual([
    { before: 0, after: 0 },
    { after: 1 },
    { before: 1, after: 2 },
    { before: 2, after: 3 },
  ])
})
