import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { formatPhoneNumber, isStoredNumber, smsAddress, telAddress } from './phone-number.ts'
import { identifier, phoneNumber, reference } from './schema/values.ts'

/** What a phone or its network takes for a command, and what hides or turns what a person reads. */
const commands = [
  ';',
  '*',
  '#',
  ',',
  'p',
  'w',
  'P',
  'W',
  '%23',
  '?',
  '&',
  '/',
  '@',
  ':',
  ' ',
  '\n',
  '\0',
]
const marks = ['\u202e', '\u202d', '\u200e', '\u200f', '\u2066', '\u2069', '\u061c', '\u200b', '\ufeff'] // prettier-ignore
const numbers = ['+46701740605', '112', '1177', '11414']

describe('[U1] a number of a hostile publisher', () => {
  const dirty = numbers.flatMap((number) =>
    [...commands, ...marks].flatMap((bad) => [
      `${bad}${number}`,
      `${number}${bad}`,
      `${number.slice(0, 2)}${bad}${number.slice(2)}`,
      `${number}${bad}21`,
    ]),
  )
  const known = ['*21*0701740605#', '**21*+46701740605*11#', '*#06#', '+46701740605,,,1234#', '+46701740605;ext=1', '＋46701740605', '+4670174０605', '+46701740605\u0000', '1120', '+0701740605', '0701740605', 'tel:112', 'javascript:alert(1)'] // prettier-ignore

  it.each([...dirty, ...known].map((number) => [number]))('%j is none', (number) => {
    expect(v.safeParse(phoneNumber, number).success).toBe(false)
    expect(isStoredNumber(number)).toBe(false)
  })

  it.each(numbers)('%s is one', (number) => {
    expect(v.safeParse(phoneNumber, number).success).toBe(true)
    expect(isStoredNumber(number)).toBe(true)
    expect(telAddress(number)).toBe(`tel:${number}`)
  })

  it('is dialled only where the schema takes it, whatever the text', () => {
    const parts = fc.constantFrom(...commands, ...marks, ...numbers, '0', '7', '46', '+')
    const text = fc.oneof(
      fc.string(),
      fc.array(parts, { maxLength: 8 }).map((each) => each.join('')),
    )
    fc.assert(
      fc.property(text, (number) => {
        const isTaken = v.safeParse(phoneNumber, number).success
        expect(isStoredNumber(number)).toBe(isTaken)
        if (!isTaken) return
        expect(telAddress(number)).toBe(`tel:${number}`)
        expect(smsAddress(number)).toBe(`sms:${number}`)
      }),
    )
  })

  it('is shown in the order it is written, also where it is none', () => {
    for (const mark of marks) {
      expect(formatPhoneNumber(`+4670${mark}1740605`)).toBe('070-174 06 05')
      expect(formatPhoneNumber(`*21*${mark}0701740605#`)).toBe('*21*0701740605#')
    }
  })
})

describe('a name of a hostile publisher', () => {
  it.each(['../x', '..', '.', 'a/b', 'a\\b', 'a%2fb', '__proto__', 'constructor ', 'å', 'A', 'a.yaml', 'a\u202eb', '-a', 'a--b', '']) // prettier-ignore
    ('%j climbs out of no folder: it is no name', (name) => {
    expect(v.safeParse(identifier, name).success).toBe(false)
    expect(v.safeParse(reference, `${name}/routine/${name}`).success).toBe(false)
  }) // prettier-ignore

  it.each(['javascript:alert(1)', 'https://x.example/', '#/join/abc', 'hemtjanst/script/x', 'hemtjanst/routine/x/../../y', 'hemtjanst/routine/x?me=1']) // prettier-ignore
    ('%j is no reference', (text) => {
    expect(v.safeParse(reference, text).success).toBe(false)
  }) // prettier-ignore
})
