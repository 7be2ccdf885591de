import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { shortId } from './short-id.ts'

const shape = /^[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$/

describe('the short id of a phone', () => {
  it('[J27] holds the first 30 bits of the id', () => {
    const idOf = (hex: string) => Buffer.from(hex.padEnd(64, '0'), 'hex').toString('base64url')
    expect(shortId(idOf(''))).toBe('000-000')
    expect(shortId(idOf('ffffffff'))).toBe('ZZZ-ZZZ')
    // 00001 00010 00011 00100 00101 00110, and two bits that do not count
    expect(shortId(idOf('0886429b'))).toBe('123-456')
    expect(shortId(idOf('08864298'))).toBe('123-456')
  })

  it('is the same each time, and for a known id on every machine', () => {
    const id = createHash('sha256').update('a phone').digest('base64url')
    expect(shortId(id)).toBe(shortId(id))
    const bits = BigInt(`0x${Buffer.from(id, 'base64url').toString('hex')}`) >> 226n
    const digits = bits.toString(32).padStart(6, '0')
    const crockford = digits.replaceAll(
      /[a-v]/g,
      (digit) => 'ABCDEFGHJKMNPQRSTVWXYZ'[digit.charCodeAt(0) - 97] ?? '',
    )
    expect(shortId(id)).toBe(`${crockford.slice(0, 3)}-${crockford.slice(3)}`)
  })

  it('[J27] tells ten thousand phones apart, as far as chance allows', () => {
    const ids = Array.from({ length: 10_000 }, () => shortId(randomBytes(32).toString('base64url')))
    expect(ids.filter((id) => !shape.test(id))).toEqual([])
    // 0.047 pairs are to be expected; more than three once in five million times.
    expect(ids.length - new Set(ids).size).toBeLessThanOrEqual(3)
  })

  it.each(['', 'a', 'hidden', 'ÅÄÖ+/=', '____'])('gives %j the same shape', (id) => {
    expect(shortId(id)).toMatch(shape)
  })
})
