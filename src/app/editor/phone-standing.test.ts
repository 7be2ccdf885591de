import { describe, expect, it } from 'vitest'
import type { Phone } from '#journal/phones.ts'
import { standingOf } from './phone-standing.ts'

const now = { gen: 2, v: 5, headHash: 'h5', epoch: 3, wiped: ['gone'] }
const at = new Date('2026-11-23T12:00:00Z')

function phone(device: string, change: Partial<Phone>): Phone {
  const agreement = { kty: 'EC', crv: 'P-256', x: '', y: '' } as const
  return { device, label: device, agreement, joinedAt: '2026-09-01T08:00:00Z', epoch: 3, ...change }
}
const confirmed = (gen: number, v: number, day = '2026-11-20') => ({
  confirmed: { gen, v, head: `h${v}`, at: `${day}T12:00:00Z` },
})
const standings = (phones: Phone[]) =>
  standingOf(phones, now, at).map(({ device, standing }) => [device, standing])

describe('how phones stand', () => {
  it('puts those that need somebody first', () => {
    const phones = [
      phone('gone', confirmed(2, 5)),
      phone('has', confirmed(2, 5)),
      phone('late', confirmed(2, 4)),
      phone('silent', {}),
    ]
    expect(standings(phones)).toEqual([
      ['silent', 'none'],
      ['late', 'older'],
      ['has', 'latest'],
      ['gone', 'wiped'],
    ])
  })

  it('takes a phone that is ahead of this one for one that has the latest', () => {
    expect(standings([phone('a', confirmed(2, 6)), phone('b', confirmed(3, 1))])).toEqual([
      ['a', 'latest'],
      ['b', 'latest'],
    ])
    expect(standings([phone('a', confirmed(1, 9))])).toEqual([['a', 'older']])
  })

  it('counts whole days since it was heard of, never below none', () => {
    const [late] = standingOf([phone('a', confirmed(2, 4, '2026-10-14'))], now, at)
    expect(late?.silentDays).toBe(40)
    const [ahead] = standingOf([phone('a', confirmed(2, 4, '2027-01-01'))], now, at)
    expect(ahead?.silentDays).toBe(0)
  })

  it('tells who has not come along to the code in force', () => {
    const phones = [phone('a', { epoch: 2 }), phone('b', { epoch: 3 })]
    expect(
      standingOf(phones, now, at)
        .filter(({ isBehindCode }) => isBehindCode)
        .map(({ device }) => device),
    ).toEqual(['a'])
  })
})
