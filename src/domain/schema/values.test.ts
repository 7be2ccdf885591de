import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  clockTime,
  day,
  duration,
  identifier,
  instant,
  minutesOf,
  phoneNumber,
  reference,
  referenceTo,
} from './values.ts'

const fits = (schema: v.GenericSchema, value: unknown) => v.is(schema, value)

describe('values of the schemas', () => {
  it.each([
    [
      day,
      ['2026-03-12', '2028-02-29'],
      ['2026-02-29', '2026-02-31', '2026-13-01', '2026-3-1', '12/3 2026', ''],
    ],
    [
      instant,
      ['2026-03-12T14:20:00+01:00', '2026-03-12T14:20Z'],
      ['2026-03-12T14:20:00', '2026-13-12T14:20Z', '2026-03-12'],
    ],
    [clockTime, ['07:00', '23:59'], ['24:00', '7:00', '07.00']],
    [duration, ['30 min', '4 h', '3 d', '2 w'], ['0 h', '4h', '4 hours', '-1 d']],
    [
      identifier,
      ['tes', 'tes-korlista', '24-7'],
      ['Tes', 'a--b', '-a', 'a-', 'å', '', '../a', 'a'.repeat(65)],
    ],
    [
      phoneNumber,
      ['+46701740605', '112', '11313', '1177'],
      ['0701740605', '+46 70', '+0701', '*21#', '118118'],
    ],
    [
      reference,
      ['hemtjanst/form/a', 'a/contact/b'],
      ['hemtjanst/a', 'a/poem/b', 'a/form/b/c', '/form/b'],
    ],
    [referenceTo('form'), ['a/form/b'], ['a/routine/b']],
  ] as const)('%#', (schema, good, bad) => {
    for (const value of good) expect([value, fits(schema, value)]).toEqual([value, true])
    for (const value of bad) expect([value, fits(schema, value)]).toEqual([value, false])
  })

  it('counts minutes', () => {
    expect(['30 min', '4 h', '3 d', '2 w'].map(minutesOf)).toEqual([30, 240, 4320, 20160])
    expect(() => minutesOf('soon')).toThrow(RangeError)
  })
})
