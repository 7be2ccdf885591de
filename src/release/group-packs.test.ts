import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupPacks, type PackItem } from './group-packs.ts'

const fresh = (count: number): PackItem[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `routine/${i}`,
    size: 1000 + ((i * 7919) % 9000),
    changed: true,
  }))

/** What the next release starts from: everything unchanged, lying where it was put. */
function settle(items: readonly PackItem[], groups: ReturnType<typeof groupPacks>) {
  const packOf = new Map(groups.flatMap(({ names }, pack) => names.map((name) => [name, pack])))
  return {
    items: items.map((item) => ({ ...item, before: packOf.get(item.name), changed: false })),
    sizes: groups.map(({ names }) => names.length),
  }
}

describe('packs', () => {
  it('[R21] hold 10 to 20 documents, each once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (count) => {
        const groups = groupPacks(fresh(count), [])
        expect(groups.flatMap(({ names }) => names).toSorted()).toEqual(
          fresh(count)
            .map(({ name }) => name)
            .toSorted(),
        )
        for (const { names } of groups) {
          expect(names.length).toBeLessThanOrEqual(20)
          if (count >= 10) expect(names.length).toBeGreaterThanOrEqual(9)
        }
      }),
    )
  })

  it('[R21] are of about the same size', () => {
    const items = fresh(100)
    const size = new Map(items.map((item) => [item.name, item.size]))
    const sums = groupPacks(items, []).map(({ names }) =>
      names.reduce((sum, name) => sum + size.get(name)!, 0),
    )
    expect(Math.max(...sums)).toBeLessThan(1.2 * Math.min(...sums))
    expect(groupPacks([], [])).toEqual([])
  })

  it('[R22] are used again, but for the one an edit changes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), (count, pick) => {
        const { items, sizes } = settle(fresh(count), groupPacks(fresh(count), []))
        const edited = items.with(pick % count, { ...items[pick % count]!, changed: true })
        const groups = groupPacks(edited, sizes)
        expect(groups.filter(({ reuse }) => reuse === undefined)).toHaveLength(1)
        expect(groups).toHaveLength(sizes.length)
        expect(groupPacks(items, sizes).every(({ reuse }) => reuse !== undefined)).toBe(true)
      }),
    )
  })

  it('[R22] change in one place when a document is added or removed', () => {
    const { items, sizes } = settle(fresh(60), groupPacks(fresh(60), []))
    const added = groupPacks([...items, { name: 'routine/new', size: 1, changed: true }], sizes)
    expect(added.filter(({ reuse }) => reuse === undefined)).toHaveLength(1)
    const removed = groupPacks(items.slice(1), sizes)
    expect(removed.filter(({ reuse }) => reuse === undefined)).toHaveLength(1)
  })

  it('[R21] stay below 20 as documents are added one by one, and are dropped when empty', () => {
    let { items, sizes } = settle(fresh(10), groupPacks(fresh(10), []))
    for (let i = 0; i < 90; i++) {
      const more = [...items, { name: `routine/more-${i}`, size: 500, changed: true }]
      const groups = groupPacks(more, sizes)
      expect(Math.max(...groups.map(({ names }) => names.length))).toBeLessThanOrEqual(20)
      expect(groups.flatMap(({ names }) => names)).toHaveLength(more.length)
      ;({ items, sizes } = settle(more, groups))
    }
    const left = items.filter((item) => item.before === 0)
    expect(groupPacks(left, sizes)).toHaveLength(1)
  })
})
