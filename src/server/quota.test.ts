import { describe, expect, it } from 'vitest'
import { createQuota, quotaKeyOfAddress } from './quota.ts'

describe('createQuota', () => {
  it('refuses what is above it until the window is over, and says how long', () => {
    let now = 0
    const quota = createQuota({ most: 10, windowMs: 60_000, now: () => now })
    expect(quota.use('a', 6)).toBe(0)
    expect(quota.use('a', 4)).toBe(0)
    now = 20_000
    expect(quota.use('a')).toBe(40)
    expect(quota.use('b')).toBe(0)
    now = 60_000
    expect(quota.use('a', 10)).toBe(0)
  })

  it('does not count what it refuses', () => {
    const quota = createQuota({ most: 10, windowMs: 1000, now: () => 0 })
    expect(quota.use('a', 11)).toBeGreaterThan(0)
    expect(quota.use('a', 10)).toBe(0)
  })

  it('forgets the oldest of a flood of keys instead of growing', () => {
    const quota = createQuota({ most: 1, windowMs: 1000, now: () => 0 })
    quota.use('first')
    for (let i = 0; i < 10_000; i++) quota.use(`key ${i}`)
    expect(quota.use('first')).toBe(0)
    expect(quota.use('key 9999')).toBe(1)
  })
})

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::6', '2001:db8:1:2'],
  ['2001:DB8::6', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
  [undefined, 'unknown'],
])('%s counts as %s', (address, key) => {
  expect(quotaKeyOfAddress(address)).toBe(key)
})
