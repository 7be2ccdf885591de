import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createAgreementKey, type PublicJwk } from '#trust/keys.ts'
import { pretendEntry } from '../../tests/support/journal.ts'
import { alarmsOf } from './alarms.ts'
import { findForks, mergeEntries } from './merge-entries.ts'
import { openEntries } from './open-entries.ts'
import { phonesOf } from './phones.ts'
import type { VerifiedEntry } from './entry.ts'

let agreement: PublicJwk
beforeAll(async () => {
  agreement = (await createAgreementKey({ extractable: true })).jwk
})

const devices = ['anna', 'bo', 'cecilia', 'publisher']
const hour = 60 * 60 * 1000
const start = Date.parse('2026-03-12T18:00:00Z')

/** What happens in a department: who says what, in the order it truly happens. */
const happenings = fc.array(
  fc.record({
    device: fc.constantFrom(...devices),
    kind: fc.constantFrom('joined', 'confirmed', 'alarm', 'closed', 'later-kind'),
    v: fc.integer({ min: 1, max: 5 }),
    run: fc.option(fc.constantFrom('run-1', 'run-2'), { nil: undefined }),
    /** A number used once more, by a phone whose memory was put back. */
    repeats: fc.boolean(),
  }),
  { maxLength: 40 },
)
/** Each phone's clock is wrong by up to an hour either way. */
const clocks = fc.record(
  Object.fromEntries(devices.map((name) => [name, fc.integer({ min: -hour, max: hour })])),
)

function written(
  happened: typeof happenings extends fc.Arbitrary<infer T> ? T : never,
  clockByDevice: Record<string, number>,
  forks: boolean,
): VerifiedEntry[] {
  const lastByDevice = new Map<string, number>()
  return happened.map(({ device, kind, v, run, repeats }, i) => {
    const last = lastByDevice.get(device) ?? 0
    const n = forks && repeats && last > 0 ? last : last + 1
    lastByDevice.set(device, n)
    const bodies: Record<string, object> = {
      joined: { label: `${device} ${i}`, agreement },
      confirmed: { gen: 1, v, head: String(v).repeat(64) },
      alarm: { code: 'head-gen', detail: String(i) },
    }
    const time = new Date(start + i * 60_000 + (clockByDevice[device] ?? 0)).toISOString()
    return pretendEntry({ device, n, kind, run, time, body: bodies[kind] ?? { i } })
  })
}

/** Everything the app makes of a journal. */
function stateOf(entries: VerifiedEntry[]) {
  return {
    entries,
    phones: phonesOf(entries),
    alarms: alarmsOf(entries),
    open: openEntries(entries, { closers: ['publisher'] }),
  }
}

describe('[J10] the same entries give the same state', () => {
  it('in any order, in any parts, with any of them any number of times', () => {
    const ways = fc.record({
      happened: happenings,
      clockByDevice: clocks,
      forks: fc.boolean(),
      seed: fc.array(fc.nat(), { minLength: 10, maxLength: 10 }),
    })
    fc.assert(
      fc.property(ways, ({ happened, clockByDevice, forks, seed }) => {
        const all = written(happened, clockByDevice, forks)
        const expected = stateOf(mergeEntries([], all))
        const shuffled = all.toSorted((a, b) => order(a, seed[0]!) - order(b, seed[0]!))
        // Arrives in pieces, some of them twice, some of them much later.
        let held: VerifiedEntry[] = []
        for (let at = 0, i = 0; at < shuffled.length; i++) {
          const size = 1 + (seed[i % 10]! % 7)
          held = mergeEntries(held, shuffled.slice(at, at + size))
          if (seed[(i + 1) % 10]! % 2) held = mergeEntries(shuffled.slice(0, at), held)
          at += size
        }
        held = mergeEntries(held, [])
        expect(stateOf(held)).toEqual(expected)
        expect(findForks(shuffled)).toEqual(findForks(all))
        expect(findForks(all, shuffled)).toEqual(findForks(all))
      }),
      { numRuns: 300 },
    )
  })

  it('on two phones that tell each other, whichever begins', () => {
    fc.assert(
      fc.property(happenings, clocks, fc.nat(), (happened, clockByDevice, cut) => {
        const all = written(happened, clockByDevice, true)
        const at = all.length === 0 ? 0 : cut % (all.length + 1)
        const [mine, yours] = [all.slice(0, at), all.slice(Math.max(0, at - 3))]
        expect(mergeEntries(mine, yours)).toEqual(mergeEntries(yours, mine))
        expect(mergeEntries(mine, yours)).toEqual(mergeEntries([], all))
      }),
      { numRuns: 200 },
    )
  })

  it('what was lost leaves the state of what is there, and is made good when it comes', () => {
    fc.assert(
      fc.property(happenings, clocks, fc.nat({ max: 6 }), (happened, clockByDevice, every) => {
        const all = written(happened, clockByDevice, false)
        const arrived = all.filter((_, i) => i % (every + 2) !== 0)
        const late = all.filter((entry) => !arrived.includes(entry))
        const without = mergeEntries([], arrived)
        expect(without).toHaveLength(arrived.length)
        expect(stateOf(mergeEntries(without, late))).toEqual(stateOf(mergeEntries([], all)))
      }),
      { numRuns: 200 },
    )
  })
})

it('[J22] a phone holds what it said last by its own numbering, whatever the clocks say', () => {
  fc.assert(
    fc.property(happenings, clocks, clocks, (happened, clockByDevice, others) => {
      const all = written(happened, clockByDevice, false)
      for (const device of devices) {
        const own = all.filter((entry) => entry.device === device)
        const last = own.filter(({ kind }) => kind === 'confirmed').at(-1)
        const phone = phonesOf(mergeEntries([], all.toReversed())).find((p) => p.device === device)
        expect(phone !== undefined).toBe(own.some(({ kind }) => kind === 'joined'))
        if (!phone) continue
        expect(phone.confirmed?.v).toBe((last?.body as { v: number } | undefined)?.v)
      }
      const told = (list: VerifiedEntry[]) =>
        phonesOf(list)
          .map(({ device, label, confirmed }) => `${device} ${label} ${confirmed?.v}`)
          .sort()
      const elsewhen = written(happened, others, false)
      expect(told(mergeEntries([], elsewhen))).toEqual(told(mergeEntries([], all)))
    }),
    { numRuns: 200 },
  )
})

it('[J31] an entry of a closed run is left out, before and after the closing arrives', () => {
  fc.assert(
    fc.property(happenings, clocks, fc.nat(), (happened, clockByDevice, cut) => {
      const all = written(happened, clockByDevice, false)
      const closed = new Set(
        all
          .filter(({ kind, device }) => kind === 'closed' && device === 'publisher')
          .map(({ run }) => run),
      )
      const at = all.length === 0 ? 0 : cut % all.length
      const turned = [...all.slice(at), ...all.slice(0, at)]
      const open = openEntries(mergeEntries([], turned), { closers: ['publisher'] })
      const runs = all.filter(({ run }) => run === undefined || !closed.has(run))
      expect(new Set(open.map(({ hash }) => hash))).toEqual(new Set(runs.map(({ hash }) => hash)))
    }),
    { numRuns: 200 },
  )
})

/** Some order that depends on the seed. */
function order(entry: VerifiedEntry, seed: number): number {
  return Number.parseInt(entry.hash.slice(seed % 50, (seed % 50) + 8), 16)
}
