import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resignHead } from '#release/resign-head.ts'
import { rotateEpoch } from '#release/rotate-epoch.ts'
import { revokeKey, wipeDevices } from '#trust/change-root.ts'
import { rawRequest, releaseForm } from '../support/http-server.ts'
import { journalOf } from '../support/journal-of.ts'
import { testDocuments } from '../support/organisation.ts'
import { createServerScene, issuedLater, told } from '../support/server-scene.ts'
import type { Organisation, ServerScene } from '../support/server-scene.ts'
import type { TestJournal } from '../support/journal.ts'

let scene: ServerScene
let organisation: Organisation
let journal: TestJournal
const issued = issuedLater
const hour = 60 * 60 * 1000

beforeEach(async () => {
  scene = await createServerScene()
  ;({ organisation, journal } = scene)
})
afterEach(() => scene.end())

const post = (path: string, body: BodyInit) => scene.post(path, body)
const send = (bytes: Uint8Array<ArrayBuffer>) => post('d/hemtjanst/log', bytes)

interface Page {
  entries: string[]
  next: string
  more: boolean
}
async function page(after?: string): Promise<Page> {
  const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`
  const answer = await fetch(`${scene.server.url}store/d/hemtjanst/log${query}`)
  expect(answer.status).toBe(200)
  return (await answer.json()) as Page
}
async function all(): Promise<string[]> {
  const entries: string[] = []
  let next: string | undefined
  for (;;) {
    const one = await page(next)
    entries.push(...one.entries)
    if (!one.more) return entries
    next = one.next
  }
}
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

describe('POST …/log', () => {
  it('[H30] takes a member’s entry, and gives it to whoever asks', async () => {
    const phone = await journal.phone()
    const { bytes } = await journal.joined(phone)
    const answer = await send(bytes)
    expect(await told(answer)).toBe('201')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    const path = `d/hemtjanst/log/${phone.device.kid}/1.jws`
    expect(await scene.server.store.get(path, { maxBytes: 1e5 })).toEqual(bytes)
    expect((await page()).entries).toEqual([textOf(bytes)])
  })

  it('[H31] the same bytes again are 200; another entry at that number 409, and the first stays', async () => {
    const phone = await journal.phone()
    const { bytes } = await journal.joined(phone)
    expect(await told(await send(bytes))).toBe('201')
    expect(await told(await send(bytes))).toBe('200')
    const other = (await journal.joined(phone, 'Annan', { n: 1 })).bytes
    expect(await told(await send(other))).toBe('409 entry-taken')
    expect(await all()).toEqual([textOf(bytes)])
  })

  it('[H31] of ten different entries at one number at once exactly one wins', async () => {
    const phone = await journal.phone()
    const entries = await Promise.all(
      Array.from({ length: 10 }, (_, i) => journal.joined(phone, `Namn ${i}`, { n: 1 })),
    )
    const outcomes = await Promise.all(entries.map(async ({ bytes }) => told(await send(bytes))))
    expect(outcomes.filter((outcome) => outcome === '201')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === '409 entry-taken')).toHaveLength(9)
    const winner = entries[outcomes.indexOf('201')]!
    expect(await all()).toEqual([textOf(winner.bytes)])
  })

  it('[H31] the same entry ten times at once is stored once, and told as arrived to all', async () => {
    const { bytes } = await journal.joined(await journal.phone())
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, async () => (await send(bytes)).status),
    )
    expect(outcomes.filter((status) => status === 201)).toHaveLength(1)
    expect(outcomes.every((status) => status === 200 || status === 201)).toBe(true)
    expect(await all()).toHaveLength(1)
  })

  it('[H30] refuses strangers, other places and what is no entry, and keeps nothing of it', async () => {
    const phone = await journal.phone()
    const stranger = await journalOf(organisation, 'gemensamt')
    const elsewhere = await journalOf(organisation, 'gemensamt', organisation.epochs['hemtjanst'])
    const { bytes } = await journal.joined(phone)
    expect(await told(await send((await stranger.joined(phone)).bytes))).toBe('422 jws-signer')
    expect(await told(await send((await elsewhere.joined(phone)).bytes))).toBe('422 entry-department') // prettier-ignore
    expect(await told(await send(bytes.slice(0, -1)))).toBe('422 json-malformed')
    expect(await told(await send(new Uint8Array(0)))).toBe('422 json-malformed')
    expect(await told(await send(new Uint8Array(8 * 1024 + 1)))).toBe('413 too-large')
    expect(await told(await post('d/skola/log', bytes))).toBe('404 department-unknown')
    expect(await told(await post('d/__proto__/log', bytes))).toBe('404 department-unknown')
    // Nothing is published for this one yet: nobody is a member of it.
    expect(await told(await post('d/gemensamt/log', bytes))).toBe('503 release-missing')
    expect(await scene.server.store.list('d/hemtjanst/log/')).toEqual([])
    expect(await told(await send(bytes))).toBe('201')
  })

  it('[H5] after a rotation only the new epoch’s members write, at once', async () => {
    const [member, former] = [await journal.phone(), await journal.phone()]
    expect(await told(await send((await journal.joined(member)).bytes))).toBe('201')
    const { built, epoch } = await rotateEpoch({
      previous: organisation.last['hemtjanst']!,
      root: organisation.root,
      signer: organisation.publishers['hemtjanst']!,
      issued,
      recipients: {},
    })
    expect((await post('d/hemtjanst', releaseForm(built))).status).toBe(201)
    expect(await told(await send((await journal.joined(former)).bytes))).toBe('422 jws-signer')
    const next = await journalOf(organisation, 'hemtjanst', epoch)
    expect(await told(await send((await next.joined(member)).bytes))).toBe('201')
    expect(await scene.server.store.list('d/hemtjanst/log/')).toHaveLength(2)
  })

  it('[H5] [H30] after a revocation: nobody until the head is signed again, then the same members', async () => {
    const phone = await journal.phone()
    const publisher = organisation.publishers['hemtjanst']!.kid
    const { root } = revokeKey(organisation.root, { kid: publisher, issued })
    const { root: verified } = await scene.sendRoot(root, { resign: false })
    const { bytes } = await journal.joined(phone)
    const waiting = await send(bytes)
    expect(waiting.headers.get('retry-after')).toBe('60')
    expect(await told(waiting)).toBe('503 release-missing')
    const { head } = organisation.last['hemtjanst']!
    const signer = organisation.rootKeys[0]!
    const built = await resignHead({ head, root: verified, signer, issued })
    expect((await post('d/hemtjanst', releaseForm(built))).status).toBe(201)
    expect(await told(await send(bytes))).toBe('201')
  })

  it('[H32] a wiped device is refused from the root on that wipes it; others are not', async () => {
    const [lost, kept] = [await journal.phone(), await journal.phone()]
    expect(await told(await send((await journal.joined(lost)).bytes))).toBe('201')
    await scene.sendRoot(wipeDevices(organisation.root, { devices: [lost.device.kid], issued }), {
      resign: false,
    })
    expect(await told(await send((await journal.write(lost, 'note')).bytes))).toBe('422 device-wiped') // prettier-ignore
    expect(await told(await send((await journal.joined(kept)).bytes))).toBe('201')
  })

  it('[H2] leaves nothing of a POST that was interrupted', async () => {
    const { bytes } = await journal.joined(await journal.phone())
    for (const part of [0.1, 0.5, 0.99]) {
      const socket = connect(scene.server.port, '127.0.0.1')
      socket.write(
        `POST /store/d/hemtjanst/log HTTP/1.1\r\nHost: x\r\nContent-Length: ${bytes.length}\r\n\r\n`,
      )
      socket.write(bytes.subarray(0, Math.floor(bytes.length * part)))
      await new Promise((resolve) => setTimeout(resolve, 30))
      socket.destroy()
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await scene.server.store.list('d/hemtjanst/log/')).toEqual([])
    expect(await told(await send(bytes))).toBe('201')
  })

  it('[H12] [H33] has quotas per device, department and address; what is refused uses up nothing of a member’s', async () => {
    await scene.start({
      entriesPerDevice: 2,
      entriesOwnPerDevice: 0,
      entriesPerDepartment: 5,
      entriesPerAddress: 40,
    })
    await organisation.publish(scene.server.store, 'hemtjanst', testDocuments('hemtjanst', '+46701740606'), { previous: undefined }) // prettier-ignore
    const [anna, bo] = [await journal.phone(), await journal.phone()]
    const next = async (phone = anna) => send((await journal.write(phone, 'note')).bytes)
    for (let i = 0; i < 20; i++) await send(new Uint8Array(10))
    const first = (await journal.write(anna, 'note')).bytes
    expect(await told(await send(first))).toBe('201')
    // Sent again because the answer was lost: uses up nothing.
    for (let i = 0; i < 3; i++) expect(await told(await send(first))).toBe('200')
    expect(await told(await next())).toBe('201')
    const refused = await next()
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await told(refused)).toBe('429 too-many')
    expect(await told(await next(bo))).toBe('201')
    expect(await told(await next(bo))).toBe('201')
    expect(await told(await next(await journal.phone()))).toBe('201')
    expect(await told(await next(await journal.phone()))).toBe('429 too-many')
    while ((await send(new Uint8Array(10))).status === 422);
    expect(await told(await send(first))).toBe('200')
    // Reading and publishing go on.
    expect((await page()).entries).toHaveLength(5)
    expect((await post('root', 'x')).status).toBe(422)
  })

  it('[H33] [H34] holds so many of a device and of a department; a rotation makes room', async () => {
    await scene.start({ heldPerDevice: 2, heldPerDepartment: 3 })
    const { release } = await organisation.publish(scene.server.store, 'hemtjanst', undefined, { previous: undefined }) // prettier-ignore
    const write = async (from: TestJournal, phone = from.phone()) =>
      told(await send((await from.write(await phone, 'note')).bytes))
    const busy = journal.phone()
    expect(await write(journal, busy)).toBe('201')
    expect(await write(journal, busy)).toBe('201')
    expect(await write(journal, busy)).toBe('429 too-many')
    for (let i = 0; i < 2; i++) expect(await write(journal)).toBe('201')
    expect(await scene.server.store.list('d/hemtjanst/log/')).toHaveLength(3)
    expect(await write(journal)).toBe('429 too-many')
    const { built, epoch } = await rotateEpoch({
      previous: release,
      root: organisation.root,
      signer: organisation.publishers['hemtjanst']!,
      issued,
      recipients: {},
    })
    expect((await post('d/hemtjanst', releaseForm(built))).status).toBe(201)
    const next = await journalOf(organisation, 'hemtjanst', epoch)
    expect(await write(next)).toBe('201')
    expect(await scene.server.store.list('d/hemtjanst/log/')).toHaveLength(1)
  })

  it('a whole department joins through one address on one morning', async () => {
    const phones = await Promise.all(Array.from({ length: 150 }, () => journal.phone()))
    const outcomes = await Promise.all(
      phones.map(async (phone) => (await send((await journal.joined(phone)).bytes)).status),
    )
    expect(outcomes.every((status) => status === 201)).toBe(true)
    expect(new Set(await all()).size).toBe(150)
  })
})

describe('GET …/log', () => {
  it('[H40] goes on after a cursor, and has nothing more at the end', async () => {
    const phone = await journal.phone()
    const empty = await page()
    expect(empty).toMatchObject({ entries: [], more: false })
    const one = await journal.write(phone, 'note')
    await send(one.bytes)
    const first = await page(empty.next)
    expect(first.entries).toEqual([textOf(one.bytes)])
    const two = await journal.write(phone, 'note')
    await send(two.bytes)
    expect((await page(first.next)).entries).toEqual([textOf(two.bytes)])
    const end = await page((await page(first.next)).next)
    expect(end).toMatchObject({ entries: [], more: false })
    expect((await page(end.next)).entries).toEqual([])
  })

  it('[H41] gives pages of 200, and none is missed while others write', async () => {
    const phones = await Promise.all(Array.from({ length: 3 }, () => journal.phone()))
    const sent: string[] = []
    const write = async (i: number) => {
      const { bytes } = await journal.write(phones[i % 3]!, 'note', { i })
      await send(bytes)
      sent.push(textOf(bytes))
    }
    for (let i = 0; i < 230; i++) await write(i)
    const got: string[] = []
    let at: Page | undefined
    const sizes: number[] = []
    for (let i = 230; !at || at.more; i++) {
      ;[at] = await Promise.all([page(at?.next), write(i)])
      sizes.push(at.entries.length)
      got.push(...at.entries)
    }
    got.push(...(await page(at.next)).entries)
    expect(sizes[0]).toBe(200)
    expect(Math.max(...sizes)).toBe(200)
    expect(new Set(got)).toEqual(new Set(sent))
  })

  it('[H41] a page ends at half a megabyte too', async () => {
    const phone = await journal.phone()
    for (let i = 0; i < 90; i++) {
      await send((await journal.write(phone, 'note', { text: 'x'.repeat(3_000) })).bytes)
    }
    const first = await page()
    expect(first.more).toBe(true)
    expect(JSON.stringify(first).length).toBeLessThan(700 * 1024)
    expect(first.entries.length + (await page(first.next)).entries.length).toBe(90)
  })

  it('[H40] a cursor of before a restart, or a made-up one, starts again from the beginning', async () => {
    const phone = await journal.phone()
    for (let i = 0; i < 3; i++) await send((await journal.write(phone, 'note')).bytes)
    const { next, entries } = await page()
    await scene.stopAndKeep()
    await scene.start(undefined, scene.server.folder)
    expect(new Set((await page(next)).entries)).toEqual(new Set(entries))
    for (const cursor of [
      '',
      'x',
      '../..',
      `${next.split('.')[0]}.9`,
      'a'.repeat(5_000),
      '\u0000',
    ]) {
      expect((await page(cursor)).entries).toHaveLength(3)
    }
    const [name] = (await page()).next.split('.')
    for (const number of ['-1', 'x', '1e3', '99999999999999999999']) {
      expect((await page(`${name}.${number}`)).entries).toHaveLength(3)
    }
  })

  it('[H42] gives what another process stored; what is no entry is left out', async () => {
    const phone = await journal.phone()
    const other = await journal.write(phone, 'note')
    await scene.server.store.putIfAbsent(`d/hemtjanst/log/${phone.device.kid}/1.jws`, other.bytes)
    const folder = join(scene.server.storeDirectory, 'd/hemtjanst/log', phone.device.kid)
    await writeFile(join(folder, '2.jws'), Buffer.from([0xff, 0xfe]))
    await writeFile(join(folder, 'notes.txt'), 'x')
    await mkdir(join(folder, '3.jws'))
    await writeFile(join(folder, '4.jws'), Buffer.alloc(9_000))
    expect((await page()).entries).toEqual([textOf(other.bytes)])
    expect((await journal.open(new TextEncoder().encode((await page()).entries[0]))).n).toBe(1)
  })

  it('[H35] takes an entry away when its days are over, counted from when it came', async () => {
    const phone = await journal.phone()
    // By its own clock it is from 1990, or from 2099: that decides nothing.
    const old = await journal.write(
      phone,
      'note',
      {},
      { keepDays: 2, time: new Date('1990-01-01') },
    )
    const ahead = await journal.write(phone, 'note', {}, { keepDays: 2, time: new Date('2099-01-01') }) // prettier-ignore
    const kept = await journal.write(phone, 'note', {}, { keepDays: 3 })
    for (const { bytes } of [old, ahead, kept]) await send(bytes)
    expect(await all()).toHaveLength(3)
    const came = new Date(Date.now() - 2 * 24 * hour - 1_000)
    const files = await scene.server.store.list('d/hemtjanst/log/')
    for (const path of files) await utimes(join(scene.server.storeDirectory, path), came, came)
    await scene.stopAndKeep()
    await scene.start(undefined, scene.server.folder)
    expect(await all()).toEqual([textOf(kept.bytes)])
    expect(await scene.server.store.list('d/hemtjanst/log/')).toHaveLength(1)
  })

  it('is there for departments of the root alone, sent compressed, never kept unasked', async () => {
    for (const department of ['skola', '__proto__', 'constructor', '..%2f..']) {
      const path = `/store/d/${department}/log`
      expect((await rawRequest({ port: scene.server.port, path })).status).toBe(404)
    }
    await send((await journal.joined(await journal.phone())).bytes)
    const headers = { 'Accept-Encoding': 'gzip' }
    const answer = await rawRequest({
      port: scene.server.port,
      path: '/store/d/hemtjanst/log',
      headers,
    })
    expect(answer.headers).toMatchObject({
      'content-encoding': 'gzip',
      'cache-control': 'no-cache',
      'content-type': 'application/json; charset=utf-8',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    })
    const { entries } = JSON.parse(gunzipSync(answer.body).toString()) as Page
    expect(entries).toHaveLength(1)
  })
})
