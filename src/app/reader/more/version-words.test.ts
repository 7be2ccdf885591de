import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { versionCode } from '#release/version-code.ts'
import { readCode, spellCode } from './version-words.ts'

const hash = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''))

describe('a version code that somebody reads aloud', () => {
  it('is spelled by words that begin with the letter, each letter by one', () => {
    expect(spellCode('K7F2-9QXM').map(({ word }) => word)).toEqual(
      ['Kalle', undefined, 'Filip', undefined, undefined, 'Quintus', 'Xerxes', 'Martin'], // prettier-ignore
    )
    fc.assert(
      fc.property(hash, (digest) => {
        const spelled = spellCode(versionCode({ manifest: [digest, 1] }))
        expect(spelled).toHaveLength(8)
        for (const { letter, word } of spelled) expect(word?.[0] ?? letter).toBe(letter)
        for (const { letter, word } of spelled) expect(word === undefined).toBe(/\d/.test(letter))
      }),
    )
  })

  it.each(['K7F2-9QXM', 'k7f29qxm', ' K7 F2 – 9q xm ', 'Ｋ７Ｆ２９ＱＸＭ'])('%s is read', (text) =>
    expect(readCode(text)).toBe('K7F2-9QXM'),
  )
  it('takes what ear and eye mistake for the digit that is meant', () =>
    expect(readCode('oil0-0000')).toBe('0110-0000'))
  it.each(['', 'K7F2-9QX', 'K7F2-9QXMM', 'K7F2-9QXU', 'åäö'])('%s is none', (text) =>
    expect(readCode(text)).toBeUndefined(),
  )
  it('reads back each code that is shown', () => {
    fc.assert(
      fc.property(hash, (digest) => {
        const code = versionCode({ manifest: [digest, 1] })
        expect(readCode(code.toLowerCase().replace('-', ' '))).toBe(code)
      }),
    )
  })
})
