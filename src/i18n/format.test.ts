import { describe, expect, it } from 'vitest'
import { daysBefore, formatBytes, formatDay, formatInstant } from './format.ts'

describe('dates', () => {
  it('writes a calendar day as that day in every time zone', () => {
    expect(formatDay('2026-03-12', 'sv')).toBe('12 mars 2026')
    expect(formatDay('2026-03-12', 'en')).toBe('12 Mar 2026')
  })

  it('leaves out the year when it is this year', () => {
    const now = new Date('2026-11-22T12:00:00Z')
    expect(formatInstant('2026-11-20T07:40:00Z', 'sv', now)).toMatch(/^20 nov\. \d\d:40$/)
    expect(formatInstant('2025-11-20T07:40:00Z', 'sv', now)).toContain('2025')
  })

  it('counts calendar days, not 24 hours', () => {
    const now = new Date(2026, 10, 22, 0, 10)
    expect(daysBefore(new Date(2026, 10, 21, 23, 50).toISOString(), now)).toBe(1)
    expect(daysBefore(new Date(2026, 10, 22, 0, 5).toISOString(), now)).toBe(0)
  })

  it('shows what is no date as it stands', () => {
    expect(formatDay('soon', 'sv')).toBe('soon')
  })
})

describe('sizes', () => {
  it('writes bytes as people read them', () => {
    expect(formatBytes(0, 'sv')).toMatch(/^0/)
    expect(formatBytes(217_400, 'sv')).toMatch(/^217\skB$/)
    expect(formatBytes(1_440_000, 'sv')).toMatch(/^1,4\sMB$/)
  })
})
