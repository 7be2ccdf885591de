import { describe, expect, it } from 'vitest'
import type { Occasion } from '#device/occasions.ts'
import { openOccasion, withTick } from './occasion-ticks.ts'

const at = '2026-11-22T21:40:00Z'
const occasion = (change: Partial<Occasion>): Occasion => ({
  id: 'a',
  name: 'hemtjanst/routine/tes',
  startedAt: at,
  changedAt: at,
  ticks: [],
  ...change,
})
const tick = { name: 'hemtjanst/routine/tes', organisation: 'o', step: 's1', done: true, at }

describe('ticks of an occasion', () => {
  it('begins an occasion with the first tick', () => {
    expect(withTick([], tick)).toEqual([
      { ...occasion({ id: 'beginning', ticks: ['s1'] }), organisation: 'o' },
    ])
  })

  it('adds and takes away in the one that is under way', () => {
    const [ticked] = withTick([occasion({ ticks: ['s0'] })], tick)
    expect(ticked?.ticks).toEqual(['s0', 's1'])
    expect(withTick([ticked!], { ...tick, done: false })[0]?.ticks).toEqual(['s0'])
  })

  it('ticks once, however often it is asked to', () => {
    const once = withTick([], tick)
    expect(withTick(once, tick)[0]?.ticks).toEqual(['s1'])
  })

  it('leaves ended ones, other documents and other organisations alone', () => {
    const others = [
      occasion({ id: 'ended', endedAt: at }),
      occasion({ id: 'other', name: 'hemtjanst/routine/el' }),
      occasion({ id: 'elsewhere', organisation: 'p' }),
    ]
    expect(openOccasion(others, tick.name, 'o')).toBeUndefined()
    expect(withTick(others, tick).map(({ id, ticks }) => [id, ticks.length])).toEqual([
      ['beginning', 1],
      ['ended', 0],
      ['other', 0],
      ['elsewhere', 0],
    ])
  })
})
