import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance, likelyWord } from './edit-distance.ts'

describe('edit distance', () => {
  it.each([
    ['', '', 0],
    ['titel', 'title', 1],
    ['nyklar', 'nycklar', 1],
    ['abc', '', 3],
    ['kitten', 'sitting', 3],
  ])('%s to %s takes %i', (a, b, expected) => expect(editDistance(a, b)).toBe(expected))

  it('is the same both ways, and zero only for the same word', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, b) === 0).toBe(a === b)
      }),
    )
  })

  it('stops above the limit', () => {
    expect(editDistance('kitten', 'sitting', 2)).toBe(3)
    expect(editDistance('a', 'abcdefgh', 2)).toBe(3)
  })
})

describe('likely word', () => {
  it('finds the near one and no far one', () => {
    expect(likelyWord('titel', ['name', 'title', 'tittle'])).toBe('title')
    expect(likelyWord('fasees', ['phases', 'title'])).toBe(undefined)
    expect(likelyWord('phasse', ['phases', 'title'])).toBe('phases')
  })
})
