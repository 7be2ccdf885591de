import { describe, expect, it } from 'vitest'
import { shortId } from '#journal/short-id.ts'
import { isCalled } from './is-called.ts'

const id = `NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs`
const other = `${'A'.repeat(42)}E`

describe('how a person names a phone', () => {
  it('is its whole id, or a beginning of at least six characters', () => {
    expect([id, id.slice(0, 6), id.slice(0, 20)].map((text) => isCalled(id, text))).toEqual([
      true,
      true,
      true,
    ])
    expect(isCalled(id, id.slice(0, 5))).toBe(false)
    expect(isCalled(id, id.slice(0, 8).toLowerCase())).toBe(false)
    expect(isCalled(other, id)).toBe(false)
  })

  it('or its short id, in either case, with the hyphen or without', () => {
    const short = shortId(id)
    const spelled = [short, short.toLowerCase(), short.replace('-', '')]
    expect(spelled.map((text) => isCalled(id, text))).toEqual([true, true, true])
    expect(spelled.map((text) => isCalled(other, text))).toEqual([false, false, false])
    expect(isCalled(id, short.slice(0, 3))).toBe(false)
    expect(isCalled(id, '')).toBe(false)
    // Five bits a letter: the id of zeros is "000-000".
    expect(isCalled(other, 'ooo-OOO')).toBe(true)
  })
})
