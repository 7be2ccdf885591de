import { expect, it } from 'vitest'
import { createByteReader, createByteWriter } from './byte-list.ts'
import { sameBytes } from './bytes.ts'

it('[T5] bytes of which one begins with the other are not the same', () => {
  expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 3))).toBe(false)
  expect(sameBytes(Uint8Array.of(1, 2, 3), Uint8Array.of(1, 2))).toBe(false)
  expect(sameBytes(Uint8Array.of(), Uint8Array.of())).toBe(true)
})

it('[T33] a list of bytes that ends too soon is refused, and nothing is read from beyond it', () => {
  const reader = createByteReader(Uint8Array.of(1, 2, 3))
  expect(reader.raw(2)).toEqual(Uint8Array.of(1, 2))
  expect(() => reader.raw(2)).toThrow(RangeError)
  expect(reader.raw(1)).toEqual(Uint8Array.of(3))
})

it('[T33] a text has at most 255 bytes: its length is one byte', () => {
  const longest = 'å'.repeat(127) + 'a'
  const writer = createByteWriter()
  writer.text(longest)
  expect(createByteReader(writer.done()).text()).toBe(longest)
  expect(() => createByteWriter().text('å'.repeat(128))).toThrow(RangeError)
})
