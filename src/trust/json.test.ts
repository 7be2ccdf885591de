import { describe, expect, it } from 'vitest'
import { utf8 } from './bytes.ts'
import { ownValue, parseJson, parseStrictJson, sameJson } from './json.ts'

const code = (code: string) => expect.objectContaining({ code })

describe('JSON', () => {
  it('[T5] has one spelling where it is signed', () => {
    expect(parseStrictJson(utf8('{"a":[1,"å"]}'))).toEqual({ a: [1, 'å'] })
    for (const text of [
      '{"a":1,"a":2}',
      '{"a": 1}',
      '{"a":1}\n',
      '{"\\u0061":1}',
      '{"a":1.0}',
      '{"a":1e400}',
    ]) {
      expect(() => parseStrictJson(utf8(text)), text).toThrow(code('json-spelling'))
    }
  })

  it('[T6] refuses __proto__, depth, bytes that are no text, a byte order mark', () => {
    expect(() => parseJson(utf8('{"__proto__":{}}'))).toThrow(code('json-malformed'))
    expect(parseJson(utf8('["__proto__"]'))).toEqual(['__proto__'])
    expect(() => parseJson(utf8('['.repeat(1000) + ']'.repeat(1000)))).toThrow(code('json-deep'))
    expect(parseJson(utf8(`["${'['.repeat(1000)}\\"["]`))).toHaveLength(1)
    expect(parseJson(utf8('['.repeat(64) + ']'.repeat(64)))).toBeDefined()
    expect(() => parseJson(new Uint8Array([0x22, 0xff, 0x22]))).toThrow(code('text-malformed'))
    expect(() => parseJson(utf8('\ufeff{}'))).toThrow(code('json-malformed'))
  })

  it('compares without regard to order and undefined', () => {
    expect(sameJson({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2, d: undefined }], a: 1 })).toBe(true)
    for (const [a, b] of [
      [{ a: 1 }, { a: 2 }],
      [
        [1, 2],
        [2, 1],
      ],
      [[], {}],
      [null, {}],
      [{}, null],
      [{}, ''],
      [[1], [1, 2]],
      ['1', 1],
    ]) {
      expect(sameJson(a, b)).toBe(false)
    }
  })

  it('looks only at own keys', () => {
    expect(ownValue({}, 'constructor')).toBeUndefined()
    expect(ownValue({ constructor: 1 }, 'constructor')).toBe(1)
  })
})
