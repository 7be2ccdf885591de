import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkTree } from './check-tree.ts'
import { aPosition, aTree, validTrees } from '../../../tests/support/phone-trees.ts'

const found = (...args: Parameters<typeof checkTree>) =>
  checkTree(...args).map(({ code, position, other }) => [code, position, other].join(' ').trim())

describe('check of a phone tree', () => {
  it('finds nothing in trees that keep the rules', () => {
    fc.assert(
      fc.property(validTrees(300), (tree) => {
        expect(checkTree(tree)).toEqual([])
      }),
    )
  })

  it('[P1] the start is a position; nothing else is said then', () => {
    const tree = aTree([aPosition('a', ['b'], { deputy: 'b' }), aPosition('b')], { start: 'x' })
    expect(found(tree)).toEqual(['start-missing x'])
  })

  it('[P2] two positions with one id', () => {
    const tree = aTree([aPosition('a', ['b'], { deputy: 'b' }), aPosition('b'), aPosition('b')])
    expect(checkTree(tree)).toMatchObject([
      {
        code: 'duplicate-position',
        position: 'b',
        path: ['positions', 2, 'id'],
        severity: 'error',
      },
    ])
  })

  it('[P3] a call to nobody', () => {
    const tree = aTree([aPosition('a', ['b', 'x'], { deputy: 'b' }), aPosition('b')])
    expect(found(tree)).toEqual(['unknown-position a x'])
  })

  it('[P4] a circle, a call to oneself and a call to the start', () => {
    const deputy = { deputy: 'd' }
    const circle = aTree([
      aPosition('a', ['b', 'd'], deputy),
      aPosition('b', ['c'], deputy),
      aPosition('c', ['b'], deputy),
      aPosition('d', []),
    ])
    expect(found(circle)).toEqual(['loop c b'])
    expect(found(aTree([aPosition('a', ['a'], deputy), aPosition('d')]))).toEqual([
      'loop a a',
      'unreachable d',
    ])
    const back = aTree([aPosition('a', ['d'], deputy), aPosition('d', ['a'], { deputy: 'a' })])
    expect(found(back)).toEqual(['loop d a'])
  })

  it('[P4] a circle is told once, at the call that closes it, as a whole', () => {
    const deputy = { deputy: 'e' }
    // The one who closes it stands first in the file: what counts is the way from the start.
    const tree = aTree(
      [
        aPosition('d', ['b'], deputy),
        aPosition('a', ['b', 'e'], deputy),
        aPosition('b', ['c'], deputy),
        aPosition('c', ['d'], deputy),
        aPosition('e'),
      ],
      { start: 'a' },
    )
    expect(checkTree(tree)).toEqual([
      {
        code: 'loop',
        severity: 'error',
        position: 'd',
        other: 'b',
        circle: ['b', 'c', 'd', 'b'],
        path: ['positions', 0, 'calls', 0],
      },
    ])
  })

  it('[P4] two circles are told of one by one, also those the start does not reach', () => {
    const tree = aTree([
      aPosition('a', ['b'], { deputy: 'b' }),
      aPosition('b', ['a'], { deputy: 'a' }),
      aPosition('c', ['d'], { deputy: 'b' }),
      aPosition('d', ['c'], { deputy: 'b' }),
    ])
    expect(found(tree)).toEqual(['loop b a', 'unreachable c', 'loop d c', 'unreachable d'])
  })

  it('[P4] without the calls told of, nobody calls in a circle', () => {
    const calls = fc.array(fc.array(fc.nat({ max: 7 }), { maxLength: 3 }), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(calls, (lists) => {
        const tree = aTree(
          lists.map((list, index) =>
            aPosition(
              `p${index}`,
              list.map((called) => `p${called}`),
            ),
          ),
        )
        const loops = checkTree(tree).filter(({ code }) => code === 'loop')
        for (const { position, other, circle = [] } of loops) {
          expect([circle.at(0), circle.at(-2), circle.at(-1)]).toEqual([other, position, other])
          const caller = tree.positions.find(({ id }) => id === position)
          if (caller !== undefined) caller.calls = caller.calls.filter((id) => id !== other)
        }
        expect(found(tree).filter((one) => one.startsWith('loop'))).toEqual([])
      }),
    )
  })

  it('[P4] any call from below to above is a circle', () => {
    fc.assert(
      fc.property(validTrees(60), fc.nat(), (tree, pick) => {
        const leaves = tree.positions.filter((one) => one.calls.length === 0)
        const leaf = leaves[pick % leaves.length]
        leaf?.calls.push('p0')
        expect(found(tree)).toContain(`loop ${leaf?.id} p0`)
      }),
    )
  })

  it('[P5] a branch nobody calls', () => {
    const tree = aTree([
      aPosition('a', ['b'], { deputy: 'b' }),
      aPosition('b'),
      aPosition('c', ['d'], { deputy: 'b' }),
      aPosition('d'),
    ])
    expect(found(tree)).toEqual(['unreachable c', 'unreachable d'])
  })

  it('[P5] whoever is left out of every list is not reached', () => {
    fc.assert(
      fc.property(validTrees(60), fc.nat(), (tree, pick) => {
        const id = `p${1 + (pick % (tree.positions.length - 1))}`
        for (const one of tree.positions) one.calls = one.calls.filter((called) => called !== id)
        expect(found(tree)).toContain(`unreachable ${id}`)
      }),
    )
  })

  it('[P6] called by two, or twice by one', () => {
    const deputy = { deputy: 'c' }
    const two = aTree([
      aPosition('a', ['b', 'c'], deputy),
      aPosition('b', ['c'], deputy),
      aPosition('c'),
    ])
    expect(found(two)).toEqual(['called-twice c a'])
    expect(found(aTree([aPosition('a', ['c', 'c'], deputy), aPosition('c')]))).toEqual([
      'called-twice c a',
    ])
  })

  it('[P7] a deputy who is nobody, or oneself', () => {
    const tree = aTree([
      aPosition('a', ['b'], { deputy: 'x' }),
      aPosition('b', [], { deputy: 'b' }),
    ])
    expect(found(tree)).toEqual(['bad-deputy a x', 'bad-deputy b b'])
  })

  it('[P8] a number of one’s own or of a known contact', () => {
    const contact = { number: undefined, contact: 'hemtjanst/contact/natt' }
    const tree = aTree([aPosition('a', ['b'], { deputy: 'b' }), aPosition('b', [], contact)])
    expect(found(tree)).toEqual([])
    expect(found(tree, () => false)).toEqual(['no-number b'])
    const none = aTree([
      aPosition('a', ['b'], { deputy: 'b' }),
      aPosition('b', [], { number: undefined }),
    ])
    expect(found(none)).toEqual(['no-number b'])
  })

  it('[P9] more than five calls warns, five do not', () => {
    const ids = ['b', 'c', 'd', 'e', 'f', 'g']
    const of = (called: string[]) =>
      aTree([aPosition('a', called, { deputy: 'b' }), ...called.map((id) => aPosition(id))])
    expect(found(of(ids.slice(0, 5)))).toEqual([])
    expect(checkTree(of(ids))).toMatchObject([{ code: 'too-many-calls', severity: 'warning' }])
  })

  it('[P10] whoever calls others without a deputy warns', () => {
    const tree = aTree([aPosition('a', ['b']), aPosition('b')])
    expect(checkTree(tree)).toMatchObject([
      { code: 'no-deputy', position: 'a', severity: 'warning' },
    ])
  })

  it('stands a chain of ten thousand and one closed to a ring', () => {
    const chain = Array.from({ length: 10_000 }, (_, index) =>
      aPosition(`p${index}`, index < 9_999 ? [`p${index + 1}`] : [], {
        deputy: index ? 'p0' : 'p1',
      }),
    )
    expect(checkTree(aTree(chain))).toEqual([])
    chain.at(-1)?.calls.push('p0')
    expect(found(aTree(chain))).toEqual(['loop p9999 p0'])
  })
})
