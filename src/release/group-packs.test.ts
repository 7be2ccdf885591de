import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupPacks, type PackItem } from './group-packs.ts'

const fresh = (count: number): PackItem[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `routine/${i}`,
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

  it('[R21] hold like with like; what changes most lies in a small one', () => {
    const kinds = ['routine', 'plan', 'form', 'later-kind', 'phone-tree', 'contacts', 'rota']
    const items = kinds.flatMap((kind) =>
      Array.from({ length: kind === 'contacts' || kind === 'rota' ? 1 : 9 }, (_, i) => ({
        name: `${kind}/${i}`,
        changed: true,
      })),
    )
    const groups = groupPacks(items, [])
    expect(groups[0]!.names).toContain('contacts/0')
    expect(groups[0]!.names).toContain('rota/0')
    expect(groups[0]!.names).toHaveLength(10)
    // Every kind lies in one piece: no pack has some of it, the next none, and a later one some again.
    const rows = groups.flatMap(({ names }) => names.map((name) => name.split('/')[0]))
    expect(rows.filter((kind, i) => kind !== rows[i - 1])).toHaveLength(kinds.length)
    expect(groupPacks([], [])).toEqual([])
  })

  it('[R22] take a new document where its kind lies', () => {
    const mixed = [
      { name: 'contacts/contacts', changed: true },
      ...fresh(40).map((item, i) => (i < 9 ? { ...item, name: `form/${i}` } : item)),
    ]
    const { items, sizes } = settle(mixed, groupPacks(mixed, []))
    const groups = groupPacks([...items, { name: 'routine/new', changed: true }], sizes)
    const home = groups.find(({ names }) => names.includes('routine/new'))!
    expect(home.names.some((name) => name.startsWith('routine/') && name !== 'routine/new')).toBe(
      true,
    )
    expect(groups[0]!.reuse).toBe(0)
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
    const added = groupPacks([...items, { name: 'routine/new', changed: true }], sizes)
    expect(added.filter(({ reuse }) => reuse === undefined)).toHaveLength(1)
    const removed = groupPacks(items.slice(1), sizes)
    expect(removed.filter(({ reuse }) => reuse === undefined)).toHaveLength(1)
  })

  it('[R21] stay below 20 as documents are added one by one, and are dropped when empty', () => {
    let { items, sizes } = settle(fresh(10), groupPacks(fresh(10), []))
    for (let i = 0; i < 90; i++) {
      const more = [...items, { name: `routine/more-${i}`, changed: true }]
      const groups = groupPacks(more, sizes)
      expect(Math.max(...groups.map(({ names }) => names.length))).toBeLessThanOrEqual(20)
      expect(groups.flatMap(({ names }) => names)).toHaveLength(more.length)
      ;({ items, sizes } = settle(more, groups))
    }
    const left = items.filter((item) => item.before === 0)
    expect(groupPacks(left, sizes)).toHaveLength(1)
  })
})
