import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { fromBase64url, textOf, toBase64url, utf8, type Bytes } from '#trust/bytes.ts'
import { deriveSealKey } from '#trust/epoch-key.ts'
import { addSignature, parseGeneral, signCompact, signGeneral } from '#trust/jws.ts'
import { createAgreementKey, createSigningKey, thumbprint, type SigningKey } from '#trust/keys.ts'
import { seal } from '#trust/seal.ts'
import {
  createTestJournal,
  pretendEntry,
  type TestJournal,
  type TestMember,
} from '../../tests/support/journal.ts'
import { alarmsOf } from './alarms.ts'
import { findForks, mergeEntries } from './merge-entries.ts'
import { openEntries } from './open-entries.ts'
import { phonesOf } from './phones.ts'

/** Entries made by members, former members and strangers who know the format and own the host. */

const typ = 'planb-entry+jws'
let journal: TestJournal
let anna: TestMember
let mallory: TestMember
let stranger: SigningKey
let good: { bytes: Bytes; hash: string }

beforeAll(async () => {
  journal = await createTestJournal()
  anna = await journal.phone()
  mallory = await journal.phone()
  stranger = await createSigningKey({ extractable: true })
  good = await journal.write(anna, 'note', { text: 'jag är på väg' })
})

const outerOf = (bytes: Uint8Array) =>
  JSON.parse(textOf(parseGeneral(bytes).payload)) as Record<string, unknown>
const payloadOf = (outer: object) => utf8(JSON.stringify(outer))

/** What stands in clear, changed, and signed by whom the attacker can sign as. */
function forge(change: object, by: SigningKey[], from = good.bytes): Promise<Bytes> {
  return signGeneral(typ, payloadOf({ ...outerOf(from), ...change }), by)
}

/** Anything sealed with the epoch's key, as any member can. */
async function sealAnything(inner: unknown, padding = 512): Promise<string> {
  const key = await deriveSealKey(journal.epochKey, 'journal')
  const { organisation, department, epoch } = journal.context
  const place = { organisation, department, epoch, kind: 'entry' as const }
  return toBase64url(await seal(utf8(JSON.stringify(inner)), key, place, padding))
}

async function refusedWith(code: string | RegExp, bytes: Uint8Array): Promise<void> {
  for (const ask of [journal.open, journal.admit]) {
    const error = await ask(bytes).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect((error as { code?: string } | undefined)?.code).toMatch(code)
  }
}

/** Admitted (its text cannot be judged from outside), and refused by whoever opens it. */
async function refusedWhenOpened(code: string, bytes: Uint8Array): Promise<void> {
  await journal.admit(bytes)
  await expect(journal.open(bytes)).rejects.toMatchObject({ code })
}

describe('a forged author', () => {
  it('[J2] signs with another device’s name and an own key', async () => {
    await refusedWith('jws-signer', await forge({}, [journal.member, mallory.device]))
  })

  it('[J3] puts the own key under another device’s name', async () => {
    const change = { deviceKey: mallory.device.jwk }
    await refusedWith('entry-device', await forge(change, [journal.member, mallory.device]))
  })

  it('[J3] claims the right kid in the signature for a key that has another', async () => {
    const lying = { ...mallory.device, kid: anna.device.kid }
    await refusedWith('jws-signature', await forge({}, [journal.member, lying]))
    const change = { deviceKey: mallory.device.jwk }
    await refusedWith('entry-device', await forge(change, [journal.member, lying]))
  })

  it('[J7] copies a sealed text under the own name', async () => {
    const change = { device: mallory.device.kid, deviceKey: mallory.device.jwk }
    const bytes = await forge(change, [journal.member, mallory.device])
    await refusedWhenOpened('entry-mismatch', bytes)
  })

  it('[J7] copies an own sealed text to another number', async () => {
    const bytes = await forge({ n: 77 }, [journal.member, anna.device])
    await refusedWhenOpened('entry-mismatch', bytes)
  })

  it.each(['org', 'department', 'device', 'epoch', 'n'])(
    '[J7] seals a text that names another %s inside',
    async (field) => {
      const { deviceKey: _k, sealed: _s, format: _f, minFormat: _m, keepDays: _d, ...place } = outerOf(good.bytes) // prettier-ignore
      const inner = { ...place, kind: 'note', time: '2026-03-12T18:00:00Z', body: {} }
      const whole = await forge({ sealed: await sealAnything(inner) }, [journal.member, anna.device]) // prettier-ignore
      expect((await journal.open(whole)).kind).toBe('note')
      const other: Record<string, unknown> = {
        org: 'f'.repeat(64),
        department: 'gemensamt',
        device: mallory.device.kid,
        epoch: 4,
        n: 78,
      }
      const sealed = await sealAnything({ ...inner, [field]: other[field] })
      const bytes = await forge({ sealed }, [journal.member, anna.device])
      await refusedWhenOpened('entry-mismatch', bytes)
    },
  )

  it('[J21] speaks for another: it counts for the one who wrote', async () => {
    const told = { gen: 1, v: 9, head: 'b'.repeat(64), device: anna.device.kid }
    const entries = [
      await journal.open((await journal.joined(anna)).bytes),
      await journal.writeAndOpen(mallory, 'confirmed', told),
    ]
    expect(phonesOf(entries)).toMatchObject([{ device: anna.device.kid }])
    expect(phonesOf(entries)[0]?.confirmed).toBeUndefined()
  })
})

describe('signatures', () => {
  it('[J2] the member key alone, or the device alone', async () => {
    await refusedWith('entry-signers', await forge({}, [journal.member]))
    await refusedWith('entry-signers', await forge({}, [anna.device]))
  })

  it('[J2] a third one, well made, in any place', async () => {
    const third = await addSignature(typ, good.bytes, stranger)
    await refusedWith('jws-signer', third)
    await refusedWith('jws-signer', await forge({}, [stranger, journal.member, anna.device]))
    const again = await addSignature(typ, good.bytes, anna.device)
    await refusedWith('jws-malformed', again)
  })

  it('[J2] the right two in the other order', async () => {
    await refusedWith('entry-signers', await forge({}, [anna.device, journal.member]))
  })

  it('[J2] the member key as a device: one signer is not two', async () => {
    const { member } = journal
    const change = { device: member.kid, deviceKey: member.jwk }
    await refusedWith('entry-signers', await forge(change, [member]))
    await refusedWith('jws-malformed', await forge(change, [member, member]))
  })

  it('[J2] a stranger in the member’s place', async () => {
    await refusedWith('jws-signer', await forge({}, [stranger, anna.device]))
  })

  it('[J1] of another kind of object', async () => {
    const payload = parseGeneral(good.bytes).payload
    for (const other of ['planb-root+jws', 'planb-head+jws', 'planb-beat+jws'] as const) {
      await refusedWith('jws-type', await signGeneral(other, payload, [journal.member, anna.device])) // prettier-ignore
    }
    await refusedWith(/json|jws|text/, await signCompact(typ, payload, anna.device))
  })

  it('[J9] bent into another that holds as well: the same entry by the same name', async () => {
    const bent = bend(good.bytes)
    expect(bent).not.toEqual(good.bytes)
    expect((await journal.admit(bent)).hash).toBe(good.hash)
    const both = [await journal.open(bent), await journal.open(good.bytes)]
    expect(mergeEntries([], both)).toHaveLength(1)
    expect(findForks(both)).toEqual([])
  })
})

describe('another place', () => {
  it('[J4] a former member writes with the member key of the epoch before', async () => {
    const before = await createTestJournal({ epoch: 2 })
    const bytes = (await before.write(anna, 'note')).bytes
    await refusedWith('jws-signer', bytes)
    // Also when it claims the current epoch, and with the current epoch's text copied in.
    const claims = { epoch: 3, sealed: outerOf(good.bytes).sealed }
    await refusedWith('jws-signer', await forge(claims, [before.member, anna.device]))
  })

  it('[J4] whoever still knows a department’s member key writes for an epoch that is not current', async () => {
    const change = { epoch: 2 }
    await refusedWith('entry-epoch', await forge(change, [journal.member, anna.device]))
    await refusedWith('entry-epoch', await forge({ epoch: 4 }, [journal.member, anna.device]))
  })

  it('[J4] an entry of another department, and of another organisation', async () => {
    const department = await createTestJournal({ department: 'gemensamt', member: journal.member })
    await refusedWith('entry-department', (await department.write(anna, 'note')).bytes)
    const other = await createTestJournal({ organisation: 'b'.repeat(64), member: journal.member })
    await refusedWith('entry-organisation', (await other.write(anna, 'note')).bytes)
  })

  it('[J4] [J7] text sealed with another epoch’s key, or for another department', async () => {
    const { member } = journal
    const key = await createTestJournal({ member })
    await refusedWhenOpened('seal-refused', (await key.write(anna, 'note')).bytes)
    const { epochKey } = journal
    const place = await createTestJournal({ member, epochKey, department: 'gemensamt' })
    const { sealed } = outerOf((await place.write(anna, 'note')).bytes)
    const bytes = await forge({ sealed }, [member, anna.device])
    await refusedWhenOpened('seal-refused', bytes)
  })
})

describe('shape', () => {
  it.each([
    ['n', { n: 0 }],
    ['n', { n: -1 }],
    ['n', { n: 1.5 }],
    ['n', { n: '1' }],
    ['n', { n: 10_000_000_000 }],
    ['keepDays', { keepDays: 0 }],
    ['keepDays', { keepDays: 401 }],
    ['keepDays', { keepDays: 1e9 }],
    ['department', { department: '../gemensamt' }],
    ['format', { format: 'x' }],
    ['sealed', { sealed: 7 }],
    ['sealed', { sealed: '' }],
    ['sealed', { sealed: toBase64url(new Uint8Array(28)) }],
    ['sealed', { sealed: toBase64url(new Uint8Array(28 + 511)) }],
    ['sealed', { sealed: toBase64url(new Uint8Array(28 + 513)) }],
    ['device', { device: '../../root/1' }],
    ['device', { device: undefined }],
    ['deviceKey', { deviceKey: undefined }],
    ['deviceKey', { deviceKey: 'x' }],
  ])('[J5] a wrong %s is refused: %j', async (_, change) => {
    await refusedWith('entry-malformed', await forge(change, [journal.member, anna.device]))
  })

  it('[J5] base64url with spare bits or padding', async () => {
    const sealed = `${toBase64url(new Uint8Array(28 + 512))}=`
    await refusedWith('base64url-malformed', await forge({ sealed }, [journal.member, anna.device]))
  })

  it('[J5] a private half beside the public key', async () => {
    const deviceKey = { ...anna.device.jwk, d: anna.device.jwk.x }
    await refusedWith('entry-malformed', await forge({ deviceKey }, [journal.member, anna.device]))
  })

  it('[J5] more than 8 KB, before anything is made of it', async () => {
    const bytes = await forge({ more: 'x'.repeat(8_000) }, [journal.member, anna.device])
    await refusedWith('entry-too-large', bytes)
  })

  it('[J5] what is sealed and is no entry', async () => {
    const place = { org: journal.context.organisation, department: 'hemtjanst', device: anna.device.kid, epoch: 3, n: 1 } // prettier-ignore
    const whole = { ...place, kind: 'note', time: '2026-03-12T18:00:00Z', body: {} }
    for (const inner of [
      null,
      [],
      place,
      { ...whole, body: 'text' },
      { ...whole, body: null },
      { ...whole, kind: '__proto__' },
      { ...whole, run: '' },
      { ...whole, time: 'now' },
      { ...whole, previous: 'x' },
    ]) {
      const bytes = await forge({ n: 1, sealed: await sealAnything(inner) }, [journal.member, anna.device]) // prettier-ignore
      await refusedWhenOpened('entry-malformed', bytes)
    }
    const wide = await forge({ sealed: await sealAnything(whole, 1024) }, [journal.member, anna.device]) // prettier-ignore
    await refusedWhenOpened('seal-malformed', wide)
  })

  it('[J5] spelled twice: duplicate keys, spaces, other members', async () => {
    const { payload } = parseGeneral(good.bytes)
    const text = textOf(payload)
    for (const other of [
      text.replace('{', '{ '),
      text.replace('{', '{"n":9,'),
      `${text} `,
      text.replace('{', '{"__proto__":{},'),
    ]) {
      const bytes = await signGeneral(typ, utf8(other), [journal.member, anna.device])
      await refusedWith(/json/, bytes)
    }
    const envelope = JSON.parse(textOf(good.bytes)) as Record<string, unknown>
    await refusedWith('jws-malformed', utf8(JSON.stringify({ ...envelope, header: {} })))
  })

  it('[J6] a newer format is told apart only where both signatures hold', async () => {
    const newer = await forge({ minFormat: 2, n: 'later' }, [journal.member, anna.device])
    await refusedWith('format-newer', newer)
    const strange = await forge({ minFormat: 2 }, [stranger, anna.device])
    await refusedWith('jws-signer', strange)
  })

  it('[J8] unknown fields in clear and sealed do no harm', async () => {
    const { deviceKey: _k, sealed: _s, format: _f, minFormat: _m, keepDays: _d, ...place } = outerOf(good.bytes) // prettier-ignore
    const inner = { ...place, kind: 'note', time: '2026-03-12T18:00:00Z', body: {}, later: [1] }
    const change = { sealed: await sealAnything(inner), later: { x: 1 } }
    const bytes = await forge(change, [journal.member, anna.device])
    expect((await journal.open(bytes)).kind).toBe('note')
  })

  it('any byte of an entry changed, cut or added: refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: good.bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        fc.constantFrom('change', 'cut', 'add', 'drop'),
        async (at, by, how) => {
          const bytes = mutate(good.bytes, at, by, how)
          const admitted = await journal.admit(bytes).catch(() => undefined)
          expect(admitted).toBeUndefined()
          expect(await journal.open(bytes).catch(() => undefined)).toBeUndefined()
        },
      ),
      { numRuns: 300 },
    )
  })

  it('bytes that are no entry: refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
        await expect(journal.open(bytes)).rejects.toHaveProperty('code')
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        await expect(journal.open(payloadOf({ value }))).rejects.toHaveProperty('code')
        const signed = await signGeneral(typ, payloadOf({ value }), [journal.member, anna.device])
        await expect(journal.open(signed)).rejects.toHaveProperty('code')
      }),
    )
  })
})

describe('a member who means harm', () => {
  it('[J12] says two things under one number: all phones keep the same one, and it shows', async () => {
    const body = { gen: 1, v: 1, head: 'b'.repeat(64) }
    const one = await journal.writeAndOpen(mallory, 'confirmed', body, { n: 500 })
    const two = await journal.writeAndOpen(mallory, 'confirmed', { ...body, v: 2 }, { n: 500 })
    expect(mergeEntries([one], [two])).toEqual(mergeEntries([two], [one]))
    expect(findForks([one], [two])).toHaveLength(1)
  })

  it('[J30] closes what a publisher runs: nothing happens', async () => {
    const run = 'run-1'
    const entries = [
      await journal.writeAndOpen(anna, 'note', {}, { run }),
      await journal.writeAndOpen(mallory, 'closed', { by: anna.device.kid }, { run }),
    ]
    expect(openEntries(entries, { closers: [anna.device.kid] })).toHaveLength(2)
    expect(openEntries(entries, { closers: [mallory.device.kid] })).toHaveLength(0)
  })

  it('[J25] chooses a label that looks like markup, a formula or another text', async () => {
    const labels = [
      '<img src=x onerror=alert(1)>',
      '=HYPERLINK("x")',
      'a\u202Eb\u0007\nc',
      '\u{E0041}',
    ]
    const entries = await Promise.all(
      labels.map(async (label) => journal.open((await journal.joined(await journal.phone(), label)).bytes)), // prettier-ignore
    )
    const shown = phonesOf(entries).map(({ label }) => label)
    expect(shown.sort()).toEqual(['', '<img src=x onerror=alert(1)>', '=HYPERLINK("x")', 'ab c'])
  })

  it('writes 10,000 entries: everything that is counted stays right', async () => {
    const { jwk: agreement } = await createAgreementKey({ extractable: true })
    const entries = Array.from({ length: 10_000 }, (_, i) => {
      const device = `device-${i % 2_000}`
      const n = Math.floor(i / 2_000) + 1
      const kind = n === 1 ? 'joined' : n === 5 ? 'alarm' : 'confirmed'
      const body = { label: device, agreement, gen: 1, v: n, head: 'b'.repeat(64), code: 'fork' }
      return pretendEntry({ device, n, kind, body })
    })
    let held = mergeEntries([], entries.slice(0, 5_000))
    held = mergeEntries(held, entries.slice(2_500))
    held = mergeEntries(entries, held)
    expect(held).toHaveLength(10_000)
    const phones = phonesOf(held)
    expect(phones).toHaveLength(2_000)
    expect(phones.every(({ confirmed }) => confirmed?.v === 4)).toBe(true)
    expect(alarmsOf(held)).toHaveLength(2_000)
    expect(findForks(held, entries)).toEqual([])
  })

  it('the test’s own keys are what they say', async () => {
    expect(await thumbprint(anna.device.jwk)).toBe(anna.device.kid)
    expect((await journal.open(good.bytes)).hash).toBe(good.hash)
  })
})

function mutate(bytes: Uint8Array, at: number, by: number, how: string): Bytes {
  if (how === 'cut') return bytes.slice(0, at)
  if (how === 'drop') return Uint8Array.from([...bytes.slice(0, at), ...bytes.slice(at + 1)])
  if (how === 'add') return Uint8Array.from([...bytes.slice(0, at), by, ...bytes.slice(at)])
  const changed = bytes.slice()
  changed[at] = (changed[at]! + by) % 256
  return changed
}

/** s → n − s: ECDSA's other signature of the same text. */
function bend(bytes: Uint8Array): Bytes {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
  const envelope = JSON.parse(textOf(bytes)) as { signatures: { signature: string }[] }
  const first = envelope.signatures[0]!
  const raw = fromBase64url(first.signature)
  const s = BigInt(`0x${Buffer.from(raw.slice(32)).toString('hex')}`)
  const other = Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex')
  first.signature = toBase64url(Uint8Array.from([...raw.slice(0, 32), ...other]))
  return utf8(JSON.stringify(envelope))
}
