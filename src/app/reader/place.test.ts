import { describe, expect, it } from 'vitest'
import type { DepartmentState, DeviceState } from '#device/device-state.ts'
import type { Settings } from '#device/settings.ts'
import { placeOf } from './place.ts'

const department = (organisation: string, id: string): DepartmentState => ({
  organisation,
  department: id,
  title: id,
  status: 'stored',
})
const organisation = (id: string) => ({
  id,
  title: id,
  example: false,
  checkWords: [],
  device: 'x',
  needsNewerApp: false,
})
const device: DeviceState = {
  organisations: [organisation('a'), organisation('b')],
  departments: [
    department('a', 'gemensamt'),
    department('a', 'hemtjanst'),
    department('a', 'trygghetslarm'),
    department('b', 'hemtjanst'),
    department('b', 'gemensamt'),
  ],
  roles: [],
  fingerprint: '',
}
const settings: Settings = { language: 'sv', scheme: 'auto', together: [] }
const names = (found: { shown: DepartmentState[] }) =>
  found.shown.map((each) => `${each.organisation}/${each.department}`)

describe('whose plans an address shows', () => {
  it('is nobody’s before anything was joined', () => {
    const empty = { ...device, organisations: [], departments: [] }
    expect(placeOf(empty, settings, '/')).toMatchObject({ shown: [], home: '/', lists: '' })
  })

  it('begins with a department, not with what all have in common', () => {
    expect(names(placeOf(device, settings, '/'))).toEqual(['a/hemtjanst'])
    expect(placeOf(device, settings, '/').all.at(-1)?.department).toBe('gemensamt')
  })

  it('is the one looked at last, also of another organisation', () => {
    const last = { ...settings, last: 'b/hemtjanst' }
    expect(names(placeOf(device, last, '/'))).toEqual(['b/hemtjanst'])
    expect(names(placeOf(device, last, '/d/hemtjanst/routine/x'))).toEqual(['b/hemtjanst'])
    expect(placeOf(device, last, '/').all).toHaveLength(2)
  })

  it('is the one the address names', () => {
    const last = { ...settings, last: 'b/hemtjanst' }
    expect(names(placeOf(device, last, '/d/trygghetslarm'))).toEqual(['a/trygghetslarm'])
  })

  it('is several together, on the start and on what is opened from there', () => {
    const together = { ...settings, together: ['a/hemtjanst', 'a/trygghetslarm'] }
    const both = ['a/hemtjanst', 'a/trygghetslarm']
    expect(names(placeOf(device, together, '/'))).toEqual(both)
    expect(names(placeOf(device, together, '/routines'))).toEqual(both)
    expect(names(placeOf(device, together, '/d/hemtjanst/routine/x'))).toEqual(both)
    expect(names(placeOf(device, together, '/d/hemtjanst'))).toEqual(['a/hemtjanst'])
    expect(names(placeOf(device, together, '/d/hemtjanst/routines'))).toEqual(['a/hemtjanst'])
  })

  it('never mixes organisations', () => {
    const mixed = { ...settings, together: ['a/hemtjanst', 'b/hemtjanst'] }
    expect(names(placeOf(device, mixed, '/'))).toEqual(['a/hemtjanst'])
  })

  it('falls back when a department has left', () => {
    expect(names(placeOf(device, { ...settings, last: 'a/skola' }, '/'))).toEqual(['a/hemtjanst'])
  })
})
