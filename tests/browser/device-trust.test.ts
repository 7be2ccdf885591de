import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import type { Phone as KnownPhone } from '#journal/phones.ts'
import { payloadOf, signHead, verifyHead } from '#release/head.ts'
import { latestPath, headPath, LIMITS } from '#store/layout.ts'
import { createMemoryStore } from '#store/memory.ts'
import { approve } from '#sync/manage/approve.ts'
import { confirm } from '#sync/manage/confirm.ts'
import { revoke } from '#sync/manage/revoke.ts'
import { rotate } from '#sync/manage/rotate.ts'
import { wipe } from '#sync/manage/wipe.ts'
import { createInvitationId, encodeInvitation, type Invitation } from '#trust/invitation.ts'
import type { PublicJwk } from '#trust/keys.ts'
import { createRestorePayload, encodeRestorePayload } from '#trust/restore-payload.ts'
import { nextRoot, signRoot } from '#trust/root.ts'
import { bundlePage } from '../support/bundle-page.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { createTestOffice, type TestOffice } from '../support/office.ts'
import { createStoreServer, type Interference } from '../support/store-server.ts'

/*
 * What the root, beats and members' entries do to a phone, in a real browser against a host that takes what
 * a server of ours takes. Rules [D…] are those of device/SPEC.md.
 */
const department = 'hemtjanst'
let script: string
let phone: Phone
let page: Page
let test: TestOffice
let store: ReturnType<typeof createMemoryStore>
let server: Awaited<ReturnType<typeof createStoreServer>>

beforeAll(async () => {
  script = await bundlePage(new URL('device-page.ts', import.meta.url).pathname)
  phone = await createPhone()
  page = (await phone.open()).page
})
beforeEach(async () => {
  store = createMemoryStore()
  test = await createTestOffice(store)
  const index = '<!doctype html><script type="module" src="page.js"></script>'
  server = await createStoreServer(store, { '': index, 'page.js': script })
  server.interfere(takes(test))
  await reopen()
})
afterEach(() => server.close())
afterAll(() => phone.remove())

/** Takes entries and beats, and gives entries, by the rules of the server. */
function takes(office: TestOffice): Interference {
  const write = office.writeStore(store)
  return async (path, request, response) => {
    const [, name = '', what] = /^d\/([^/]+)\/(log|beat)$/.exec(path) ?? []
    if (what === undefined) return false
    if (request.method === 'GET') {
      const after = new URL(request.url!, 'http://host').searchParams.get('after') ?? undefined
      const found = await write.entriesAfter(name, after)
      const entries = found!.entries.map((bytes) => new TextDecoder().decode(bytes))
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ ...found, entries }))
      return true
    }
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk as Uint8Array)
    const bytes = new Uint8Array(Buffer.concat(chunks))
    try {
      if (what === 'log') await write.sendEntry(name, bytes)
      else await write.sendBeat(name, bytes)
      response.writeHead(201).end()
    } catch (error) {
      const { code, serverCode } = error as { code: string; serverCode?: string }
      response.writeHead(422, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ code: serverCode ?? code, message: '' }))
    }
    return true
  }
}

async function reopen() {
  await page.goto(server.base)
  await page.evaluate(() => {
    window.planb.haste = 1000
    return window.planb.open()
  })
}

const office = () => test.office({ store: test.writeStore(store) })

function invitation(change: Partial<Invitation> = {}): string {
  return encodeInvitation({
    organisation: test.organisation,
    department,
    root: { v: 1, hash: test.organisation },
    floor: { gen: 1, v: 1, epoch: 1 },
    id: createInvitationId(),
    epochKey: test.epochs[department]!.key,
    flags: 0,
    ...change,
  })
}

/** A full round and all that follows it: what it came to. */
async function sync(reason: 'open' | 'joined' = 'open'): Promise<string | undefined> {
  const outcome = await page.evaluate(async (why) => {
    const result = await window.planb.sync.syncNow(why)
    await window.planb.sync.followed()
    return result
  }, reason)
  if (outcome.kind !== 'synced') return outcome.kind
  return outcome.departments.find((one) => one.department === department)?.result
}

async function join(text = invitation()) {
  await page.evaluate((payload) => window.planb.join(payload), text)
  return sync('joined')
}

const state = () => page.evaluate(() => window.planb.state())
const departmentState = async (id = department) =>
  (await state()).departments.find((one) => one.department === id)
const rows = (table: string) =>
  page.evaluate(([id, name]) => window.planb.rows(id!, name!), [test.organisation, table])

interface Identity {
  device: string
  signing: PublicJwk
  agreement: PublicJwk
}
async function identity(): Promise<Identity> {
  const row = (await rows('records')).find(({ name }) => name === 'device')
  return row?.value as Identity
}

/** What this phone could hand on, of hemtjanst, and by which key. */
const authority = () =>
  page.evaluate(
    async ([id, name]) => {
      const one = await window.planb.device.authority(id!)
      const secret = await one.epochSecret(name!)
      return {
        root: one.root.v,
        device: one.device.device,
        rootKey: one.rootKey?.kid,
        signer: one.signerFor(name!)?.kid,
        common: one.signerFor('gemensamt')?.kid,
        isExtractable: [one.deviceKey, one.rootKey].map((key) => key?.key.extractable),
        epoch: secret && { epoch: secret.epoch, key: Array.from(secret.key) },
        commonEpoch: (await one.epochSecret('gemensamt'))?.epoch,
        recovery: one.recovery?.kid,
        printed: one.recoverySecret?.type,
        v: one.release(name!)?.v,
      }
    },
    [test.organisation, department],
  )

async function approved(change: { approve?: boolean } = {}) {
  const { signing, agreement, device } = await identity()
  const role = 'Enhetschef natt'
  const request = { organisation: test.organisation, signing, agreement, role, departments: [department] } // prettier-ignore
  await approve(office(), request, { departments: [department], ...change })
  return device
}

describe('a phone that becomes a publisher', () => {
  it('[D1] [S47] sees it by itself, and can hand on the key it reads with', async () => {
    await join()
    expect((await state()).roles).toEqual([])
    expect((await authority()).epoch).toBeUndefined()
    const device = await approved()
    expect(await sync()).toBe('updated')
    expect((await state()).roles).toEqual([
      {
        organisation: test.organisation,
        role: 'publisher',
        kid: device,
        departments: [department],
        approve: [],
        start: [department],
      },
    ])
    const epoch = { epoch: 1, key: Array.from(test.epochs[department]!.key) }
    const able = { signer: device, common: undefined, epoch, isExtractable: [false, undefined] }
    expect(await authority()).toMatchObject({ ...able, commonEpoch: 1 })
    // After a restart too.
    await reopen()
    expect(await authority()).toMatchObject(able)
    expect(await departmentState()).toMatchObject({ status: 'stored' })
  })

  it('[S47] where the wrap never comes goes on reading, and asks for the keys once', async () => {
    await join()
    const { device, signing } = await identity()
    const root = office().root
    const departments = structuredClone(root.departments)
    departments[department]!.publish.push(device)
    const issued = new Date().toISOString()
    const change = { issued, departments, keys: { ...root.keys, [device]: signing } }
    const { bytes } = await signRoot(nextRoot(root, change), [test.rootKeys[0]!])
    await store.putIfAbsent('root/2.jws', bytes)
    server.forget()
    expect(await sync()).toBe('current')
    expect(await sync()).toBe('current')
    const keys = await heldHead()
    expect(server.paths().filter((path) => path === `b/${keys.keys[0]}`)).toHaveLength(1)
    expect(await departmentState()).toMatchObject({ status: 'stored' })
    expect((await state()).roles).toHaveLength(1)
    expect((await authority()).epoch).toBeUndefined()
  })

  it('[D1] [D5] loses it when the coordinator ends it, silently, and reads on', async () => {
    await join()
    const device = await approved()
    await sync()
    const before = await departmentState()
    await revoke(office(), { kid: device })
    expect(await sync()).toBe('updated')
    expect((await state()).roles).toEqual([])
    const after = await departmentState()
    expect(after).toMatchObject({ status: 'stored', number: before?.number })
    expect(after?.note).toBeUndefined()
    expect(await authority()).toMatchObject({ signer: undefined, epoch: undefined })
    const held = (await rows('keys')).filter(({ name }) => String(name).startsWith('epoch/'))
    expect(held).not.toEqual([])
    expect(held.every(({ key }) => !('bytes' in (key as object)))).toBe(true)
    await reopen()
    expect(await departmentState()).toMatchObject({ status: 'stored' })
  })

  it('[S47] where the browser stores no keys: wrapped, and as able after a restart', async () => {
    await page.evaluate(() => {
      // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
      const put = IDBObjectStore.prototype.put
      IDBObjectStore.prototype.put = function (value: { key?: object }, ...rest) {
        if (Object.values(value?.key ?? {}).some((part) => part instanceof CryptoKey))
          throw new DOMException('could not be cloned', 'DataCloneError')
        return put.call(this, value, ...rest)
      }
    })
    await join()
    const device = await approved()
    await sync()
    await reopen()
    const key = Array.from(test.epochs[department]!.key)
    expect(await authority()).toMatchObject({ signer: device, epoch: { epoch: 1, key } })
    const names = (await rows('keys')).filter((row) => row.wrapped !== undefined)
    expect(names.length).toBeGreaterThanOrEqual(4)
  })
})

async function heldHead() {
  const row = (await rows('snapshots')).find((one) => one.department === department)!
  const bytes = Uint8Array.from(Object.values(row.head as Record<string, number>))
  return verifyHead(bytes, { root: test.root, department })
}

describe("a coordinator's phone", () => {
  it('[D4] holds a root key that stays there, and a recovery key that it can print', async () => {
    const keys = { signing: test.rootKeys[0]!, recovery: test.recovery }
    const payload = await createRestorePayload('coordinator', test.organisation, keys)
    await page.evaluate((text) => window.planb.restore(text), encodeRestorePayload(payload))
    await sync('joined')
    const kid = test.rootKeys[0]!.kid
    expect(await authority()).toMatchObject({
      rootKey: kid,
      signer: kid,
      isExtractable: [false, false],
      recovery: test.recovery.kid,
      printed: 'recovery-key',
      epoch: { epoch: 1, key: Array.from(test.epochs[department]!.key) },
    })
    await reopen()
    expect(await authority()).toMatchObject({ printed: 'recovery-key', commonEpoch: 1 })
    expect((await state()).departments.map(({ status }) => status)).toEqual(Array(3).fill('stored'))
  })

  it('[D4] who joined as staff first can hand keys on as well', async () => {
    await join()
    const keys = { signing: test.rootKeys[0]!, recovery: test.recovery }
    const payload = await createRestorePayload('coordinator', test.organisation, keys)
    await page.evaluate((text) => window.planb.restore(text), encodeRestorePayload(payload))
    await sync('joined')
    await sync()
    expect((await authority()).epoch?.epoch).toBe(1)
  })
})

describe('when a release was last confirmed', () => {
  const publisher = () => test.publishers[department]!.signing

  it('[D2] is said by a beat, kept over a restart, and not lowered by what comes later', async () => {
    await join()
    const first = (await departmentState())?.confirmedAt
    expect(first).toBe((await heldHead()).issued)
    await confirm(office(), department, publisher())
    await sync()
    const confirmed = (await departmentState())?.confirmedAt
    expect(Date.now() - Date.parse(confirmed!)).toBeLessThan(120_000)
    await store.remove(`d/${department}/beat.jws`)
    await sync()
    await reopen()
    expect((await departmentState())?.confirmedAt).toBe(confirmed)
    // By somebody whose right has ended it was never said.
    await revoke(office(), { kid: publisher().kid })
    await sync()
    const resigned = (await departmentState())?.confirmedAt
    expect(Date.parse(resigned!)).toBeGreaterThanOrEqual(Date.parse(confirmed!) - 60_000)
    expect(await rows('records')).not.toContainEqual(
      expect.objectContaining({ value: { beats: [expect.anything(), expect.anything()] } }),
    )
  })

  it('[D3] a later root that is named and cannot be had turns amber, until it arrives', async () => {
    await join()
    const root = office().root
    const issued = new Date().toISOString()
    const next = await signRoot(nextRoot(root, { issued }), [test.rootKeys[0]!])
    const head = await heldHead()
    const named = { ...payloadOf(head), v: 2, prev: head.hash, root: { v: 2, hash: next.hash } }
    const { bytes } = await signHead(named, publisher())
    await store.putIfAbsent(headPath(department, 1, 2), bytes)
    await store.replace(latestPath(department), new TextEncoder().encode('0001-0000000002'))
    expect(await sync()).toBe('updated')
    expect((await departmentState())?.note).toEqual({ code: 'withheld-root' })
    const tried = await page.evaluate((id) => window.planb.device.tried(id), test.organisation)
    expect(tried.map(({ code }) => code)).toContain('withheld-root')
    await store.putIfAbsent('root/2.jws', next.bytes)
    await sync()
    expect((await departmentState())?.note).toBeUndefined()
  })

  it('[D3] an invitation that claims a root which is none is ended by one that fits', async () => {
    await join()
    await join(invitation({ root: { v: 900, hash: 'f'.repeat(64) } }))
    expect((await departmentState())?.note).toEqual({ code: 'withheld-root' })
    await join()
    expect((await departmentState())?.note).toBeUndefined()
  })

  it('[D7] a later format asks for a newer app while everything held goes on being shown', async () => {
    await join()
    const head = await heldHead()
    const newer = { ...payloadOf(head), v: 2, prev: head.hash, minFormat: 2 }
    const { bytes } = await signHead(newer, publisher())
    await store.putIfAbsent(headPath(department, 1, 2), bytes)
    await sync()
    expect((await state()).organisations[0]).toMatchObject({ needsNewerApp: true })
    expect(await departmentState()).toMatchObject({ status: 'stored', v: 1 })
    await store.remove(headPath(department, 1, 2))
    await sync()
    expect((await state()).organisations[0]).toMatchObject({ needsNewerApp: false })
  })
})

describe('what members tell', () => {
  it('[S50] [S55] a label, an invitation, a version: on the phone of whoever publishes', async () => {
    const id = createInvitationId()
    await page.evaluate((text) => window.planb.join(text), invitation({ id }))
    await page.evaluate((org) => window.planb.device.label(org).set('  Anna N '), test.organisation)
    await sync('joined')
    const device = await approved()
    await sync()
    await sync()
    const phones = await page.evaluate<KnownPhone[], string[]>(
      ([org, name]) => window.planb.device.journal(org!, name!).phones(),
      [test.organisation, department],
    )
    const { agreement } = await identity()
    expect(phones).toMatchObject([
      { device, label: 'Anna N', invitation: id, agreement, epoch: 1, confirmed: { gen: 1, v: 2 } },
    ])
    // Nothing of it is in clear in what the host holds.
    for (const path of await store.list(`d/${department}/log/`)) {
      const text = new TextDecoder().decode((await store.get(path, { maxBytes: LIMITS.log }))!)
      expect(atob(text.replace(/^.*?"payload":"|".*$/g, '').replace(/-/g, '+').replace(/_/g, '/'))).not.toContain('Anna') // prettier-ignore
    }
  })
})

describe('a phone whose access has ended', () => {
  it('[D6] [S20] keeps neither content nor keys nor what was told, at the next contact', async () => {
    await page.evaluate((text) => window.planb.join(text), invitation())
    await page.evaluate((org) => window.planb.device.label(org).set('Anna N'), test.organisation)
    await sync('joined')
    const device = await approved()
    await sync()
    await sync()
    await page.evaluate(
      (org) => window.planb.device.occasions.start('hemtjanst/routine/tes-korlista', org),
      test.organisation,
    )
    await page.evaluate(() => window.planb.device.replaceReadingCopy(window.planb.pages('text')))
    expect((await rows('records')).some(({ name }) => String(name).startsWith('entry/'))).toBe(true)
    await wipe(office(), { devices: [device] })
    expect(await sync()).toBe('ended')
    await reopen()
    expect(await departmentState()).toMatchObject({ status: 'ended' })
    expect((await departmentState())?.v).toBeUndefined()
    for (const table of ['keys', 'blobs', 'snapshots', 'pointers'])
      expect(await rows(table), table).toEqual([])
    expect((await rows('records')).map(({ name }) => String(name)).toSorted()).toEqual([
      'device',
      'organisation',
    ])
    expect(await page.evaluate(() => window.planb.device.occasions.list())).toEqual([])
    expect(await page.evaluate(() => window.planb.readingCopy.list())).toEqual([])
    expect((await state()).roles).toEqual([])
    expect(await sync()).toBe('ended')
  })

  it('[D6] comes back with a new code as somebody new', async () => {
    await join()
    const { device } = await identity()
    await wipe(office(), { devices: [device] })
    await sync()
    const { root } = await wipe(office(), { devices: [device] })
    await join(invitation({ root: { v: root.v, hash: root.hash } }))
    expect((await identity()).device).not.toBe(device)
    expect(await departmentState()).toMatchObject({ status: 'stored' })
  })
})

describe('a new epoch', () => {
  const begin = async (phones: Record<string, PublicJwk>) => {
    const signer = test.rootKeys[0]!
    return rotate(office(), { department, leaveOut: [], phones, signer })
  }

  it('[S13] comes to known phones by itself', async () => {
    await join()
    const { device, agreement } = await identity()
    await begin({ [device]: agreement })
    expect(await sync()).toBe('updated')
    expect(await departmentState()).toMatchObject({ status: 'stored', v: 2 })
  })

  it('[S13] others keep what they have; an old code says that it has ended, and does not wait', async () => {
    await join()
    await begin({})
    expect(await sync()).toBe('needs-new-code')
    expect(await departmentState()).toMatchObject({ status: 'needs-new-code', v: 1 })
    const old = invitation()
    await page.evaluate((org) => window.planb.device.leave(org, 'hemtjanst'), test.organisation)
    await page.evaluate((org) => window.planb.device.leave(org, 'gemensamt'), test.organisation)
    expect(await join(old)).toBe('needs-new-code')
    const joined = await departmentState()
    expect(joined).toMatchObject({ status: 'needs-new-code' })
    expect(joined?.v).toBeUndefined()
  })
})

describe('two organisations', () => {
  it('[D8] on one phone have nothing to do with each other', async () => {
    await join()
    const otherStore = createMemoryStore()
    const other = await createTestOffice(otherStore)
    const host = await createStoreServer(otherStore)
    try {
      // The other one's address stands in its invitation; its root names a store beside the app, which is not its own.
      const text = encodeInvitation({
        organisation: other.organisation,
        department,
        root: { v: 1, hash: other.organisation },
        floor: { gen: 1, v: 1, epoch: 1 },
        id: createInvitationId(),
        epochKey: other.epochs[department]!.key,
        flags: 0,
        mirror: `${host.base}store/`,
      })
      host.interfere((_path, _request, response) => {
        response.setHeader('access-control-allow-origin', '*')
        return false
      })
      server.forget()
      await join(text)
      const { organisations, departments } = await state()
      expect(organisations.map(({ id }) => id)).toEqual([test.organisation, other.organisation])
      expect(new Set(organisations.map(({ device }) => device)).size).toBe(2)
      expect(new Set(organisations.map(({ checkWords }) => checkWords.join())).size).toBe(2)
      expect(departments.filter(({ status }) => status === 'stored')).toHaveLength(4)
      await sync()
      const labels = await page.evaluate(
        async ([one, two]) => {
          await window.planb.device.label(one!).set('hos den ena')
          return window.planb.device.label(two!).get()
        },
        [test.organisation, other.organisation],
      )
      expect(labels).toBe('')
      // Ended by the one, it goes on in the other.
      await wipe(office(), { devices: [(await identity()).device] })
      await sync()
      const after = (await state()).departments
      const statusOf = (id: string) =>
        after.filter(({ organisation }) => organisation === id).map(({ status }) => status)
      expect(statusOf(test.organisation)).toEqual(['ended', 'ended'])
      expect(statusOf(other.organisation)).toEqual(['stored', 'stored'])
    } finally {
      await host.close()
    }
  })
})
