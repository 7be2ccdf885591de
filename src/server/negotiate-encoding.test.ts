import { describe, expect, it } from 'vitest'
import { negotiateEncoding } from './negotiate-encoding.ts'
import type { Encoding } from './negotiate-encoding.ts'

const all: Encoding[] = ['identity', 'br', 'gzip']

describe('negotiateEncoding', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.0, gzip;q=0', 'identity'],
    ['BR', 'br'],
    ['*', 'br'],
    ['*;q=0', 'identity'],
    ['gzip;q=0.5, *;q=0', 'gzip'],
    ['identity', 'identity'],
    ['', 'identity'],
    ['br;q=nonsense', 'identity'],
    ['brotli, gzipped', 'identity'],
    [undefined, 'identity'],
  ])('%j gives %s', (header, expected) => {
    expect(negotiateEncoding(header, all)).toBe(expected)
  })

  it('gives only what there is', () => {
    expect(negotiateEncoding('br, gzip', ['identity', 'gzip'])).toBe('gzip')
    expect(negotiateEncoding('br, gzip', ['identity'])).toBe('identity')
  })
})
