import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestOrganisation, type TestOrganisation } from '../../tests/support/organisation.ts'
import { toBase64url, utf8 } from './bytes.ts'
import { decodeEnrolment, encodeEnrolment } from './enrolment.ts'
import { deriveSealKey, importEpochKey } from './epoch-key.ts'
import { decodeInvitation, encodeInvitation } from './invitation.ts'
import { frame, frameLength, unframe } from './framing.ts'
import { createAgreementKey, createSigningKey, randomBytes } from './keys.ts'
import { decodeRestorePayload, restoreKeys } from './restore-payload.ts'
import type { VerifiedRoot } from './root.ts'
import { openCompressed, sealCompressed } from './seal.ts'
import { unwrapEpochKey, wrapEpochKey } from './wrap.ts'

// Thousands of tries, on a machine that may do other things at the same time.
vi.setConfig({ testTimeout: 60_000 })

const code = (code: string) => expect.objectContaining({ code })
let organisation: TestOrganisation
let neighbour: TestOrganisation
let root: VerifiedRoot

beforeAll(async () => {
  organisation = await createTestOrganisation()
  neighbour = await createTestOrganisation()
  ;({ root } = organisation)
})

describe('keys and content of another place', () => {
  it('[T23] a wrap of another department, organisation or epoch', async () => {
    const device = await createAgreementKey({ extractable: false })
    const place = { organisation: root.organisation, department: 'hemtjanst', epoch: 1 }
    const key = organisation.epochs.hemtjanst!.key
    const wrap = await wrapEpochKey(key, device.jwk, place)
    expect(await unwrapEpochKey(wrap, device.key, place)).toEqual(key)
    for (const other of [
      { department: 'gemensamt' },
      { organisation: neighbour.organisation },
      { epoch: 2 },
      { department: 'hemtjanst|1' },
    ]) {
      await expect(unwrapEpochKey(wrap, device.key, { ...place, ...other })).rejects.toEqual(
        code('wrap-refused'),
      )
    }
    const somebody = await createAgreementKey({ extractable: false })
    await expect(unwrapEpochKey(wrap, somebody.key, place)).rejects.toEqual(code('wrap-refused'))
  })

  it('[T21] sealed bytes of another department, organisation, epoch, kind or purpose', async () => {
    const epochKey = await importEpochKey(organisation.epochs.hemtjanst!.key, {
      extractable: false,
    })
    const key = await deriveSealKey(epochKey, 'content')
    const place = { organisation: root.organisation, department: 'hemtjanst', epoch: 1, kind: 'pack' } as const // prettier-ignore
    const sealed = await sealCompressed(utf8('[]'), key, place)
    expect(await openCompressed(sealed, key, place, 99)).toEqual(utf8('[]'))
    for (const other of [
      { department: 'gemensamt' },
      { organisation: neighbour.organisation },
      { epoch: 11 },
      { kind: 'manifest' as const },
      { kind: 'entry' as const },
    ]) {
      await expect(openCompressed(sealed, key, { ...place, ...other }, 99)).rejects.toEqual(
        code('seal-refused'),
      )
    }
    const journal = await deriveSealKey(epochKey, 'journal')
    await expect(openCompressed(sealed, journal, place, 99)).rejects.toEqual(code('seal-refused'))
  })

  it('[T21] 200 MB in 194 KB stops where it was told to', async () => {
    const epochKey = await importEpochKey(organisation.epochs.hemtjanst!.key, {
      extractable: false,
    })
    const key = await deriveSealKey(epochKey, 'content')
    const place = { organisation: root.organisation, department: 'hemtjanst', epoch: 1, kind: 'pack' } as const // prettier-ignore
    const bomb = await sealCompressed(new Uint8Array(200_000_000), key, place)
    expect(bomb.length).toBeLessThan(210_000)
    const before = process.memoryUsage().arrayBuffers
    await expect(openCompressed(bomb, key, place, 8 * 1024 * 1024)).rejects.toEqual(
      code('inflate-too-large'),
    )
    // What was inflated until then, and a little for the stream; not the 200 MB.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60_000_000)
  }, 30_000)

  it('[T42] a payload of another organisation restores nothing here', async () => {
    const text = await neighbour.coordinatorText()
    await expect(
      restoreKeys(decodeRestorePayload(text), root, { extractable: false }),
    ).rejects.toEqual(code('restore-key-unknown'))
  })

  it('[T31] one kind of payload is never read as another', async () => {
    const signing = await createSigningKey({ extractable: false })
    const agreement = await createAgreementKey({ extractable: false })
    const payloads = {
      invitation: encodeInvitation({ ...organisation.invitation('hemtjanst') }),
      restore: await organisation.coordinatorText(),
      enrolment: encodeEnrolment({
        organisation: root.organisation,
        signing: signing.jwk,
        agreement: agreement.jwk,
        role: 'Chef',
        departments: [],
      }),
    }
    const decoders = {
      invitation: decodeInvitation,
      restore: decodeRestorePayload,
      enrolment: decodeEnrolment,
    }
    for (const [kind, payload] of Object.entries(payloads)) {
      for (const [name, decode] of Object.entries(decoders)) {
        if (name === kind) expect(() => decode(payload)).not.toThrow()
        else expect(() => decode(payload), `${kind} as ${name}`).toThrow(code(`${name}-kind`))
      }
    }
  })

  it('[T31] no payload has two spellings: spare bits of its last character refuse it', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    for (const length of [30, 31, 32]) {
      const text = frame('restore', 1, randomBytes(length))
      const last = letters.indexOf(text.at(-1)!)
      const others = letters.split('').filter((_, i) => i !== last)
      for (const letter of others) {
        expect(() => unframe('restore', 1, text.slice(0, -1) + letter), letter).toThrow(
          code('restore-checksum'),
        )
      }
    }
  })

  it('[T31] a length no frame can have is no length', () => {
    const stating = (length: number) =>
      toBase64url(Uint8Array.of(0x24, 1, length >> 8, length & 255))
    for (const length of [0, 7, 2049, 0xffff]) {
      expect(frameLength(stating(length)), String(length)).toBeUndefined()
    }
    expect(frameLength(stating(8))).toBe(11)
    expect(frameLength(stating(2048))).toBe(2731)
  })
})
