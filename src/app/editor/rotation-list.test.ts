import { describe, expect, it } from 'vitest'
import { rotationChoice, rotationList } from './rotation-list.ts'
import type { StandingPhone } from './phone-standing.ts'

const agreement = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } as const
const phone = (device: string, change: Partial<StandingPhone> = {}): StandingPhone => ({
  device,
  label: device,
  agreement,
  joinedAt: '2026-01-01T00:00:00Z',
  epoch: 2,
  standing: 'latest',
  silentDays: 0,
  isBehindCode: false,
  ...change,
})
const list = rotationList({
  phones: [
    phone('left-out', { epoch: 1, isBehindCode: true }),
    phone('late', { receivedAt: '2026-03-01T00:00:00Z', joinedAt: '2000-01-01T00:00:00Z' }),
    phone('early', { receivedAt: '2026-02-01T00:00:00Z' }),
    phone('wiped', { standing: 'wiped' }),
    phone('manager', { epoch: 1, isBehindCode: true }),
  ],
  agreement: {
    early: agreement,
    gone: agreement,
    hidden: agreement,
    wiped: agreement,
    own: agreement,
  },
  publishers: ['manager'],
  own: 'own',
  wiped: ['wiped'],
  left: ['gone'],
})

describe('who comes along to a new code', () => {
  it('[M28] a phone that was left out before is shown and not ticked', () => {
    expect(list.phones.map(({ device }) => device)).toEqual([
      'late',
      'early',
      'left-out',
      'manager',
    ])
    expect([...list.ticked].toSorted()).toEqual(['early', 'late', 'manager', 'own'])
  })

  it('[M28] a device that only the list of keys names is unknown, and not ticked', () => {
    expect(list.unknown).toEqual(['hidden'])
    expect(list.ticked).not.toContain('hidden')
  })

  it('[J28] a device that has left is not offered', () => {
    expect([...list.unknown, ...list.phones.map(({ device }) => device)]).not.toContain('gone')
  })

  it('[M28] only who is ticked goes along, longest known first by our own clock', () => {
    const choice = rotationChoice(list, (device) => list.ticked.has(device))
    expect(Object.keys(choice.phones)).toEqual(['manager', 'early', 'late'])
    expect(choice.include).toEqual([])
    expect(choice.leaveOut).toEqual(['left-out', 'hidden'])
    const all = rotationChoice(list, () => true)
    expect([all.include, all.leaveOut]).toEqual([['hidden'], []])
    expect(Object.keys(all.phones)).toContain('left-out')
  })
})
