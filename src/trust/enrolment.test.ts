import fc from 'fast-check'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestOrganisation } from '../../tests/support/organisation.ts'
import { bytesOfHex, utf8 } from './bytes.ts'
import { compressPoint, expandPoint } from './curve-point.ts'
import {
  decodeEnrolment,
  encodeEnrolment,
  enrolmentWords,
  type EnrolmentRequest,
} from './enrolment.ts'
import { frame, unframe } from './framing.ts'
import { createAgreementKey, createSigningKey, importVerifyKey, type PublicJwk } from './keys.ts'
import { toTypedText } from './typed-text.ts'
import { understandLink } from './understand-link.ts'

// Thousands of tries, on a machine that may do other things at the same time.
vi.setConfig({ testTimeout: 60_000 })

const code = (code: string) => expect.objectContaining({ code })
let keys: PublicJwk[]
let request: EnrolmentRequest

beforeAll(async () => {
  const signing = await Promise.all(
    Array.from({ length: 16 }, () => createSigningKey({ extractable: false })),
  )
  keys = signing.map(({ jwk }) => jwk)
  request = {
    organisation: 'ab'.repeat(32),
    signing: keys[0]!,
    agreement: (await createAgreementKey({ extractable: false })).jwk,
    role: 'Enhetschef hemtjänst norr',
    departments: ['hemtjanst', 'sarskilt-boende'],
  }
})

describe('enrolment', () => {
  it('[T60] comes back as it was', () => {
    const requests = fc.record({
      role: fc.stringMatching(/^[A-Za-zåäöÅÄÖ][A-Za-zåäö0-9 ,]{0,60}[a-zåäö]$/),
      departments: fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,20}(-[a-z0-9]{1,9})?$/)),
      signing: fc.nat({ max: 15 }),
      agreement: fc.nat({ max: 15 }),
    })
    fc.assert(
      fc.property(requests, ({ signing, agreement, ...rest }) => {
        const own = { ...request, ...rest, signing: keys[signing]!, agreement: keys[agreement]! }
        expect(decodeEnrolment(encodeEnrolment(own))).toEqual(own)
      }),
    )
  })

  it('[T60] is short, begins with E, and is found in a link, alone, and on paper', () => {
    const text = encodeEnrolment(request)
    expect(text).toMatch(/^EAE[A-Za-z0-9_-]+$/)
    expect(text.length).toBeLessThan(220)
    const understood = { kind: 'enrolment', payload: text }
    expect(understandLink(text)).toEqual(understood)
    expect(understandLink(`https://planb.example.se/app/#/edit/approve/${text}`)).toEqual(
      understood,
    )
    expect(
      understandLink(
        `https://x.example/?url=https%3A%2F%2Fp.se%2F%2523%2Fedit%2Fapprove%2F${text}`,
      ),
    ).toEqual(understood)
    expect(understandLink(text.toLowerCase())?.kind).toBe('enrolment')
    const typed = toTypedText(text).join('\n')
    expect(understandLink(typed)).toEqual({ kind: 'typed', payload: typed })
  })

  it('[T61] says what is wrong', () => {
    const text = encodeEnrolment(request)
    const bad: [string, string][] = [
      [text.slice(0, -1), 'enrolment-cut'],
      [`${text}A`, 'enrolment-long'],
      [text.replace(/.$/, text.endsWith('A') ? 'B' : 'A'), 'enrolment-checksum'],
      [`${text.slice(0, 50)}!`, 'enrolment-characters'],
      [text.toLowerCase(), 'enrolment-case'],
      [frame('restore', 1, new Uint8Array(97)), 'enrolment-kind'],
      [frame('enrolment', 2, new Uint8Array(97)), 'enrolment-version'],
      [frame('enrolment', 1, new Uint8Array(97)), 'enrolment-malformed'],
    ]
    for (const [wrong, expected] of bad) {
      expect(() => decodeEnrolment(wrong), expected).toThrow(code(expected))
    }
  })

  it('[T61] is read with care though its checksum holds', () => {
    const body = unframe('enrolment', 1, encodeEnrolment(request))
    const bad: [string, Uint8Array][] = [
      ['something after it', Uint8Array.from([...body, 0])],
      ['unknown flags', body.with(0, 4)],
      ['a key off the curve', body.slice().fill(0xff, 33, 65)],
      ['no role', unframe('enrolment', 1, encodeEnrolment({ ...request, role: '' }))],
    ]
    for (const [label, bytes] of bad) {
      expect(() => decodeEnrolment(frame('enrolment', 1, bytes)), label).toThrow(
        code('enrolment-malformed'),
      )
    }
    const wrong: Partial<EnrolmentRequest>[] = [
      { role: 'Chef\u202efehC' },
      { role: 'Chef\nNorr' },
      { role: 'Chef\u200b' },
      { departments: ['../up'] },
      { departments: ['a', 'a'] },
    ]
    for (const change of wrong) {
      const text = encodeEnrolment({ ...request, ...change })
      expect(() => decodeEnrolment(text), JSON.stringify(change)).toThrow(
        code('enrolment-malformed'),
      )
    }
  })

  it('[T61] mutated in any way is never read as another request', () => {
    const text = encodeEnrolment(request)
    const letter = fc.constantFrom(...'ABCDEFabcdef0123456789-_ '.split(''))
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), letter, fc.nat({ max: 2 }), (at, put, what) => {
        const wrong =
          text.slice(0, at) + (what === 0 ? '' : put) + text.slice(at + (what < 2 ? 1 : 0))
        if (wrong !== text)
          expect(() => decodeEnrolment(wrong)).toThrow(
            code(expect.stringMatching(/^enrolment-/) as unknown as string),
          )
      }),
    )
  })

  it('[T62] has words that differ when anything differs', async () => {
    const words = await enrolmentWords(request)
    expect(words).toHaveLength(8)
    expect(await enrolmentWords(decodeEnrolment(encodeEnrolment(request)))).toEqual(words)
    const others: Partial<EnrolmentRequest>[] = [
      { organisation: 'ac'.repeat(32) },
      { signing: keys[1]! },
      { agreement: keys[1]! },
      { role: 'Enhetschef' },
      { departments: ['hemtjanst'] },
    ]
    for (const change of others) {
      expect(await enrolmentWords({ ...request, ...change })).not.toEqual(words)
    }
  })

  it('[T62] words are those of the request, not of how it was typed', async () => {
    const spaced = { ...request, role: ` ${request.role} ` }
    expect(await enrolmentWords(spaced)).toEqual(await enrolmentWords(request))
    expect(decodeEnrolment(encodeEnrolment(spaced))).toEqual(request)
  })

  it('[T63] keys are points of the curve, whatever bytes come', async () => {
    for (const jwk of keys) {
      const { x, isOdd } = compressPoint(jwk)
      expect(expandPoint(x, isOdd)).toEqual(jwk)
      // The other point of this x is a key as well, another one.
      const other = expandPoint(x, !isOdd)
      expect(other).not.toEqual(jwk)
      await expect(importVerifyKey(other)).resolves.toBeDefined()
    }
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), async (x) => {
        let jwk: PublicJwk
        try {
          jwk = expandPoint(x, true)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
          return
        }
        await expect(importVerifyKey(jwk)).resolves.toBeDefined()
      }),
    )
    expect(() => expandPoint(new Uint8Array(32).fill(0xff), false)).toThrow(RangeError)
  })

  it('[T63] an x above the prime is no second name of a key', () => {
    const prime = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn
    const bytesOf = (x: bigint) => bytesOfHex(x.toString(16).padStart(64, '0'))
    // x = 5 is one of those that lie on the curve.
    expect(expandPoint(bytesOf(5n), true).x).toBe(`${'A'.repeat(41)}AU`)
    expect(() => expandPoint(bytesOf(prime + 5n), true)).toThrow(RangeError)
  })

  it('holds nothing secret', async () => {
    const organisation = await createTestOrganisation()
    const key = organisation.publishers.hemtjanst!
    const text = encodeEnrolment({ ...request, signing: { ...key.jwk, d: 'secret' } as PublicJwk })
    expect(new TextDecoder().decode(unframe('enrolment', 1, text))).not.toContain('secret')
    expect(utf8(text).length).toBeLessThan(220)
  })
})
