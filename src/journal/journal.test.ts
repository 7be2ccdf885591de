import { beforeAll, describe, expect, it } from 'vitest'
import { plainText } from '#domain/plain-text.ts'
import { createAgreementKey, type PublicJwk } from '#trust/keys.ts'
import { pretendEntry } from '../../tests/support/journal.ts'
import { alarmsOf } from './alarms.ts'
import { isExpired } from './expiry.ts'
import { isOnCurve } from './is-on-curve.ts'
import { readBody } from './kinds.ts'
import { findForks, mergeEntries } from './merge-entries.ts'
import { openEntries } from './open-entries.ts'
import { leftOf, phonesOf } from './phones.ts'

let agreement: PublicJwk
let other: PublicJwk
beforeAll(async () => {
  agreement = (await createAgreementKey({ extractable: true })).jwk
  other = (await createAgreementKey({ extractable: true })).jwk
})

const head = 'b'.repeat(64)
const joined = (device: string, n: number, more: object = {}, change: object = {}) =>
  pretendEntry({
    device,
    n,
    kind: 'joined',
    body: { label: device, agreement, ...more },
    ...change,
  })
const confirmed = (device: string, n: number, v: number, change: object = {}) =>
  pretendEntry({ device, n, kind: 'confirmed', body: { gen: 1, v, head }, ...change })

describe('merging', () => {
  it('[J10] sorts by department, device and number, and keeps each once', () => {
    const entries = [
      pretendEntry({ device: 'b', n: 1 }),
      pretendEntry({ device: 'a', n: 10 }),
      pretendEntry({ device: 'a', n: 2 }),
      pretendEntry({ device: 'a', n: 2, department: 'aldreboende' }),
    ]
    const merged = mergeEntries(entries, entries)
    expect(merged.map(({ department, device, n }) => `${department} ${device} ${n}`)).toEqual([
      'aldreboende a 2',
      'hemtjanst a 2',
      'hemtjanst a 10',
      'hemtjanst b 1',
    ])
    expect(mergeEntries([], entries)).toEqual(merged)
  })

  it('[J11] [J12] of two entries with one number the lowest hash stays everywhere, and it is told', () => {
    const one = pretendEntry({ device: 'a', n: 1, body: { says: 1 } })
    const two = pretendEntry({ device: 'a', n: 1, body: { says: 2 } })
    const three = pretendEntry({ device: 'a', n: 3 })
    const [low, high] = [one, two].sort((a, b) => (a.hash < b.hash ? -1 : 1)) as [typeof one, typeof one] // prettier-ignore
    expect(mergeEntries([high, three], [low])).toEqual([low, three])
    expect(mergeEntries([low, three], [high])).toEqual([low, three])
    const fork = { device: 'a', n: 1, hashes: [low.hash, high.hash] }
    expect(findForks([high, three], [low])).toEqual([fork])
    expect(findForks([low, high])).toEqual([fork])
    expect(findForks([low, three], [low])).toEqual([])
  })

  it('[J12] tells several forks in one order', () => {
    const fork = (device: string, n: number) =>
      [1, 2].map((i) => pretendEntry({ device, n, body: { i } }))
    const all = [...fork('b', 1), ...fork('a', 9), ...fork('a', 2)]
    const places = findForks(all).map(({ device, n }) => `${device}${n}`)
    expect(places).toEqual(['a2', 'a9', 'b1'])
  })

  it('[J13] the same number in another department is another entry', () => {
    const both = [
      pretendEntry({ device: 'a', n: 1 }),
      pretendEntry({ device: 'a', n: 1, department: 'gemensamt' }),
    ]
    expect(mergeEntries(both, [])).toHaveLength(2)
    expect(findForks(both)).toEqual([])
  })
})

describe('phones', () => {
  it('[J21] shows what each told of itself: label, invitation, key, what it holds', () => {
    const entries = [
      joined('anna', 1, { label: 'Anna', invitation: '0a1b2c3d4e5f' }),
      confirmed('anna', 2, 7, { time: '2026-03-12T19:00:00.000Z' }),
      joined('bo', 1, { agreement: other }, { time: '2026-03-11T18:00:00.000Z', epoch: 2 }),
    ]
    expect(phonesOf(entries)).toEqual([
      { device: 'bo', label: 'bo', agreement: other, joinedAt: '2026-03-11T18:00:00.000Z', epoch: 2 },
      {
        device: 'anna',
        label: 'Anna',
        invitation: '0a1b2c3d4e5f',
        agreement,
        joinedAt: '2026-03-12T18:00:00.000Z',
        epoch: 1,
        confirmed: { gen: 1, v: 7, head, at: '2026-03-12T19:00:00.000Z' },
      },
    ]) // prettier-ignore
  })

  it('[J21] a claim about another device counts for nothing', () => {
    const claim = { device: 'anna', gen: 1, v: 99, head }
    const entries = [
      joined('anna', 1),
      confirmed('anna', 2, 7),
      joined('bo', 1),
      pretendEntry({ device: 'bo', n: 9, kind: 'confirmed', body: claim }),
    ]
    const versions = phonesOf(entries).map(({ device, confirmed: c }) => [device, c?.v])
    expect(versions).toEqual([['anna', 7], ['bo', 99]]) // prettier-ignore
  })

  it('[J21] a device that only confirmed has not told who it is', () => {
    expect(phonesOf([confirmed('anna', 2, 7)])).toEqual([])
  })

  it('[J22] the last number decides: not the highest version, not the latest clock', () => {
    const entries = [
      joined('anna', 1),
      confirmed('anna', 2, 9, { time: '2099-01-01T00:00:00.000Z' }),
      confirmed('anna', 3, 4, { time: '2026-03-12T18:00:00.000Z' }),
    ]
    expect(phonesOf(entries)[0]?.confirmed?.v).toBe(4)
    expect(phonesOf(entries.toReversed())[0]?.confirmed?.v).toBe(4)
  })

  it('[J22] joining again changes label, key and epoch, and keeps when and by which invitation', () => {
    const entries = [
      joined('anna', 1, { label: 'Anna', invitation: 'first' }),
      joined('anna', 8, { label: 'Anna N', agreement: other }, { epoch: 2, time: '2026-05-01T00:00:00.000Z' }),
    ] // prettier-ignore
    expect(phonesOf(entries)[0]).toEqual({
      device: 'anna',
      label: 'Anna N',
      invitation: 'first',
      agreement: other,
      joinedAt: '2026-03-12T18:00:00.000Z',
      epoch: 2,
    })
  })

  it('[J23] a clock that runs ahead is cut to when the entry came', () => {
    const ahead = joined('anna', 1, {}, { time: '2099-01-01T00:00:00.000Z' })
    const behind = joined('bo', 1, {}, { time: '2020-01-01T00:00:00.000Z' })
    const said = confirmed('anna', 2, 1, { time: '2099-01-01T00:00:00.000Z' })
    const came = '2026-03-12T18:00:00.000Z'
    const phones = phonesOf([ahead, behind, said], { receivedAt: () => came })
    expect(phones.map(({ joinedAt }) => joinedAt)).toEqual(['2020-01-01T00:00:00.000Z', came])
    expect(phones[1]?.confirmed?.at).toBe(came)
    expect(phonesOf([ahead], { receivedAt: () => undefined })[0]?.joinedAt).toBe(ahead.time)
  })

  it('[J23] a clock that is years behind counts for nothing, whosever it is', () => {
    const years = '2016-03-12T18:00:00.000Z'
    const came = '2026-03-12T18:05:00.000Z'
    const now = new Date('2026-03-13T18:00:00Z')
    const of = (time: string, received: string, more: object = {}) =>
      phonesOf([joined('anna', 1, {}, { time }), confirmed('anna', 2, 7, { time })], {
        receivedAt: () => received,
        now,
        ...more,
      })[0]
    expect(of(years, came)).toMatchObject({ joinedAt: came, confirmed: { at: came } })
    // It came while the clock of whoever looks was wrong.
    expect(of(came, years)).toMatchObject({ joinedAt: came, confirmed: { at: came } })
    // And it still is: by that clock, the other's time lies ahead.
    const then = new Date('2016-03-12T18:05:00Z')
    expect(of(came, years, { now: then })?.confirmed?.at).toBe(years)
    // A hundred days can be true of joining, and not of a release that is ten days old.
    const days = '2025-12-02T18:00:00.000Z'
    const newest = { gen: 1, v: 7, issued: '2026-03-02T18:00:00.000Z' }
    expect(of(days, came, { newest })).toMatchObject({ joinedAt: days, confirmed: { at: came } })
    expect(of(days, came, { newest: { ...newest, v: 8 } })?.confirmed?.at).toBe(days)
    // Both wrong: it was no earlier than the release.
    expect(of(years, years, { newest })?.confirmed?.at).toBe(newest.issued)
    // Whoever published had a clock that ran ahead.
    const ahead = { ...newest, issued: '2036-03-02T18:00:00.000Z' }
    expect(of(days, came, { newest: ahead })?.confirmed?.at).toBe(days)
  })

  it('[J28] a phone that has left is in no list, until it comes back', () => {
    const left = (device: string, n: number) => pretendEntry({ device, n, kind: 'left' })
    const before = [joined('anna', 1), confirmed('anna', 2, 7), joined('bo', 1)]
    const names = (entries: Parameters<typeof phonesOf>[0]) =>
      phonesOf(entries).map(({ device }) => device)
    const gone = [...before, left('anna', 3)]
    expect(names(gone)).toEqual(['bo'])
    expect(names(gone.toReversed())).toEqual(['bo'])
    expect(leftOf(gone)).toEqual(['anna'])
    // By its own numbering: nothing it said before brings it back, and no clock.
    const late = { time: '2099-01-01T00:00:00.000Z' }
    expect(names([left('anna', 9), joined('anna', 8, {}, late), joined('bo', 1)])).toEqual(['bo'])
    for (const back of [joined('anna', 4), confirmed('anna', 4, 8)]) {
      expect(names([...gone, back])).toEqual(['anna', 'bo'])
      expect(leftOf([...gone, back])).toEqual([])
    }
    // Another says it of her.
    expect(names([...before, pretendEntry({ device: 'bo', n: 2, kind: 'left', body: { device: 'anna' } })])).toEqual(['anna']) // prettier-ignore
  })

  it('two phones that joined at one moment stand by their ids', () => {
    const ids = phonesOf([joined('b', 1), joined('a', 1)]).map(({ device }) => device)
    expect(ids).toEqual(['a', 'b'])
  })

  it.each([
    ['no label', { label: undefined }],
    ['a label that is no text', { label: 7 }],
    ['no key', { agreement: undefined }],
    ['a private key', { agreement: 'private' }],
    ['a point beside the curve', { agreement: 'beside' }],
    ['an endless invitation', { invitation: 'x'.repeat(65) }],
  ])('[J20] [J26] a joined entry with %s counts for nothing', (_, change) => {
    const body: Record<string, unknown> = { ...change }
    if (body.agreement === 'private') body.agreement = { ...agreement, d: agreement.x }
    if (body.agreement === 'beside') body.agreement = { ...agreement, y: agreement.x }
    const before = joined('anna', 1)
    expect(phonesOf([joined('anna', 2, body)])).toEqual([])
    expect(phonesOf([before, joined('anna', 2, body)])).toEqual(phonesOf([before]))
  })

  it('[J26] tells points of the curve from other numbers', async () => {
    expect(isOnCurve(agreement)).toBe(true)
    expect(isOnCurve({ ...agreement, x: other.x })).toBe(false)
    expect(isOnCurve({ ...agreement, y: 'A'.repeat(43) })).toBe(false)
    // x and x + p are one residue, but only one of them is a coordinate: (x, y) with x = 5 lies on the curve.
    const inField = pointOf(5n, 31468013646237722594854082025316614106172411895747863909393730389177298123724n) // prettier-ignore
    expect(isOnCurve(inField)).toBe(true)
    const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn
    expect(isOnCurve(pointOf(5n + p, 31468013646237722594854082025316614106172411895747863909393730389177298123724n))).toBe(false) // prettier-ignore
    const bigX = 97336249849781499110478751644944710685832846615753941840897971642720016261591n
    expect(isOnCurve(pointOf(bigX, 5n))).toBe(true)
    expect(isOnCurve(pointOf(bigX, 5n + p))).toBe(false)
    expect(isOnCurve(pointOf(0n, 0n))).toBe(false)
  })
})

describe('kinds', () => {
  it('[J20] reads a body only as the kind it is of', () => {
    expect(readBody(confirmed('anna', 1, 7), 'confirmed')).toEqual({ gen: 1, v: 7, head })
    expect(readBody(confirmed('anna', 1, 7), 'alarm')).toBeUndefined()
    expect(readBody({ kind: 'later', body: {} }, 'alarm')).toBeUndefined()
  })

  it.each([
    { gen: 0, v: 1, head },
    { gen: 1, v: 0, head },
    { gen: 1, v: 1, head: 'x' },
    { gen: 1, v: 1 },
    null,
  ])('[J20] a confirmed entry that says %j counts for nothing', (body) => {
    const entry = pretendEntry({ device: 'anna', n: 2, kind: 'confirmed', body })
    expect(phonesOf([joined('anna', 1), entry])[0]?.confirmed).toBeUndefined()
  })

  it('[J8] keeps fields that are not known yet', () => {
    const entry = confirmed('anna', 1, 7)
    const body = readBody({ ...entry, body: { ...(entry.body as object), later: 1 } }, 'confirmed')
    expect(body).toMatchObject({ later: 1 })
  })
})

describe('alarms', () => {
  const alarm = (device: string, n: number, time: string, more: object = {}) =>
    pretendEntry({ device, n, time, kind: 'alarm', body: { code: 'head-gen', ...more } })

  it('[J24] tells what was seen, where and by whom, latest first', () => {
    const entries = [
      joined('anna', 1, { label: 'Anna' }),
      alarm('anna', 2, '2026-03-12T10:00:00Z', { store: 'https://x.example/', detail: 'gen 1' }),
      alarm('bo', 1, '2026-03-12T11:00:00Z'),
    ]
    expect(alarmsOf(entries)).toEqual([
      { device: 'bo', n: 1, time: '2026-03-12T11:00:00Z', code: 'head-gen', hash: entries[2]?.hash },
      {
        device: 'anna',
        label: 'Anna',
        n: 2,
        time: '2026-03-12T10:00:00Z',
        code: 'head-gen',
        store: 'https://x.example/',
        detail: 'gen 1',
        hash: entries[1]?.hash,
      },
    ]) // prettier-ignore
    expect(alarmsOf(entries.toReversed())).toEqual(alarmsOf(entries))
  })

  it('[J24] stands in one order when two clocks agree', () => {
    const same = ['a', 'b', 'c'].map((device) => alarm(device, 1, '2026-03-12T10:00:00Z'))
    expect(alarmsOf(same.toReversed())).toEqual(alarmsOf(same))
  })

  it.each([{}, { code: '<b>' }, { code: 'x', detail: 7 }])('[J20] %j is no alarm', (body) => {
    expect(alarmsOf([pretendEntry({ device: 'a', n: 1, kind: 'alarm', body })])).toEqual([])
  })

  it('[J25] labels and details are one plain line', () => {
    const entries = [
      joined('anna', 1, { label: '  Anna\u202e\u200bN\n\u0000ny  rad ' + 'x'.repeat(100) }),
      alarm('anna', 2, '2026-03-12T10:00:00Z', { detail: 'a\r\nb\u2066' + 'y'.repeat(999), store: 'z\u2028'.repeat(300) }),
    ] // prettier-ignore
    const [told] = alarmsOf(entries)
    expect(told?.label).toBe(`AnnaN ny rad ${'x'.repeat(47)}`)
    expect(told?.detail).toBe(`a b${'y'.repeat(297)}`)
    expect(told?.store).toHaveLength(199)
    expect(plainText('  ', 10)).toBe('')
    expect(plainText('Å\u0301e\u0301 👵🏽', 10)).toBe('Ǻé 👵🏽')
  })
})

describe('closing', () => {
  const closed = (device: string, run?: string) =>
    pretendEntry({ device, n: 50, kind: 'closed', ...(run !== undefined && { run }) })
  const entries = [
    pretendEntry({ device: 'anna', n: 1, run: 'run-1' }),
    pretendEntry({ device: 'anna', n: 2, run: 'run-2' }),
    pretendEntry({ device: 'anna', n: 3 }),
  ]
  const closers = ['publisher']

  it('[J30] [J32] a publisher closes one run; the others stay', () => {
    const open = openEntries([...entries, closed('publisher', 'run-1')], { closers })
    expect(open).toEqual([entries[1], entries[2]])
  })

  it('[J31] what arrives after the closing is left out too, in any order', () => {
    const late = pretendEntry({ device: 'bo', n: 9, run: 'run-1', time: '2099-01-01T00:00:00Z' })
    expect(openEntries([closed('publisher', 'run-1'), late], { closers })).toEqual([])
    expect(openEntries([late, closed('publisher', 'run-1')], { closers })).toEqual([])
  })

  it('[J30] anybody else closes nothing', () => {
    const all = [...entries, closed('anna', 'run-1')]
    expect(openEntries(all, { closers })).toEqual(all)
    expect(openEntries(all, { closers: [] })).toEqual(all)
  })

  it('[J30] another kind from a publisher closes nothing, nor does a closing without a run', () => {
    const note = pretendEntry({ device: 'publisher', n: 1, run: 'run-1' })
    expect(openEntries([...entries, note], { closers })).toHaveLength(4)
    expect(openEntries([...entries, closed('publisher')], { closers })).toHaveLength(4)
  })
})

describe('expiry', () => {
  const entry = { keepDays: 30, time: '1990-01-01T00:00:00Z' }
  const received = '2026-03-01T00:00:00.000Z'

  it('[J40] counts from when it was received, never from what the entry says', () => {
    expect(isExpired(entry, received, new Date('2026-03-30T23:59:59Z'))).toBe(false)
    expect(isExpired(entry, received, new Date('2026-03-31T00:00:00Z'))).toBe(true)
    expect(isExpired(entry, Date.parse(received), new Date('2026-03-31T00:00:00Z'))).toBe(true)
    expect(isExpired({ ...entry, time: '2099-01-01T00:00:00Z' } as typeof entry, received, new Date('2026-04-01T00:00:00Z'))).toBe(true) // prettier-ignore
  })

  it('[J40] a clock that was set back expires nothing', () => {
    expect(isExpired(entry, received, new Date('2020-01-01T00:00:00Z'))).toBe(false)
  })
})

function pointOf(x: bigint, y: bigint): PublicJwk {
  const text = (n: bigint) =>
    Buffer.from(n.toString(16).padStart(64, '0').slice(-64), 'hex').toString('base64url')
  return { kty: 'EC', crv: 'P-256', x: text(x), y: text(y) }
}
