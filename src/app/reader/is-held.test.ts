import { describe, expect, it } from 'vitest'
import type { DepartmentState } from '#device/device-state.ts'
import { hexOf } from '#trust/bytes.ts'
import { encodeInvitation } from '#trust/invitation.ts'
import { randomBytes } from '#trust/keys.ts'
import { isHeld, isHeldLink } from './is-held.ts'

const organisation = hexOf(randomBytes(32))
const held = (change: object = {}) => ({
  departments: [
    {
      organisation,
      department: 'hemtjanst',
      title: 'Hemtjänst',
      status: 'stored',
      release: { epoch: 2 },
      ...change,
    } as DepartmentState,
  ],
})
const invitation = (epoch: number, department = 'hemtjanst') => ({
  organisation,
  department,
  floor: { gen: 1, v: 1, epoch },
})

describe('an invitation that is opened again', () => {
  it('brings nothing new under the key that is held, or an older one', () => {
    expect(isHeld(held(), invitation(2))).toBe(true)
    expect(isHeld(held(), invitation(1))).toBe(true)
    // The old shortcut of a phone that waits for a new code must not pretend to be one.
    expect(isHeld(held({ status: 'needs-new-code' }), invitation(1))).toBe(true)
  })

  it('is taken when it has a newer key, or something else is missing', () => {
    expect(isHeld(held(), invitation(3))).toBe(false)
    expect(isHeld(held({ release: undefined }), invitation(2))).toBe(false)
    expect(isHeld(held({ status: 'ended' }), invitation(2))).toBe(false)
    expect(isHeld(held(), invitation(2, 'hemsjukvard'))).toBe(false)
    expect(isHeld(held({ organisation: 'another' }), invitation(2))).toBe(false)
  })

  it('is told from the link as it was opened; one that is cut is not held', () => {
    const link = `https://x.se/#/join/${encodeInvitation({
      organisation,
      department: 'hemtjanst',
      root: { v: 1, hash: organisation },
      floor: { gen: 1, v: 1, epoch: 1 },
      id: 'abcdefgh',
      epochKey: randomBytes(32),
      flags: 0,
    })}`
    expect(isHeldLink(held(), link)).toBe(true)
    expect(isHeldLink(held(), link.slice(0, -5))).toBe(false)
    expect(isHeldLink(held(), 'https://x.se/')).toBe(false)
  })
})
