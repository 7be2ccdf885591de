import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { hexOf, toBase64url } from './bytes.ts'
import { frame, unframe } from './framing.ts'
import {
  createInvitationId,
  decodeInvitation,
  encodeInvitation,
  type Invitation,
} from './invitation.ts'
import { randomBytes } from './keys.ts'
import { encodeRestorePayload } from './restore-payload.ts'

// Thousands of tries, on a machine that may do other things at the same time.
vi.setConfig({ testTimeout: 60_000 })

const code = (code: string) => expect.objectContaining({ code })
const organisation = hexOf(randomBytes(32))

function createInvitation(change: Partial<Invitation> = {}): Invitation {
  return {
    organisation,
    department: 'hemtjanst',
    root: { v: 1, hash: organisation },
    floor: { gen: 1, v: 12, epoch: 1 },
    id: createInvitationId(),
    epochKey: randomBytes(32),
    flags: 0,
    ...change,
  }
}

const count = fc.integer({ min: 1, max: 9_999_999_999 })
const invitations = fc
  .record({
    department: fc.stringMatching(/^[a-z0-9]{1,20}(-[a-z0-9]{1,20})?$/),
    rootV: fc.integer({ min: 1, max: 999_999 }),
    floor: fc.record({ gen: fc.integer({ min: 1, max: 9999 }), v: count, epoch: count }),
    flags: fc.integer({ min: 0, max: 127 }),
    mirror: fc.option(fc.webUrl(), { nil: undefined }),
  })
  .map(({ rootV, mirror, ...rest }) =>
    createInvitation({
      ...rest,
      root: { v: rootV, hash: rootV > 1 ? hexOf(randomBytes(32)) : organisation },
      ...(mirror ? { mirror } : {}),
    }),
  )

describe('invitations', () => {
  it('[T33] come back as they were', () => {
    fc.assert(
      fc.property(invitations, (invitation) => {
        expect(decodeInvitation(encodeInvitation(invitation))).toEqual(invitation)
      }),
    )
  })

  it('[T30] are short, begin with J, and are made of link characters', () => {
    const text = encodeInvitation(createInvitation())
    expect(text).toMatch(/^J[A-Za-z0-9_-]+$/)
    expect(text).toHaveLength(124)
    const later = createInvitation({ root: { v: 7, hash: hexOf(randomBytes(32)) } })
    expect(encodeInvitation(later)).toHaveLength(167)
  })

  it('[T31] cut anywhere say so', () => {
    const text = encodeInvitation(createInvitation())
    for (let length = 0; length < text.length; length++) {
      expect(() => decodeInvitation(text.slice(0, length)), String(length)).toThrow(
        code('invitation-cut'),
      )
    }
  })

  it('[T31] with one wrong character say so', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const text = encodeInvitation(createInvitation())
    for (let at = 0; at < text.length; at++) {
      // The characters that hold the length make it look cut or too long; nothing can tell.
      const expected =
        at > 1 && at < 6 ? /^invitation-(checksum|cut|long)$/ : /^invitation-checksum$/
      for (const letter of alphabet) {
        if (letter === text[at]) continue
        const wrong = text.slice(0, at) + letter + text.slice(at + 1)
        expect(() => decodeInvitation(wrong), `${letter} at ${at}`).toThrow(
          code(expect.stringMatching(expected) as unknown as string),
        )
      }
    }
  })

  it('[T31] with two characters swapped say so', () => {
    const text = encodeInvitation(createInvitation())
    for (let at = 6; at < text.length - 1; at++) {
      if (text[at] === text[at + 1]) continue
      const swapped = text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2)
      expect(() => decodeInvitation(swapped)).toThrow(code('invitation-checksum'))
    }
  })

  it('[T31] say what else is wrong', () => {
    const text = encodeInvitation(createInvitation())
    expect(() => decodeInvitation(`${text}A`)).toThrow(code('invitation-long'))
    expect(() => decodeInvitation(`${text} `)).toThrow(code('invitation-characters'))
    expect(() => decodeInvitation(frame('invitation', 2, new Uint8Array(90)))).toThrow(
      code('invitation-version'),
    )
    const recovery = randomBytes(32)
    const restore = encodeRestorePayload({ type: 'recovery-key', organisation, recovery })
    expect(() => decodeInvitation(restore)).toThrow(code('invitation-kind'))
  })

  it('[T33] whose checksum holds are still read with care', () => {
    const bad: [string, Partial<Invitation>][] = [
      ['a department that climbs', { department: '../up' }],
      ['an address with a script', { mirror: 'javascript:alert(1)' }],
      ['an address with a password', { mirror: 'https://user:secret@example.org/' }],
      ['root 0', { root: { v: 0, hash: organisation } }],
    ]
    for (const [label, change] of bad) {
      const text = encodeInvitation(createInvitation(change))
      expect(() => decodeInvitation(text), label).toThrow(code('invitation-malformed'))
    }
    const body = unframe('invitation', 1, encodeInvitation(createInvitation()))
    const longer = frame('invitation', 1, Uint8Array.from([...body, 0]))
    expect(() => decodeInvitation(longer)).toThrow(code('invitation-malformed'))
    expect(() => decodeInvitation(frame('invitation', 1, new Uint8Array(20)))).toThrow(
      code('invitation-malformed'),
    )
    expect(() => decodeInvitation(frame('invitation', 1, new Uint8Array(300).fill(255)))).toThrow(
      code('invitation-malformed'),
    )
  })

  it('make ids of eight characters', () => {
    expect(createInvitationId()).toMatch(/^[A-Za-z0-9_-]{8}$/)
    expect(createInvitationId()).not.toBe(createInvitationId())
    expect(toBase64url(randomBytes(6))).toHaveLength(8)
  })
})
