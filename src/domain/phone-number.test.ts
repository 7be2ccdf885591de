import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  formatPhoneNumber,
  isFictionalNumber,
  numbersInText,
  parsePhoneNumber,
  smsAddress,
  telAddress,
} from './phone-number.ts'
import { phoneNumber } from './schema/values.ts'

describe('how a number is written', () => {
  it.each([
    ['+46701740605', '070-174 06 05'],
    ['+46846500400', '08-465 004 00'],
    ['+46313900600', '031-390 06 00'],
    ['+46406280400', '040-628 04 00'],
    ['+46980319200', '0980-319 200'],
    ['+4685001234', '08-500 12 34'],
    ['+46771793336', '0771-793 336'],
    ['+4692312345', '0923-123 45'],
    ['112', '112'],
    ['11313', '113 13'],
    ['11414', '114 14'],
    ['1177', '1177'],
    ['+358401234567', '+358 401 234 567'],
    ['+4722334455', '+47 223 344 55'],
    ['inget nummer', 'inget nummer'],
  ])('%s is %s', (number, written) => expect(formatPhoneNumber(number)).toBe(written))
})

describe('what people write', () => {
  it.each([
    ['070-174 06 05', '+46701740605'],
    ['0701740605', '+46701740605'],
    ['070 174 06 05', '+46701740605'],
    ['070/1740605', '+46701740605'],
    ['070.174.06.05', '+46701740605'],
    ['+46 (0)70-174 06 05', '+46701740605'],
    ['+46 70 174 06 05', '+46701740605'],
    ['+460701740605', '+46701740605'],
    ['0046 70 174 06 05', '+46701740605'],
    ['46701740605', '+46701740605'],
    ['701740605', '+46701740605'],
    ['tel:+46701740605', '+46701740605'],
    ['\u202a070\u2011174\u00a006\u00a005\u202c', '+46701740605'],
    ['\u200e+46701740605', '+46701740605'],
    ['(08) 465 004 00', '+46846500400'],
    ['0980 – 319 200', '+46980319200'],
    ['113 13', '11313'],
    ['112', '112'],
    ['+358 40 123 4567', '+358401234567'],
  ])('%s means %s', (text, number) => expect(parsePhoneNumber(text)).toEqual({ ok: true, number }))

  it.each([
    ['', 'empty'],
    [' \u200e ', 'empty'],
    ['växeln', 'not-a-number'],
    ['*21*0701740605#', 'not-a-number'],
    ['070-174 06 05;phone-context=x', 'not-a-number'],
    ['070-174 06 05,12#', 'not-a-number'],
    ['070-174 06', 'too-short'],
    ['070-174 06 05 12', 'too-long'],
    ['465 004 00', 'no-area-code'],
    ['4410', 'too-short'],
  ])('%s is refused: %s', (text, code) => {
    expect(parsePhoneNumber(text)).toEqual({ ok: false, code })
  })

  it('reads back what it writes, and what it understands fits the schema', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 8 })
    fc.assert(
      fc.property(fc.constantFrom('8', '31', '980', '70', '10', '13'), digits, (area, rest) => {
        const parsed = parsePhoneNumber(`0${area}${rest.join('')}`)
        if (!parsed.ok) return
        expect(v.safeParse(phoneNumber, parsed.number).success).toBe(true)
        expect(parsePhoneNumber(formatPhoneNumber(parsed.number))).toEqual(parsed)
      }),
    )
  })

  it('never dials a command', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(telAddress(text)).toMatch(/^tel:\+?[0-9]*$/)
        expect(smsAddress(text)).toMatch(/^sms:\+?[0-9]*$/)
      }),
    )
    expect(telAddress('+46701740605')).toBe('tel:+46701740605')
    expect(telAddress('*#06#')).toBe('tel:06')
  })
})

describe('numbers an example may hold', () => {
  it.each(['+46701740605', '+46701740699', '+46846500400', '+46980319299', '112', '1177'])(
    '%s may',
    (number) => expect(isFictionalNumber(number)).toBe(true),
  )
  it.each([
    '+46701740604',
    '+46701740700',
    '+46846500399',
    '+46701234567',
    '+4670174060',
    '118118',
  ])('%s may not', (number) => expect(isFictionalNumber(number)).toBe(false))
})

describe('numbers in a text', () => {
  it('finds those written out, and takes no date or serial number for one', () => {
    const text =
      'Ring 070-123 45 67 eller +46 8 123 456 78. Från 2026-03-12 kl. 07.00–16.00, dnr 2026-0123, ' +
      '1 (2), 010-2 rum, pärmen flik 04-05, personnummer 19800101-1234.'
    expect(numbersInText(text).map(({ number }) => number)).toEqual([
      '+46701234567',
      '+46812345678',
    ])
  })
})
