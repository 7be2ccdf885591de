import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commonDepartment } from '#domain/schema/document.ts'
import { leftOf, phonesOf } from '#journal/phones.ts'
import { alarmsOf } from '#journal/alarms.ts'
import { reportsOf } from '#journal/reports.ts'
import { verifyBeat } from '#release/beat.ts'
import { createEpochSecret } from '#release/epoch-secret.ts'
import { beatPath } from '#store/layout.ts'
import type { Outbox } from '#sync/outbox.ts'
import type { SyncOptions } from '#sync/sync.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import { createAgreementKey, createSigningKey, importSigningKey } from '#trust/keys.ts'
import { sealEntry } from '#journal/entry.ts'
import { startHttpServer } from '../support/http-server.ts'
import { createTestOrganisation, testDocuments, type TestOrganisation } from '../support/organisation.ts' // prettier-ignore
import { createStoreServer } from '../support/store-server.ts'
import { createSyncedPhone, realClock } from '../support/synced-phone.ts'

const department = 'hemtjanst'
let organisation: TestOrganisation
let server: Awaited<ReturnType<typeof startHttpServer>>
let now: Date
/** What phones waited for, in milliseconds. */
let pauses: number[]
const closing: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  organisation = await createTestOrganisation({ issued: new Date(Date.now() - 3 * 24 * 3600_000) })
  server = await startHttpServer({ organisation: organisation.organisation })
  closing.push(() => server.stop())
  await organisation.publish(server.store, commonDepartment)
  const { epoch, key } = organisation.epochs[commonDepartment]!
  const common = { epoch, epochKey: key, floor: { gen: 1, v: 1 } }
  await organisation.publish(server.store, department, testDocuments(department), { common })
  now = new Date()
  pauses = []
})
afterEach(() => Promise.all(closing.splice(0).map((close) => close())))

const clock = {
  now: () => now,
  after: (ms: number, run: () => void) => {
    pauses.push(ms)
    const timer = setTimeout(run, 0)
    return () => clearTimeout(timer)
  },
}
const hour = 3600_000
const later = (ms: number) => (now = new Date(now.getTime() + ms))

const addressOf = (input: Parameters<typeof fetch>[0]) =>
  input instanceof Request ? input.url : input.toString()

/** A phone without a browser; `line` stands between it and the host. */
async function createPhone(options: Partial<SyncOptions> & { base?: string } = {}) {
  const { base = server.url, ...rest } = options
  const signing = await createSigningKey({ extractable: true })
  const agreement = await createAgreementKey({ extractable: true })
  const sent: string[] = []
  const one = createSyncedPhone(organisation.invitation(department), base, {
    identity: { device: signing.kid, agreement, signing },
    clock,
    random: () => 0,
    ...rest,
    fetch: async (input, init) => {
      if (init?.method === 'POST') sent.push(addressOf(input).replace(/.*\/store\//, ''))
      return (rest.fetch ?? fetch)(input, init)
    },
  })
  return {
    ...one,
    signing,
    agreement,
    /** Where something was sent to. */
    sent,
    outbox: () => one.outboxes.get(department) as Outbox,
    async round(reason: 'open' | 'joined' = 'open') {
      const result = await one.result(reason)
      await one.sync.followed()
      return result
    },
    /** What was brought of other phones. */
    told: () => one.entries(department).map(({ entry }) => entry),
  }
}

async function createManager() {
  const one = await createPhone()
  one.roleOf.signer = organisation.publishers[department]
  return one
}

const change = (number = '+46701740606') =>
  organisation.publish(server.store, department, testDocuments(department, number))

describe('[S56] a phone that leaves', () => {
  const leave = async ({ sync }: Awaited<ReturnType<typeof createPhone>>) => {
    const tell = await sync.leaving(organisation.organisation, department)
    await tell()
  }

  it('is in the manager’s list no more, and is again when it comes back', async () => {
    const manager = await createManager()
    const one = await createPhone({ clock: realClock })
    await one.round('joined')
    const names = async () => {
      await manager.round()
      return phonesOf(manager.told()).map(({ device }) => device)
    }
    expect(await names()).toContain(one.signing.kid)
    const { n } = one.outbox()
    await leave(one)
    expect(await names()).not.toContain(one.signing.kid)
    expect(leftOf(manager.told())).toEqual([one.signing.kid])
    // Whoever leaves forgets what number came last; nothing is left to be sent after a return.
    expect(one.outbox()).toMatchObject({ n, pending: [] })
    one.outboxes.delete(department)
    await one.round('joined')
    expect(await names()).toContain(one.signing.kid)
    expect(leftOf(manager.told())).toEqual([])
  })

  it('steps over a number that is taken', async () => {
    const one = await createPhone({ clock: realClock })
    await one.round('joined')
    one.outboxes.delete(department)
    await leave(one)
    const manager = await createManager()
    await manager.round()
    expect(leftOf(manager.told())).toEqual([one.signing.kid])
  })

  it('leaves whether or not anybody can be told, and waits for at most five seconds', async () => {
    const one = await createPhone({ clock: realClock })
    // Nothing has come yet: there is nobody to tell, and no key to tell it with.
    await leave(one)
    expect(one.sent).toEqual([])
    await one.round('joined')
    const sent = one.sent.length
    await server.stop()
    await leave(one)
    expect(one.sent).toHaveLength(sent + 1)
    one.device.follow = () => new Promise(() => {})
    const begun = Date.now()
    await leave(one)
    expect(Date.now() - begun).toBeLessThan(5_500)
  })
})

describe('a phone tells', () => {
  it('[S50] [S51] once that it has joined, and once for each release that it holds it', async () => {
    const one = await createPhone()
    one.roleOf.label = 'Anna N, jobbtelefon'
    await one.round('joined')
    expect(one.sent).toEqual([`d/${department}/log`, `d/${department}/log`])
    await one.round()
    expect(one.sent).toHaveLength(2)
    await change()
    await one.round()
    expect(one.sent).toHaveLength(3)

    const manager = await createManager()
    await manager.round()
    const phones = phonesOf(manager.told())
    const phone = phones.find(({ device }) => device === one.signing.kid)
    expect(phone).toMatchObject({
      device: one.signing.kid,
      label: 'Anna N, jobbtelefon',
      agreement: one.agreement.jwk,
      epoch: 1,
      confirmed: { gen: 1, v: 2, head: one.current.get(department)!.headHash },
    })
    expect(phone?.invitation).toMatch(/^.{8}$/)
    expect(phones.map(({ device }) => device)).toContain(manager.signing.kid)
    // What all departments share has its members through them.
    expect(one.entries(commonDepartment)).toEqual([])
  })

  it('[S50] [S51] [J41] again before what it told expires: after 14 days what it holds, after 200 who it is', async () => {
    let now = new Date('2026-04-01T08:00:00Z')
    const one = await createPhone({ clock: { ...clock, now: () => now } })
    await one.round('joined')
    const manager = await createManager()
    const kinds = async () => {
      await one.round()
      await manager.round()
      const told = manager.told().filter(({ device }) => device === one.signing.kid)
      return told.sort((a, b) => a.n - b.n).map(({ kind }) => kind)
    }
    now = new Date('2026-04-14T08:00:00Z')
    expect(await kinds()).toEqual(['joined', 'confirmed'])
    now = new Date('2026-04-16T08:00:00Z')
    expect(await kinds()).toEqual(['joined', 'confirmed', 'confirmed'])
    now = new Date('2026-10-19T08:00:00Z')
    expect((await kinds()).slice(3)).toEqual(['joined', 'confirmed'])
  })

  it('[J41] what the department wants kept for fewer days is, and is told again in time', async () => {
    const [own, ...rest] = testDocuments(department)
    const short = { ...own, body: { ...own?.body, keepEntries: 60 } } as typeof own
    await organisation.publish(server.store, department, [short!, ...rest])
    let now = new Date('2026-04-01T08:00:00Z')
    const one = await createPhone({ clock: { ...clock, now: () => now } })
    await one.round('joined')
    now = new Date('2026-05-03T08:00:00Z')
    await one.round()
    const manager = await createManager()
    await manager.round()
    const told = manager.told().filter(({ device }) => device === one.signing.kid)
    const inOrder = told.toSorted((a, b) => a.n - b.n)
    expect(inOrder.map(({ kind, keepDays }) => [kind, keepDays])).toEqual([
      ['joined', 60],
      ['confirmed', 60],
      ['joined', 60],
      ['confirmed', 60],
    ])
  })

  it('[S50] again when it is given another name', async () => {
    const one = await createPhone()
    await one.round()
    one.roleOf.label = 'Vikariens telefon'
    await one.round()
    const manager = await createManager()
    await manager.round()
    expect(phonesOf(manager.told()).find(({ device }) => device === one.signing.kid)?.label).toBe(
      'Vikariens telefon',
    )
  })

  describe('[S57] what a person has written', () => {
    const saying = (id: string, text = 'Numret stämmer inte') => ({
      id,
      kind: 'report' as const,
      body: { id, document: `${department}/routine/tes-korlista`, text },
      time: now.toISOString(),
    })
    const reportsTo = (manager: Awaited<ReturnType<typeof createManager>>) => {
      const handlers = [manager.signing.kid]
      const told = reportsOf(manager.told(), { handlers })
      return told
        .toSorted((a, b) => (a.text < b.text ? -1 : 1))
        .map(({ text, isHandled }) => [text, isHandled])
    }

    it('reaches who publishes, who says that it is seen to; others hear nothing of it', async () => {
      const one = await createPhone()
      one.sayings.set(department, [saying('a'), saying('b', 'Larmet saknas')])
      await one.round('joined')
      expect(one.sayings.get(department)).toEqual([])
      const manager = await createManager()
      await manager.round()
      expect(reportsTo(manager)).toEqual([
        ['Larmet saknas', false],
        ['Numret stämmer inte', false],
      ])
      const [first] = reportsOf(manager.told(), { handlers: [] }).filter(
        ({ text }) => text === 'Larmet saknas',
      )
      const body = { report: first!.hash }
      manager.sayings.set(department, [{ id: 'h', kind: 'handled', body, time: now.toISOString() }])
      await manager.round()
      expect(reportsTo(manager)).toEqual([
        ['Larmet saknas', true],
        ['Numret stämmer inte', false],
      ])
      const reader = await createPhone()
      await reader.round()
      expect(reader.told()).toEqual([])
    })

    it('waits for the line, and outlasts what the phone says by itself', async () => {
      let isDown = true
      const one = await createPhone({
        fetch: async (input, init) => {
          if (isDown && init?.method === 'POST') throw new TypeError('no line')
          return fetch(input, init)
        },
      })
      one.sayings.set(
        department,
        Array.from({ length: 12 }, (_, i) => saying(`s-${i}`, `Fel ${i}`)),
      )
      await one.round('joined')
      // Ten in the outbox, the rest where it was written.
      expect(one.sayings.get(department)).toHaveLength(2)
      for (let day = 0; day < 8; day++) {
        later(24 * hour)
        for (let i = 0; i < 10; i++)
          one.notes.push({ code: 'rollback', at: now.toISOString(), department, detail: `${i}` })
        await one.round()
      }
      isDown = false
      later(24 * hour)
      await one.round()
      later(hour)
      await one.round()
      const manager = await createManager()
      await manager.round()
      expect(reportsTo(manager)).toHaveLength(12)
    })

    it('closed between its two places, it is told once', async () => {
      const one = await createPhone()
      const follow = one.device.follow.bind(one.device)
      const both = [saying('a')]
      one.sayings.set(department, both)
      // The app is closed when the outbox was written, and before the note was taken away.
      one.device.follow = async (id) => {
        const side = await follow(id)
        return side && { ...side, forgetSayings: () => Promise.reject(new Error('closed')) }
      }
      await one.round('joined')
      await one.round()
      expect(one.outbox().pending.filter(({ kind }) => kind === 'report')).toHaveLength(1)
      one.device.follow = follow
      await one.round()
      one.sayings.set(department, both)
      await one.round()
      const manager = await createManager()
      await manager.round()
      expect(reportsTo(manager)).toEqual([['Numret stämmer inte', false]])
    })
  })

  it('[S52] the same entry, the same bytes, until there is an answer', async () => {
    const bodies: string[] = []
    let isLost = true
    const one = await createPhone({
      fetch: async (input, init) => {
        const answer = await fetch(input, init)
        if (init?.method !== 'POST') return answer
        bodies.push(await new Response(init.body).text())
        // It has arrived; that it has, the phone does not hear.
        if (isLost) throw new TypeError('cut')
        return answer
      },
    })
    await one.round()
    isLost = false
    later(hour)
    await one.round()
    expect(bodies[1]).toBe(bodies[0])
    expect(one.outbox().pending).toEqual([])
    const manager = await createManager()
    await manager.round()
    expect(manager.told().filter(({ device }) => device === one.signing.kid)).toHaveLength(2)
  })

  it('[S52] anew, under another number, in another epoch', async () => {
    let isDead = false
    const one = await createPhone({
      fetch: async (input, init) => {
        if (init?.method === 'POST' && isDead) throw new TypeError('dead')
        return fetch(input, init)
      },
    })
    await one.round()
    isDead = true
    await one.device.note('', { code: 'rollback', at: now.toISOString(), department })
    await one.round()
    expect(one.outbox().pending[0]?.sealed).toMatchObject({ n: 3, epoch: 1 })
    organisation.epochs[department] = await createEpochSecret(2)
    await organisation.publish(
      server.store,
      department,
      testDocuments(department, '+46701740606'),
      {
        recipients: { [one.signing.kid]: one.agreement.jwk },
      },
    )
    isDead = false
    later(hour)
    await one.round()
    const manager = await createManager()
    await manager.round()
    const mine = manager.told().filter(({ device }) => device === one.signing.kid)
    expect(mine.map(({ kind, n, epoch }) => [kind, n, epoch])).toEqual([
      ['alarm', 4, 2],
      ['joined', 5, 2],
      ['confirmed', 6, 2],
    ])
  })

  it('[S52] steps over a number that a life before has used', async () => {
    const one = await createPhone()
    await one.round()
    const { n, ...outbox } = one.outbox()
    expect(n).toBe(2)
    one.outboxes.set(department, { ...outbox, n: 0 })
    await change()
    await one.round()
    expect(one.outbox()).toMatchObject({ n: 4, pending: [] })
  })

  it('[S53] what false things it was offered, once a day each', async () => {
    const one = await createPhone()
    await one.round()
    const device = one.device
    const note = { code: 'bad-head' as const, at: now.toISOString(), store: server.url, department }
    await device.note('', { ...note, detail: 'd/hemtjanst/head/0001-0000000009.jws jws-signer' })
    await device.note('', { ...note, code: 'not-the-store' })
    await one.round()
    await one.round()
    later(24 * hour)
    await device.note('', { ...note, at: now.toISOString() })
    await one.round()
    const manager = await createManager()
    await manager.round()
    const alarms = alarmsOf(manager.told())
    expect(alarms.map(({ code, device: from, store }) => [code, from, store])).toEqual([
      ['bad-head', one.signing.kid, server.url],
      ['bad-head', one.signing.kid, server.url],
    ])
  })

  it('[S54] at a moment of its own, and less and less often a host that fails', async () => {
    let posts = 0
    const one = await createPhone({
      random: () => 0.5,
      fetch: async (input, init) => {
        if (init?.method !== 'POST') return fetch(input, init)
        posts += 1
        return new Response('{"code":"too-many","message":""}', {
          status: 429,
          headers: { 'content-type': 'application/json', 'retry-after': '600' },
        })
      },
    })
    expect(await one.round()).toBe('updated')
    expect(pauses).toContain(5_000)
    await one.round()
    later(500_000)
    await one.round()
    expect(posts).toBe(1)
    later(200_000)
    expect(await one.round()).toBe('current')
    expect(posts).toBe(2)
    // A clock that was set back keeps nobody quiet for ever.
    later(-400 * 24 * hour)
    await one.round()
    expect(posts).toBe(3)
  })

  it('[S54] nothing to a host that takes nothing, for a day, and is no worse for it', async () => {
    const host = await createStoreServer(server.store)
    closing.push(() => host.close())
    host.interfere((_path, request, response) => {
      if (request.method !== 'POST') return false
      response.writeHead(405, { 'content-type': 'text/html' }).end('<h1>no</h1>')
      return true
    })
    const one = await createPhone({ base: host.base })
    expect(await one.round()).toBe('updated')
    expect(await one.round()).toBe('current')
    expect(one.sent).toHaveLength(1)
    expect(one.noteCodes()).toEqual([])
    later(25 * hour)
    await one.round()
    expect(one.sent).toHaveLength(2)
  })

  it('[S44] nothing to a store that the root does not name as written to', async () => {
    organisation = await createTestOrganisation()
    const { root, rootKeys } = organisation
    const other = await createStoreServer(server.store)
    closing.push(() => other.close())
    // The phone's own address is a mirror here.
    const { nextRoot, signRoot } = await import('#trust/root.ts')
    const stores = [{ url: 'store/', write: false }]
    const { bytes } = await signRoot(nextRoot(root, { issued: now.toISOString(), stores }), [
      rootKeys[0]!,
    ])
    const { createMemoryStore } = await import('#store/memory.ts')
    const store = createMemoryStore()
    await organisation.publish(store, department)
    await store.putIfAbsent('root/2.jws', bytes)
    const host = await createStoreServer(store)
    closing.push(() => host.close())
    const one = await createPhone({ base: host.base })
    await one.round()
    await one.round()
    expect(one.sent).toEqual([])
  })
})

describe("a publisher's phone", () => {
  it('[S55] brings what members tell; who only reads does not', async () => {
    const one = await createPhone()
    await one.round()
    await one.round()
    expect(one.told()).toEqual([])
    const manager = await createManager()
    await manager.round()
    expect(manager.told()).toHaveLength(4)
    await manager.round()
    expect(manager.told()).toHaveLength(4)
    expect(manager.noteCodes()).toEqual([])
  })

  it('[S55] believes nobody who was a member once, whatever the host does', async () => {
    const manager = await createManager()
    const { epoch, key, member } = organisation.epochs[department]!
    const forger = await createSigningKey({ extractable: true })
    const agreement = await createAgreementKey({ extractable: true })
    const former = await sealEntry({
      organisation: organisation.organisation,
      department,
      epoch,
      epochKey: await importEpochKey(key, { extractable: true }),
      member: await importSigningKey(member, { extractable: true }),
      device: forger,
      n: 1,
      kind: 'joined',
      time: now,
      body: { label: 'Någon som har slutat', agreement: agreement.jwk },
    })
    organisation.epochs[department] = await createEpochSecret(2)
    await organisation.publish(
      server.store,
      department,
      testDocuments(department, '+46701740606'),
      {
        recipients: { [manager.signing.kid]: manager.agreement.jwk },
      },
    )
    const text = new TextDecoder().decode(former.bytes)
    const spoilt = text.replace(/.{8}(?="}\]}$)/, 'AAAAAAAA')
    await server.store.putIfAbsent(`d/${department}/log/${forger.kid}/1.jws`, former.bytes)
    const host = await createPhone({
      fetch: async (input, init) => {
        const answer = await fetch(input, init)
        if (!/\/log(\?|$)/.test(addressOf(input)) || init?.method === 'POST') return answer
        return Response.json({ entries: [text, spoilt, 'x'], next: 'a', more: false })
      },
    })
    host.roleOf.signer = organisation.publishers[department]
    await manager.round()
    expect(manager.told().map(({ device }) => device)).not.toContain(forger.kid)
    await host.round()
    expect(host.told()).toEqual([])
    expect(host.noteCodes()).toEqual(['bad-entry'])
  })

  it('[S48] says that its release is the newest, once in 20 hours, whoever does', async () => {
    const manager = await createManager()
    const reader = await createPhone()
    await reader.round()
    expect(await server.store.get(beatPath(department), { maxBytes: 8192 })).toBeUndefined()
    await manager.round()
    const bytes = await server.store.get(beatPath(department), { maxBytes: 8192 })
    const said = await verifyBeat(bytes!, { root: organisation.root, department })
    expect(said).toMatchObject({ head: manager.current.get(department)!.headHash })
    const count = () => manager.sent.filter((path) => path.endsWith('/beat')).length
    expect(count()).toBe(1)
    later(19 * hour)
    await manager.round()
    const second = await createManager()
    await second.round()
    expect(count() + second.sent.filter((path) => path.endsWith('/beat')).length).toBe(1)
    await reader.round()
    expect(reader.standings.get(department)?.beats.map(({ time }) => time)).toEqual([said.time])
  })

  it('[S48] says nothing where no store has shown that it holds the newest', async () => {
    const manager = await createPhone({
      fetch: async (input, init) => {
        if (init?.method !== 'POST' && isDead) throw new TypeError('dead')
        return fetch(input, init)
      },
    })
    manager.roleOf.signer = organisation.publishers[department]
    let isDead = false
    later(-10 * 24 * hour)
    // Published "in the future": nothing is due yet.
    now = new Date(Date.parse(organisation.last[department]!.issued))
    await manager.round()
    isDead = true
    later(48 * hour)
    await manager.round()
    expect(manager.sent.filter((path) => path.endsWith('/beat'))).toEqual([])
  })
})
