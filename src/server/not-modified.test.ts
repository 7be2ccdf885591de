import { expect, it } from 'vitest'
import { isNotModified } from './not-modified.ts'

it.each([
  [undefined, false],
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['"b","c"', false],
  ['*', true],
  ['a', false],
  ['', false],
])('If-None-Match %j against "a": %s', (header, expected) => {
  expect(isNotModified(header, '"a"')).toBe(expected)
})
