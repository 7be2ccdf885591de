import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs, pollMs } from './backoff.ts'

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('[S30] the pause after failures', () => {
  it('lies anywhere between nothing and a ceiling that doubles from 2 seconds to 15 minutes', () => {
    const ceilings = [1, 2, 3, 4, 9, 10, 50].map((failures) => backoffMs(failures, () => 1))
    expect(ceilings).toEqual([2_000, 4_000, 8_000, 16_000, 512_000, 900_000, 900_000])
    expect(backoffMs(5, () => 0)).toBe(0)
    expect(backoffMs(5, () => 0.5)).toBe(16_000)
  })

  it('is never shorter than the host asked for, nor the same for all it asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), random, (failures, x) => {
        expect(backoffMs(failures, () => x, 120_000)).toBeGreaterThanOrEqual(120_000)
      }),
    )
    expect(backoffMs(1, () => 0.9, 120_000)).not.toBe(backoffMs(1, () => 0.1, 120_000))
  })

  it('does not believe a host that asks for more than a day', () => {
    expect(backoffMs(1, () => 0, 10 ** 12)).toBe(24 * 3600_000)
  })
})

it('[S31] while visible, 30 to 45 seconds', () => {
  fc.assert(
    fc.property(random, (x) => {
      expect(pollMs(() => x)).toBeGreaterThanOrEqual(30_000)
      expect(pollMs(() => x)).toBeLessThanOrEqual(45_000)
    }),
  )
})
