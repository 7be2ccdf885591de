import { describe, expect, it } from 'vitest'
import { alignEntries } from './align-entries.ts'

describe('[R73] which entry is which', () => {
  it('is known by id where all have one, whatever else changed', () => {
    expect(alignEntries([{ id: 'a' }, { id: 'b' }], [{ id: 'b', x: 1 }, { id: 'c' }])).toEqual([
      undefined,
      0,
    ])
    const twice = [
      { id: 'a', text: 'ett' },
      { id: 'a', text: 'två' },
    ]
    expect(alignEntries(twice, [twice[1]!, { id: 'b', text: 'tre' }, twice[0]!])).toEqual([2, 0])
  })
  it('is the same one in another place, rather than one that is like it in its own', () => {
    const before = ['Ring sjuksköterskan nu', 'Åk']
    expect(alignEntries(before, ['Ring sjuksköterskan snart', 'Åk', before[0]])).toEqual([2, 1])
  })
  it('is the one that is most alike', () => {
    const before = ['Ring Anna på kontoret', 'Ring Bo på kontoret', 'Vänta']
    expect(alignEntries(before, ['Ring nu Bo på kontoret', 'Ring nu Anna på kontoret'])).toEqual([
      1,
      0,
      undefined,
    ])
  })
  it('is found by what a step says, not by who does it and where', () => {
    const common = { who: 'Kvällsansvarig', where: 'Pärmen, flik 4' }
    const before = [
      { text: 'Ring larmcentralen', ...common },
      { text: 'Åk till nästa besök', ...common },
    ]
    const after = [{ text: 'Skriv på papper', ...common }, { text: 'Ring larmcentralen igen', ...common }, { text: 'Vila', ...common }] // prettier-ignore
    expect(alignEntries(before, after)).toEqual([1, 2])
  })
  it('is any of equal ones, in their order', () => {
    expect(alignEntries(['', '', 'x'], ['', 'x', ''])).toEqual([0, 2, 1])
    expect(alignEntries([null, 1, true, [], {}], [1, null, true, {}, []])).toEqual([1, 0, 2, 4, 3])
  })
})
