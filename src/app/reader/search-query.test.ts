import { describe, expect, it } from 'vitest'
import { readQuery, searchAddress } from './search-query.ts'

describe('the query of a search', () => {
  it('comes back as it was typed', () => {
    for (const text of ['', 'körlista', 'a&q=b#c?d', '100 %', 'två ord ', '+46']) {
      const [, search = ''] = searchAddress(text).split(/\?(.*)/s)
      expect(readQuery(search)).toBe(text)
    }
  })

  it('is empty when there is none', () => {
    expect(readQuery('')).toBe('')
    expect(readQuery('x=1')).toBe('')
  })

  it('survives a broken percent sign', () => {
    expect(readQuery('q=%E0%A4%A')).toContain('%A')
  })
})
