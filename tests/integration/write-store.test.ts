import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sealEntry } from '#journal/entry.ts'
import { signBeat } from '#release/beat.ts'
import { createHttpWriteStore } from '#sync/http-write-store.ts'
import { approve } from '#sync/manage/approve.ts'
import { newestHead } from '#sync/manage/newest-head.ts'
import type { Office } from '#sync/manage/office.ts'
import { revoke } from '#sync/manage/revoke.ts'
import { rotate } from '#sync/manage/rotate.ts'
import { wipe } from '#sync/manage/wipe.ts'
import { createSync } from '#sync/sync.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import { createInvitationId } from '#trust/invitation.ts'
import { importSigningKey } from '#trust/keys.ts'
import { nextRoot, signRoot } from '#trust/root.ts'
import { startHttpServer } from '../support/http-server.ts'
import { createMemoryDevice } from '../support/memory-device.ts'
import { createTestOffice, createTestPerson, type TestOffice } from '../support/office.ts'
import { realClock, resultOf } from '../support/synced-phone.ts'

let test: TestOffice
let server: Awaited<ReturnType<typeof startHttpServer>>
let office: Office
const closing: (() => Promise<unknown>)[] = []

const storeAt = (url: string, timeoutMs = 20_000) =>
  createHttpWriteStore({ base: new URL('store/', url), fetch, timeoutMs })

beforeEach(async () => {
  test = await createTestOffice()
  server = await startHttpServer({ organisation: test.organisation })
  closing.push(() => server.stop())
  for (const path of await test.store.list('')) {
    const bytes = (await test.store.get(path, { maxBytes: 4e6 }))!
    if (path.endsWith('latest')) await server.store.replace(path, bytes)
    else await server.store.putIfAbsent(path, bytes)
  }
  office = test.office({ store: storeAt(server.url) })
})
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

/** A phone that has joined hemtjanst, without a browser. */
async function createPhone() {
  const person = await createTestPerson()
  const memory = createMemoryDevice(
    [
      {
        organisation: test.organisation,
        department: 'hemtjanst',
        root: { v: 1, hash: test.organisation },
        floor: { gen: 1, v: 1, epoch: 1 },
        id: createInvitationId(),
        epochKey: test.epochs['hemtjanst']!.key,
        flags: 0,
      },
    ],
    server.url,
    { device: person.signing.kid, agreement: person.agreement },
  )
  const sync = createSync({
    device: memory.device,
    fetch,
    clock: realClock,
    random: Math.random,
    timeoutMs: 20_000,
    log: () => undefined,
  })
  return {
    ...person,
    memory,
    /** What hemtjanst came to, and where it stands. */
    async sync() {
      const result = resultOf(await sync.syncNow('open'), 'hemtjanst')
      const held = memory.current.get('hemtjanst')
      return { result, at: held && [held.gen, held.v, held.epoch] }
    },
  }
}

describe('managing over HTTP reaches phones', () => {
  it('[M20] [M25] revoke, rotate and wipe: known phones follow, others keep what they have', async () => {
    const [known, unknown, lost] = await Promise.all([1, 2, 3].map(createPhone))
    for (const phone of [known!, unknown!, lost!]) {
      expect(await phone.sync()).toEqual({ result: 'updated', at: [1, 1, 1] })
    }
    const manager = await createTestPerson()
    await approve(
      office,
      {
        organisation: test.organisation,
        signing: manager.signing.jwk,
        agreement: manager.agreement.jwk,
        role: 'Enhetschef natt',
        departments: ['hemtjanst'],
      },
      { departments: ['hemtjanst'] },
    )
    expect((await known!.sync()).at).toEqual([1, 2, 1])

    await revoke(office, { kid: manager.signing.kid })
    expect((await known!.sync()).at).toEqual([2, 1, 1])
    expect((await unknown!.sync()).at).toEqual([2, 1, 1])

    const phones = Object.fromEntries(
      [known!, lost!].map(({ signing, agreement }) => [signing.kid, agreement.jwk]),
    )
    await rotate(office, {
      department: 'hemtjanst',
      leaveOut: [lost!.signing.kid],
      phones,
      signer: test.rootKeys[0]!,
    })
    expect(await known!.sync()).toEqual({ result: 'updated', at: [2, 2, 2] })
    expect(await unknown!.sync()).toEqual({ result: 'needs-new-code', at: [2, 1, 1] })

    await wipe(office, { devices: [lost!.signing.kid] })
    expect((await lost!.sync()).result).toBe('ended')
    expect(lost!.memory.hasEnded()).toBe(true)
    expect((await known!.sync()).at).toEqual([2, 2, 2])
  })

  it('[M26] a rotation of gemensamt reaches phones by their department', async () => {
    const phone = await createPhone()
    await phone.sync()
    expect(phone.memory.current.get('gemensamt')?.epoch).toBe(1)
    await rotate(office, {
      department: 'gemensamt',
      leaveOut: [],
      phones: {},
      signer: test.rootKeys[0]!,
    })
    await phone.sync()
    expect(phone.memory.current.get('gemensamt')?.epoch).toBe(2)
  })
})

describe('a store over HTTP', () => {
  async function nextOf(minutes: number) {
    const at = new Date(Date.now() + minutes * 60_000).toISOString()
    return signRoot(nextRoot(test.root, { issued: at }), [test.rootKeys[0]!])
  }

  it('[S61] what arrived though its answer was lost is stored; another is taken', async () => {
    const one = await nextOf(0)
    expect(await office.store.sendRoot(one.bytes)).toBe('stored')
    expect(await office.store.sendRoot(one.bytes)).toBe('stored')
    expect(await office.store.sendRoot((await nextOf(1)).bytes)).toBe('taken')
  })

  it('sends beats and entries, and reads the journal page by page', async () => {
    const head = (await newestHead(office.store, test.root, 'hemtjanst'))!
    const { signing } = test.publishers['hemtjanst']!
    const beat = await signBeat(head, test.root, new Date(), signing)
    expect(await office.store.sendBeat('hemtjanst', beat)).toBe('stored')
    expect(await office.store.sendBeat('hemtjanst', beat)).toBe('older')

    const epoch = test.epochs['hemtjanst']!
    const device = (await createTestPerson()).signing
    const entry = async (n: number, label: string) =>
      sealEntry({
        organisation: test.organisation,
        department: 'hemtjanst',
        epoch: 1,
        epochKey: await importEpochKey(epoch.key, { extractable: false }),
        member: await importSigningKey(epoch.member, { extractable: false }),
        device,
        n,
        kind: 'joined',
        time: new Date(),
        body: { label, agreement: device.jwk },
      })
    const first = await entry(1, 'Annas telefon')
    expect(await office.store.sendEntry('hemtjanst', first.bytes)).toBe('stored')
    expect(await office.store.sendEntry('hemtjanst', first.bytes)).toBe('stored')
    expect(await office.store.sendEntry('hemtjanst', (await entry(1, 'Annan')).bytes)).toBe('taken')
    const page = (await office.store.entriesAfter('hemtjanst'))!
    expect(page.entries).toEqual([first.bytes])
    expect(page.more).toBe(false)
    expect((await office.store.entriesAfter('hemtjanst', page.next))!.entries).toEqual([])
    // [S62] What the server says is told on.
    await expect(
      office.store.sendEntry('hemtjanst', new TextEncoder().encode('{}')),
    ).rejects.toMatchObject({ code: 'refused', status: 422 })
  })

  it('a name that would climb out of the layout is not asked for', async () => {
    await expect(office.store.sendBeat('../x', new Uint8Array(1))).rejects.toMatchObject({
      code: 'bad-path',
    })
  })
})

describe('a host that is no store', () => {
  async function host(answer: RequestListener, timeoutMs?: number) {
    const http = createServer(answer).listen(0, '127.0.0.1')
    await once(http, 'listening')
    closing.push(async () => {
      http.closeAllConnections()
      http.close()
    })
    return storeAt(`http://127.0.0.1:${(http.address() as AddressInfo).port}/`, timeoutMs)
  }
  const bytes = new TextEncoder().encode('{}')

  it.each([
    [405, {}, '', { code: 'read-only' }],
    [404, {}, '<h1>Not found</h1>', { code: 'read-only' }],
    [404, { 'content-type': 'application/json' }, '{"code":"department-unknown"}', { code: 'refused', serverCode: 'department-unknown' }],
    [422, { 'content-type': 'application/json' }, '{"code":"jws-signature"}', { code: 'refused', serverCode: 'jws-signature' }],
    [429, { 'retry-after': '30' }, '', { code: 'too-many', retryAfterMs: 30_000 }],
    [413, {}, '', { code: 'too-large' }],
    [507, {}, '', { code: 'full' }],
    [503, { 'retry-after': '5' }, '', { code: 'unreachable', retryAfterMs: 5_000 }],
    [511, {}, '', { code: 'not-the-store' }],
    [200, { 'content-type': 'text/html' }, '<h1>Logga in</h1>', { code: 'not-the-store' }],
  ])('[S62]–[S64] status %i %o', async (status, headers, body, expected) => {
    const store = await host((_, response) => void response.writeHead(status, headers).end(body))
    await expect(store.sendBeat('hemtjanst', bytes)).rejects.toMatchObject(expected)
  }) // prettier-ignore

  it('[S60] a redirect is never followed', async () => {
    let followed = 0
    const store = await host((request, response) => {
      if (request.url === '/elsewhere') followed++
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    await expect(store.sendBeat('hemtjanst', bytes)).rejects.toMatchObject({ code: 'unreachable' })
    expect(followed).toBe(0)
  })

  it('[S60] [S64] an endless answer ends, a silent one too', async () => {
    const endless = await host((_, response) => {
      response.writeHead(201, { 'content-type': 'application/json' })
      const timer = setInterval(() => response.write('x'.repeat(64 * 1024)), 1)
      response.on('close', () => clearInterval(timer))
    })
    await expect(endless.sendBeat('hemtjanst', bytes)).rejects.toMatchObject({
      code: 'not-the-store',
    })
    const silent = await host(() => undefined, 200)
    await expect(silent.sendBeat('hemtjanst', bytes)).rejects.toMatchObject({ code: 'timeout' })
  })

  it('[S65] without a journal: undefined; a page of something else: not the store', async () => {
    const without = await host((_, response) => void response.writeHead(404).end())
    expect(await without.entriesAfter('hemtjanst')).toBeUndefined()
    const other = await host((_, response) => void response.writeHead(200).end('[]'))
    await expect(other.entriesAfter('hemtjanst')).rejects.toMatchObject({ code: 'not-the-store' })
  })
})
