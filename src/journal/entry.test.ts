import { beforeAll, describe, expect, it } from 'vitest'
import { fromBase64url, sha256, textOf, toBase64url } from '#trust/bytes.ts'
import { parseGeneral } from '#trust/jws.ts'
import {
  createTestJournal,
  type TestJournal,
  type TestMember,
} from '../../tests/support/journal.ts'
import { admitEntry, sealEntry } from './entry.ts'
import { maxKeepDays } from './entry-schema.ts'
import { readClear } from './read-clear.ts'

let journal: TestJournal
let phone: TestMember

beforeAll(async () => {
  journal = await createTestJournal()
  phone = await journal.phone()
})

const outerOf = (bytes: Uint8Array) =>
  JSON.parse(textOf(parseGeneral(bytes).payload)) as Record<string, unknown>

describe('an entry', () => {
  it('[J1] opens for a member with everything that was said', async () => {
    const { bytes, hash } = await journal.write(
      phone,
      'confirmed',
      { gen: 1, v: 7, head: 'b'.repeat(64) },
      { run: 'run-1', previous: 'c'.repeat(64), n: 5 },
    )
    expect(await journal.open(bytes)).toEqual({
      device: phone.device.kid,
      deviceKey: phone.device.jwk,
      department: 'hemtjanst',
      epoch: 3,
      n: 5,
      hash,
      keepDays: 400,
      previous: 'c'.repeat(64),
      kind: 'confirmed',
      run: 'run-1',
      time: '2026-03-12T18:00:00.000Z',
      body: { gen: 1, v: 7, head: 'b'.repeat(64) },
    })
  })

  it('[J1] is signed by the member key first, then by the device', async () => {
    const { bytes } = await journal.write(phone, 'x')
    const kids = parseGeneral(bytes).parts.map(
      (part) => (JSON.parse(textOf(fromBase64url(part.protected))) as { kid: string }).kid,
    )
    expect(kids).toEqual([journal.member.kid, phone.device.kid])
  })

  it('[J4] is admitted without the key that opens it', async () => {
    const { bytes, hash } = await journal.write(phone, 'note', { text: 'hemligt' }, { keepDays: 7 })
    const { epochKey: _, ...context } = journal.context
    const admitted = await admitEntry(bytes, context)
    expect(admitted).toEqual({ device: phone.device.kid, n: phone.n, epoch: 3, hash, keepDays: 7 })
    expect(readClear(bytes)).toEqual({ epoch: 3, keepDays: 7 })
  })

  it('[J5] shows nothing of its text, and not its length', async () => {
    const short = await journal.write(phone, 'note', { text: 'a' })
    const long = await journal.write(phone, 'note', { text: 'Anna '.repeat(10) })
    expect(short.bytes.length).toBe(long.bytes.length)
    const clear = outerOf(long.bytes)
    expect(Object.keys(clear).sort()).toEqual(
      ['department', 'device', 'deviceKey', 'epoch', 'format', 'keepDays', 'minFormat', 'n', 'org', 'sealed'], // prettier-ignore
    )
    const plain = Buffer.from(fromBase64url(clear.sealed as string)).toString('latin1')
    expect(plain).not.toContain('Anna')
    expect(plain).not.toContain('note')
  })

  it('[J5] has room for a text of three thousand letters, and says when there is none', async () => {
    const { bytes } = await journal.write(phone, 'note', { text: 'x'.repeat(3_000) })
    expect((await journal.open(bytes)).body).toEqual({ text: 'x'.repeat(3_000) })
    await expect(journal.write(phone, 'note', { text: 'x'.repeat(5_000) })).rejects.toMatchObject({
      code: 'entry-too-large',
    })
  })

  it.each([
    ['n', { n: 0 }],
    ['n', { n: 1.5 }],
    ['kind', { kind: 'Joined!' }],
    ['run', { run: '../x' }],
    ['keepDays', { keepDays: 0 }],
    ['keepDays', { keepDays: maxKeepDays + 1 }],
    ['previous', { previous: 'x' }],
    ['department', { department: '../x' }],
  ])('[J5] is not made with a wrong %s', async (_, change) => {
    await expect(journal.write(phone, 'note', {}, change)).rejects.toMatchObject({
      code: 'entry-malformed',
    })
  })

  it('[J8] keeps a kind and fields nobody knows yet', async () => {
    const body = { later: { deep: [1, 2, { x: null }] } }
    const entry = await journal.writeAndOpen(phone, 'ledger-count', body)
    expect(entry).toMatchObject({ kind: 'ledger-count', body })
  })

  it('[J9] is named by its payload; sealed again it is another one', async () => {
    const { bytes, hash } = await journal.write(phone, 'note')
    expect(await sha256(parseGeneral(bytes).payload)).toBe(hash)
    const again = await journal.write(phone, 'note', {}, { n: phone.n })
    expect(again.hash).not.toBe(hash)
  })

  it('[J13] goes on counting in a new epoch', async () => {
    const next = await createTestJournal({ epoch: 4 })
    const entry = await next.writeAndOpen(phone, 'joined')
    expect(entry).toMatchObject({ n: phone.n, epoch: 4 })
  })

  it('[J41] is kept as long as its kind needs when nothing else is said', async () => {
    const days = async (kind: string) => (await journal.writeAndOpen(phone, kind)).keepDays
    expect(await days('joined')).toBe(400)
    expect(await days('confirmed')).toBe(400)
    expect(await days('closed')).toBe(400)
    expect(await days('alarm')).toBe(90)
    expect(await days('later-kind')).toBe(90)
  })
})

it('what is no entry is taken for one of no epoch that is kept longest', async () => {
  const none = { epoch: 0, keepDays: maxKeepDays }
  expect(readClear(new TextEncoder().encode('garbage'))).toEqual(none)
  expect(readClear(new Uint8Array([255, 254]))).toEqual(none)
  const payload = toBase64url(new TextEncoder().encode('{"epoch":3,"keepDays":9999}'))
  const text = JSON.stringify({ payload, signatures: [{ protected: 'x', signature: 'y' }] })
  expect(readClear(new TextEncoder().encode(text))).toEqual(none)
})

it('[J1] an entry can be made with keys that never leave their device', async () => {
  const { bytes } = await sealEntry({
    ...journal.context,
    epochKey: { base: journal.epochKey.base },
    member: journal.member,
    device: phone.device,
    n: 99,
    kind: 'note',
    time: new Date(),
    body: { at: new Date('2026-01-01T00:00:00Z'), gone: undefined },
  })
  expect((await journal.open(bytes)).body).toEqual({ at: '2026-01-01T00:00:00.000Z' })
})
