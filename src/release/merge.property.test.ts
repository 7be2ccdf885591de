import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeBodies, resolveConflicts, type FieldConflict } from './merge.ts'

const words = fc
  .array(fc.constantFrom('ring', 'hämta', 'pärmen', 'vänta', 'listan', 'nu', 'först'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((all) => all.join(' '))
const lines = fc.array(words, { maxLength: 5 })
const translated = fc.option(
  fc.dictionary(
    fc.constantFrom('en', 'fi'),
    fc.record({ text: words, harm: lines }, { requiredKeys: [] }),
  ),
  { nil: undefined },
)
const step = fc.record(
  { text: words, who: words, harm: lines, translations: translated },
  { requiredKeys: ['text'] },
)
const named = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), number: words })
const body = fc.record(
  {
    title: words,
    harm: lines,
    steps: fc.array(step, { maxLength: 6 }),
    contacts: fc.uniqueArray(named, { selector: ({ id }) => id, maxLength: 5 }),
    translations: translated,
  },
  { requiredKeys: ['title'] },
)
/** Three bodies of which two came from the first by changes, so that there is something to keep. */
const versions = fc
  .tuple(body, body, body, fc.infiniteStream(fc.nat(99)))
  .map(([base, mine, theirs, dice]) => {
    const mix = (from: unknown, other: unknown): unknown => {
      const roll = dice.next().value ?? 0
      if (roll < 12) return other
      if (Array.isArray(from) && Array.isArray(other)) {
        const mixed: unknown[] = from.flatMap((entry: unknown, index) => {
          const entryRoll = dice.next().value ?? 0
          if (entryRoll < 10) return []
          if (entryRoll < 20) return [other[index] ?? entry, entry]
          return [mix(entry, other[index])]
        })
        if (roll < 24 && mixed.length > 1) mixed.unshift(mixed.pop())
        const ids = new Set<unknown>()
        return mixed.filter((entry) => {
          const id = typeof entry === 'object' ? (entry as { id?: string }).id : undefined
          if (id === undefined) return entry !== undefined
          return !ids.has(id) && ids.add(id)
        })
      }
      if (typeof from === 'object' && typeof other === 'object' && from && other) {
        return Object.fromEntries(
          Object.entries(from).map(([key, value]) => [
            key,
            mix(value, (other as Record<string, unknown>)[key] ?? value),
          ]),
        )
      }
      return from
    }
    return { base, mine: mix(base, mine), theirs: mix(base, theirs) }
  })
/** As it comes out of JSON: there is no -0 in it. */
const json = fc.json().map((text) => JSON.parse(text) as unknown)
const anything = fc.tuple(json, json, json)

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

function withoutTranslations(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) =>
    key === 'translations' ? undefined : inner,
  )
}

const exchanged = (one: FieldConflict) => ({ ...one, mine: one.theirs, theirs: one.mine })
/**
 * What collides, wherever it stands: an entry added by mine stands before one of theirs. Of translated
 * lines that it does: they are given as the lines of the merged list, which holds mine.
 */
function values(conflicts: FieldConflict[]): string[] {
  return conflicts.filter(({ order }) => !order).map(({ path, ...rest }) =>
    JSON.stringify({
        path: path.filter((part) => typeof part === 'string'),
        ...(path.includes('translations') && Array.isArray(rest.mine ?? rest.theirs) ? {} : rest),
      }),
  ).sort() // prettier-ignore
}

describe('merging', () => {
  it('[R70] gives what the only one who changed something wrote', () => {
    fc.assert(
      fc.property(anything, versions, ([base, mine], { base: other, theirs }) => {
        expect(mergeBodies(base, base, mine)).toEqual({ body: mine, conflicts: [] })
        expect(mergeBodies(base, mine, base)).toEqual({ body: mine, conflicts: [] })
        expect(mergeBodies(base, mine, mine)).toEqual({ body: mine, conflicts: [] })
        expect(mergeBodies(other, other, theirs)).toEqual({ body: theirs, conflicts: [] })
      }),
    )
  })

  it('[R71] finds the same conflicts whoever is called mine', () => {
    fc.assert(
      fc.property(versions, ({ base, mine, theirs }) => {
        const here = mergeBodies(base, mine, theirs).conflicts
        const there = mergeBodies(base, theirs, mine).conflicts
        expect(values(there.map(exchanged))).toEqual(values(here))
        expect(there.some(({ order }) => order)).toBe(here.some(({ order }) => order))
      }),
      { numRuns: 200 },
    )
  })

  it('[R78] loses nothing that somebody typed', () => {
    fc.assert(
      fc.property(fc.oneof(versions, anything.map(([base, mine, theirs]) => ({ base, mine, theirs }))), (all) => {
        const { base, mine, theirs } = all
        const { body, conflicts } = mergeBodies(base, mine, theirs)
        const kept = new Set([...textsIn(body), ...textsIn(conflicts), ...textsIn(base)])
        expect([...textsIn(mine), ...textsIn(theirs)].filter((text) => !kept.has(text))).toEqual([])
      }),
      { numRuns: 200 },
    ) // prettier-ignore
  })

  it('[R80] settles every conflict without losing what is in none', () => {
    fc.assert(
      fc.property(versions, fc.array(fc.boolean()), ({ base, mine, theirs }, toss) => {
        const { body, conflicts } = mergeBodies(base, mine, theirs)
        const choices = conflicts.map((conflict, index) => ({
          conflict,
          settled: toss[index] ? ('mine' as const) : ('theirs' as const),
        }))
        const settled = resolveConflicts(body, choices)
        const dropped = new Set(
          conflicts.flatMap(({ mine, theirs }) => [...textsIn(mine), ...textsIn(theirs)]),
        )
        // A translation goes with the Swedish text that was not chosen.
        const now = new Set(textsIn(settled))
        expect(
          textsIn(withoutTranslations(body)).filter((text) => !now.has(text) && !dropped.has(text)),
        ).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('[R70] never throws, changes nothing it is given, and gives JSON', () => {
    fc.assert(
      fc.property(fc.oneof(anything, fc.tuple(body, body, body)), ([base, mine, theirs]) => {
        const before = JSON.stringify([base, mine, theirs])
        const { body, conflicts } = mergeBodies(base, mine, theirs)
        for (const conflict of conflicts) resolveConflicts(body, [{ conflict, settled: 'theirs' }])
        expect(JSON.parse(JSON.stringify(body))).toEqual(body)
        expect(JSON.stringify([base, mine, theirs])).toBe(before)
      }),
      { numRuns: 200 },
    )
  })
})
