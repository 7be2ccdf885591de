import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CDPSession, Page } from 'playwright-core'
import { createMemoryStore } from '#store/memory.ts'
import { createEpochSecret } from '#release/epoch-secret.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { bundlePage } from '../support/bundle-page.ts'
import {
  createTestOrganisation,
  testDocuments,
  testRoutine,
  type TestOrganisation,
} from '../support/organisation.ts'
import { createStoreServer } from '../support/store-server.ts'

let script: string
let phone: Phone
let page: Page
let store: ReturnType<typeof createMemoryStore>
let organisation: TestOrganisation
let server: Awaited<ReturnType<typeof createStoreServer>>

const numbers = ['+46701740605', '+46701740606', '+46701740607'] as const

beforeAll(async () => {
  script = await bundlePage(new URL('device-page.ts', import.meta.url).pathname)
  // One phone for all: each test has a port of its own, and so an origin and storage of its own.
  phone = await createPhone()
  page = (await phone.open()).page
})

beforeEach(async () => {
  store = createMemoryStore()
  organisation = await createTestOrganisation()
  await organisation.publish(store, 'gemensamt')
  const { epoch, key } = organisation.epochs.gemensamt!
  const common = { epoch, epochKey: key, floor: { gen: 1, v: 1 } }
  await organisation.publish(store, 'hemtjanst', testDocuments('hemtjanst'), { common })
  const index = '<!doctype html><script type="module" src="page.js"></script>'
  server = await createStoreServer(store, { '': index, 'page.js': script })
  await reopen()
})

afterEach(() => server.close())
afterAll(() => phone.remove())

/** Opens the browser on the phone's profile, and the device in it. */
async function start() {
  page = (await phone.open()).page
  await reopen()
}

async function reopen() {
  await page.goto(server.base)
  await page.evaluate(() => window.planb.open())
}

async function join(text = organisation.invitationText('hemtjanst')) {
  await page.evaluate((invitation) => window.planb.join(invitation), text)
  return sync('joined')
}

async function sync(reason: 'open' | 'joined' | 'tick' = 'open') {
  const outcome = await page.evaluate((why) => window.planb.sync.syncNow(why), reason)
  if (outcome.kind !== 'synced') throw new Error(outcome.kind)
  return Object.fromEntries(
    outcome.departments.map(({ department, result, code }) => [
      department,
      code === undefined ? result : `${result} ${code}`,
    ]),
  )
}

const state = () => page.evaluate(() => window.planb.state())

async function department(id = 'hemtjanst') {
  return (await state()).departments.find((one) => one.department === id)
}

function change(
  number: string = numbers[1],
  more: Parameters<TestOrganisation['publish']>[2] = [],
) {
  const documents = [...testDocuments('hemtjanst', number), ...more]
  return organisation.publish(store, 'hemtjanst', documents)
}

const rows = (table: string) =>
  page.evaluate(([id, name]) => window.planb.rows(id!, name!), [organisation.organisation, table])

describe('a phone joins', () => {
  it('gets the department and what all share', async () => {
    expect(await join()).toEqual({ hemtjanst: 'updated', gemensamt: 'updated' })
    expect(await state()).toMatchObject({
      organisations: [{ id: organisation.organisation, title: 'Testkommunen', example: false }],
      departments: [
        { department: 'hemtjanst', status: 'stored', v: 1, number: numbers[0], documents: 3 },
        { department: 'gemensamt', status: 'stored', v: 1 },
      ],
      roles: [],
    })
    expect((await state()).organisations[0]?.checkWords).toHaveLength(8)
  })

  it('waits where the host is dead, and keeps what it joined', async () => {
    server.interfere((_path, request) => {
      request.socket.destroy()
      return true
    })
    expect(await join()).toEqual({ hemtjanst: 'failed unreachable' })
    server.interfere(undefined)
    await reopen()
    expect(await department()).toMatchObject({ status: 'waiting' })
    expect(await sync()).toEqual({ hemtjanst: 'updated', gemensamt: 'updated' })
  })

  it('reads it after the browser was closed and the host is gone', async () => {
    await join()
    await phone.close()
    server.interfere((path, _request, response) => {
      if (!path.startsWith('/')) response.destroy()
      return !path.startsWith('/')
    })
    await start()
    expect(await department()).toMatchObject({ status: 'stored', number: numbers[0] })
  })

  it('has its own keys, which cannot be read out, and keeps them', async () => {
    await join()
    const keys = () =>
      page.evaluate(async (id) => {
        const all = await window.planb.rows(id, 'keys')
        return all.map(({ name, key, wrapped }) => ({
          name,
          isWrapped: wrapped !== undefined,
          extractable: Object.values(key as object).flatMap((part) =>
            part instanceof CryptoKey ? [part.extractable] : [],
          ),
        }))
      }, organisation.organisation)
    const before = await keys()
    expect(before.map(({ name }) => String(name).replace(/[0-9a-f]{16}$/, '…'))).toEqual([
      'device/agreement',
      'device/signing',
      'epoch/gemensamt/1/…',
      'epoch/hemtjanst/1/…',
    ])
    expect(before.flatMap(({ extractable }) => extractable)).toEqual([false, false, false, false])
    const device = (await state()).organisations[0]?.device
    await join()
    expect(await keys()).toEqual(before)
    expect((await state()).organisations[0]?.device).toBe(device)
  })

  it('adds an organisation, never replaces one', async () => {
    await join()
    const other = await createTestOrganisation()
    await page.evaluate((text) => window.planb.join(text), other.invitationText('hemtjanst'))
    const { organisations, departments } = await state()
    expect(organisations.map(({ id }) => id)).toEqual([
      organisation.organisation,
      other.organisation,
    ])
    expect(departments.map(({ status }) => status)).toEqual(['stored', 'stored', 'waiting'])
    expect(new Set(organisations.map(({ device }) => device)).size).toBe(2)
  })

  it('is not locked out by a false invitation to a department it has', async () => {
    await join()
    await change()
    const forged = {
      ...organisation.invitation('hemtjanst'),
      root: { v: 900, hash: 'f'.repeat(64) },
      floor: { gen: 1, v: 9_999_999, epoch: 1 },
      epochKey: new Uint8Array(32),
    }
    const { encodeInvitation } = await import('#trust/invitation.ts')
    expect(await join(encodeInvitation(forged))).toMatchObject({ hemtjanst: 'updated' })
    await reopen()
    expect(await department()).toMatchObject({ v: 2, number: numbers[1] })
  })

  it('leaves a department: its content and keys go, the others stay', async () => {
    await join()
    const id = organisation.organisation
    await page.evaluate((org) => window.planb.device.leave(org, 'hemtjanst'), id)
    expect((await state()).departments.map((one) => one.department)).toEqual(['gemensamt'])
    const names = (await rows('keys')).map(({ name }) => String(name))
    expect(names.filter((name) => name.startsWith('epoch/hemtjanst'))).toEqual([])
    const kept = new Set(
      (await rows('snapshots')).flatMap(({ blobs }) =>
        (blobs as { hash: string }[]).map(({ hash }) => hash),
      ),
    )
    expect((await rows('blobs')).every(({ hash }) => kept.has(String(hash)))).toBe(true)
    await page.evaluate((org) => window.planb.device.leave(org, 'gemensamt'), id)
    expect(await state()).toMatchObject({ organisations: [], departments: [] })
  })
})

describe('an update', () => {
  it('takes the place of what was current, and keeps that as the one before', async () => {
    await join()
    await change(numbers[1])
    expect(await sync('tick')).toMatchObject({ hemtjanst: 'updated' })
    await change(numbers[2])
    await sync('tick')
    expect(await department()).toMatchObject({ v: 3, number: numbers[2] })
    const pointers = await rows('pointers')
    const snapshots = await rows('snapshots')
    const versions = (pointer: Record<string, unknown> | undefined) =>
      ['current', 'previous'].map((which) => {
        const row = snapshots.find(({ id }) => id === pointer?.[which])
        return row?.v
      })
    expect(versions(pointers.find((one) => one.department === 'hemtjanst'))).toEqual([3, 2])
    expect(snapshots).toHaveLength(3)
  })

  it('removes blobs that no kept release names', async () => {
    await join()
    for (const number of [numbers[1], numbers[2], numbers[0]]) {
      await change(number)
      await sync('tick')
    }
    const named = new Set(
      (await rows('snapshots')).flatMap(({ blobs }) =>
        (blobs as { hash: string }[]).map(({ hash }) => hash),
      ),
    )
    const held = (await rows('blobs')).map(({ hash }) => String(hash))
    expect(new Set(held)).toEqual(named)
    expect((await rows('records')).map(({ name }) => name)).not.toContain('staged/hemtjanst')
  })

  it('is seen by another tab without a reload', async () => {
    await join()
    const other = await page.context().newPage()
    await other.goto(server.base)
    await other.evaluate(() => window.planb.open())
    const told = other.evaluate(
      () =>
        new Promise((resolve) => {
          window.planb.device.onChange((what) => what === 'content' && resolve(what))
        }),
    )
    await change()
    await sync('tick')
    expect(await told).toBe('content')
    const seen = await other.evaluate(() => window.planb.state())
    expect(seen.departments[0]).toMatchObject({ v: 2 })
    await other.close()
  })

  it('under a new key needs a new code, and opens with it', async () => {
    await join()
    organisation.epochs.hemtjanst = await createEpochSecret(2)
    const documents = testDocuments('hemtjanst', numbers[1])
    await organisation.publish(store, 'hemtjanst', documents, { recipients: {} })
    expect(await sync('tick')).toMatchObject({ hemtjanst: 'needs-new-code' })
    expect(await department()).toMatchObject({ status: 'needs-new-code', v: 1 })
    expect(await join()).toMatchObject({ hemtjanst: 'updated' })
    expect(await department()).toMatchObject({ status: 'stored', v: 2 })
  })

  it('under a new key opens by itself for a phone the key was wrapped for', async () => {
    await join()
    const [row] = (await rows('records')).filter(({ name }) => name === 'device')
    const identity = row?.value as { device: string; agreement: never }
    organisation.epochs.hemtjanst = await createEpochSecret(2)
    const documents = testDocuments('hemtjanst', numbers[1])
    const recipients = { [identity.device]: identity.agreement }
    await organisation.publish(store, 'hemtjanst', documents, { recipients })
    expect(await sync('tick')).toMatchObject({ hemtjanst: 'updated' })
    expect(await department()).toMatchObject({ status: 'stored', v: 2, number: numbers[1] })
  })
})

describe('a coordinator', () => {
  it('restores keys, has the role, and reads every department', async () => {
    await page.evaluate((text) => window.planb.restore(text), await organisation.coordinatorText())
    expect(await sync('joined')).toEqual({ hemtjanst: 'updated', gemensamt: 'updated' })
    const { roles, departments } = await state()
    expect(roles).toMatchObject([
      {
        role: 'coordinator',
        kid: organisation.rootKeys[0]!.kid,
        departments: ['hemtjanst', 'gemensamt'],
      },
    ])
    expect(departments.map(({ status }) => status)).toEqual(['stored', 'stored'])
    const names = (await rows('keys')).map(({ name }) => name)
    expect(names).not.toContain('pending-restore')
  })
})

describe('what the memory damages', () => {
  it('the current release: the one before is shown, it is said, and the next sync repairs it', async () => {
    await join()
    await change(numbers[1], [testRoutine('hemtjanst', 'ny', 'Ny')])
    await sync('tick')
    const manifest = organisation.last.hemtjanst!.head.manifest[0]
    await page.evaluate(
      ([id, hash]) =>
        window.planb.damage(id!, 'blobs', (row) => {
          if (row.hash === hash) (row.bytes as Uint8Array)[40]! ^= 1
        }),
      [organisation.organisation, manifest],
    )
    await reopen()
    expect(await department()).toMatchObject({
      status: 'stored',
      v: 1,
      number: numbers[0],
      note: { code: 'previous-used' },
    })
    await sync('open')
    expect(await department()).toMatchObject({ v: 2, number: numbers[1] })
    expect((await department())?.note).toBeUndefined()
    await reopen()
    expect(await department()).toMatchObject({ v: 2 })
  })

  for (const [table, fields] of [
    ['blobs', ['bytes']],
    ['snapshots', ['head']],
    ['roots', ['bytes']],
    ['pointers', ['current', 'previous']],
  ] as const) {
    it(`all of ${table}: it is said, and the next sync brings it back`, async () => {
      await join()
      await page.evaluate(([id, name, spoiled]) => window.planb.spoil(id, name, spoiled), [
        organisation.organisation,
        table,
        [...fields] as string[],
      ] as const)
      await reopen()
      expect(await department()).toMatchObject({ status: 'waiting', note: { code: 'damaged' } })
      await sync('open')
      expect(await department()).toMatchObject({ status: 'stored', v: 1, number: numbers[0] })
    })
  }

  it('the list of organisations: the content is found without it', async () => {
    await join()
    await page.evaluate(() => window.planb.device.close())
    await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase('planb:/')
          request.onsuccess = resolve
          request.onerror = reject
          request.onblocked = reject
        }),
    )
    await reopen()
    expect(await department()).toMatchObject({ status: 'stored', v: 1 })
    await change()
    expect(await sync('open')).toMatchObject({ hemtjanst: 'updated' })
  })
})

describe('a battery that dies', () => {
  it('at any moment of an update: the old release or the new one, whole; and it goes on', async () => {
    await join()
    const many = (n: number) =>
      Array.from({ length: 120 }, (_, i) =>
        testRoutine('hemtjanst', `r-${n}-${i}`, `Rutin ${n}-${i}`),
      )
    for (let round = 0; round < 6; round++) {
      const before = (await department())!.v!
      const { release } = await change(numbers[round % 3], many(round))
      void page.evaluate(() => window.planb.sync.syncNow('open')).catch(() => undefined)
      await new Promise((done) => setTimeout(done, 15 + round * 25))
      await phone.kill()
      await start()
      const shown = (await department())!
      expect([before, release.v]).toContain(shown.v)
      expect(shown).toMatchObject({ status: 'stored' })
      expect(shown.note).toBeUndefined()
      await sync('open')
      expect(await department()).toMatchObject({ v: release.v, documents: 123 })
      // What the interruption left over is gone.
      const named = (await rows('snapshots')).flatMap(({ blobs }) =>
        (blobs as { hash: string }[]).map(({ hash }) => hash),
      )
      const held = (await rows('blobs')).map(({ hash }) => String(hash))
      expect(new Set(held)).toEqual(new Set(named))
    }
  }, 120_000)

  it('the moment after a tick: the tick stays', async () => {
    const id = await page.evaluate(async () => {
      const started = await window.planb.device.occasions.start('hemtjanst/routine/tes-korlista')
      await window.planb.device.occasions.tick(started.id, 'minutes15.0', true)
      return started.id
    })
    await phone.kill()
    await start()
    const list = await page.evaluate(() => window.planb.device.occasions.list())
    expect(list).toMatchObject([{ id, ticks: ['minutes15.0'] }])
  })
})

describe('a full disk', () => {
  let session: CDPSession | undefined

  it('gives the code `full`, loses nothing, and goes on when there is room', async () => {
    // Before anything is written: Chromium remembers the room that is left for half a minute.
    await setQuota(300_000)
    await join()
    await page.evaluate(() => window.planb.device.occasions.start('hemtjanst/routine/tes-korlista'))
    await change(numbers[1], incompressibleRoutines(150))
    expect(await sync('open')).toMatchObject({ hemtjanst: 'failed full' })
    expect(await department()).toMatchObject({ status: 'stored', v: 1, number: numbers[0] })
    const code = await page.evaluate(() =>
      window.planb.codeOf(() => window.planb.device.occasions.start('x'.repeat(3e6))),
    )
    expect(code).toBe('full')
    const copy = await page.evaluate(() =>
      window.planb.device.replaceReadingCopy(window.planb.pages('x'.repeat(100_000), 20)),
    )
    expect(copy).toEqual({ outcome: 'failed', code: 'full' })
    await reopen()
    expect(await department()).toMatchObject({ status: 'stored', v: 1, number: numbers[0] })
    await setQuota(undefined)
    expect(await sync('open')).toMatchObject({ hemtjanst: 'updated' })
    expect(await department()).toMatchObject({ v: 2, number: numbers[1] })
    expect(await page.evaluate(() => window.planb.device.occasions.list())).toHaveLength(1)
  })

  function incompressibleRoutines(count: number) {
    return Array.from({ length: count }, (_, i) => {
      const routine = testRoutine('hemtjanst', `r-${i}`, `R ${i}`)
      const notes = randomBytes(2900).toString('base64')
      return { ...routine, body: { ...routine.body, notes } } as typeof routine
    })
  }

  async function setQuota(quotaSize: number | undefined) {
    // The override lasts as long as the session that made it.
    session ??= await page.context().newCDPSession(page)
    const origin = new URL(server.base).origin
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize })
  }
})

describe('keys the browser refuses to store', () => {
  it('are kept wrapped, and open everything after a restart', async () => {
    await page.evaluate(refuseCryptoKeys)
    expect(await join()).toEqual({ hemtjanst: 'updated', gemensamt: 'updated' })
    const keys = await page.evaluate(
      async (id) =>
        (await window.planb.rows(id, 'keys')).map(({ key, wrapped }) => ({
          hasKey: key !== undefined,
          isWrapped: wrapped !== undefined,
        })),
      organisation.organisation,
    )
    expect(keys).toHaveLength(4)
    expect(keys.every(({ hasKey, isWrapped }) => !hasKey && isWrapped)).toBe(true)
    await phone.close()
    await start()
    expect(await department()).toMatchObject({ status: 'stored', number: numbers[0] })
    await change()
    expect(await sync('open')).toMatchObject({ hemtjanst: 'updated' })
  })

  it('or gives back without the key: likewise', async () => {
    await page.evaluate(dropCryptoKeys)
    expect(await join()).toMatchObject({ hemtjanst: 'updated' })
    await phone.close()
    await start()
    expect(await department()).toMatchObject({ status: 'stored' })
  })

  function refuseCryptoKeys() {
    // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (value: { key?: object }, ...rest) {
      const parts = Object.values(value?.key ?? {})
      if (parts.some((part) => part instanceof CryptoKey)) {
        throw new DOMException('could not be cloned', 'DataCloneError')
      }
      return put.call(this, value, ...rest)
    }
  }

  function dropCryptoKeys() {
    // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (value: { key?: object }, ...rest) {
      const isKey = Object.values(value?.key ?? {}).some((part) => part instanceof CryptoKey)
      return put.call(this, isKey ? { ...value, key: null } : value, ...rest)
    }
  }
})

describe('a database that does not open', () => {
  it('the first time: closed and opened once more', async () => {
    await join()
    await page.goto(server.base)
    await page.evaluate(() => window.planb.open({ name: 'silentOpen', count: 1 }))
    expect(await department()).toMatchObject({ status: 'stored', v: 1 })
    expect((await state()).problem).toBeUndefined()
  })

  it('by Dexie: read without it, and it is said; what would be written says so', async () => {
    await join()
    await page.goto(server.base)
    await page.evaluate(() => window.planb.open({ name: 'silentDexie' }))
    const read = await state()
    expect(read.departments[0]).toMatchObject({ status: 'stored', v: 1, number: numbers[0] })
    expect(read.problem).toEqual({ code: 'raw' })
    const code = await page.evaluate(() =>
      window.planb.codeOf(() => window.planb.device.occasions.start('x')),
    )
    expect(code).toBe('read-only')
    expect(await page.evaluate(() => window.planb.device.settings.get())).toMatchObject({
      language: 'sv',
    })
  })

  it('at all: says so within three time limits, and never throws', async () => {
    await join()
    await page.goto(server.base)
    await page.evaluate(() => window.planb.open({ name: 'silentOpen', count: 1e9 }, 200))
    const from = Date.now()
    expect(await state()).toMatchObject({ departments: [], problem: { code: 'no-answer' } })
    expect(Date.now() - from).toBeLessThan(3_000)
    const checks = await page.evaluate(() => window.planb.device.readiness())
    const byId = new Map(checks.map(({ id, result }) => [id, result]))
    expect(byId.get('database')).toBe('failed')
    expect(byId.get('bytes')).toBe('unknown')
  })

  it('because the browser has none: says so', async () => {
    await page.evaluate(() => window.planb.open({ name: 'refusedOpen' }))
    expect((await state()).problem).toEqual({ code: 'unsupported' })
  })

  it('because another tab holds an older one: says so, and goes on when that is closed', async () => {
    await page.goto(server.base)
    const blocker = await page.context().newPage()
    await blocker.goto(server.base)
    await blocker.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const request = indexedDB.open('planb:/', 1)
          request.onsuccess = () => {
            // Holds on: an old app, or a frozen tab.
            Object.assign(window, { held: request.result })
            resolve()
          }
        }),
    )
    await page.evaluate(() => window.planb.open(undefined))
    await page.evaluate(() => window.planb.device.close())
    await page.evaluate(() => window.planb.open({ name: 'silentOpen', count: 0 }, 200))
    expect((await state()).problem).toEqual({ code: 'blocked' })
    await blocker.close()
    expect(await page.evaluate(() => window.planb.device.probe())).toBe(true)
    expect((await state()).problem).toBeUndefined()
  })

  it('any more, because the connection was lost: opened again', async () => {
    await join()
    await page.evaluate(() => {
      // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
      const transaction = IDBDatabase.prototype.transaction
      let failures = 2
      IDBDatabase.prototype.transaction = function (...parameters) {
        if (failures-- > 0) {
          this.close()
          throw new DOMException('The database connection is closing', 'InvalidStateError')
        }
        return transaction.apply(this, parameters)
      }
    })
    expect(await department()).toMatchObject({ status: 'stored', v: 1 })
    await page.evaluate(() => window.planb.device.settings.set({ language: 'en' }))
    expect(await page.evaluate(() => window.planb.device.settings.get())).toMatchObject({
      language: 'en',
    })
  })

  it('because it was written by a later version: opens, and loses nothing of it', async () => {
    await join()
    await page.evaluate(() => window.planb.device.close())
    await page.evaluate(
      (name) =>
        new Promise<void>((resolve, reject) => {
          const request = indexedDB.open(name, 70)
          request.onupgradeneeded = () => {
            const later = request.result.createObjectStore('later', { keyPath: 'id' })
            later.put({ id: 1 })
          }
          request.onsuccess = () => {
            request.result.close()
            resolve()
          }
          request.onerror = reject
        }),
      `planb:/:${organisation.organisation}`,
    )
    await reopen()
    expect(await department()).toMatchObject({ status: 'stored', v: 1 })
    await change()
    expect(await sync('open')).toMatchObject({ hemtjanst: 'updated' })
    expect(await rows('later')).toEqual([{ id: 1 }])
  })
})

describe('the reading copy', () => {
  const replace = (text: string, count?: number, failAt?: number) =>
    page.evaluate(
      ([html, pages, at]) =>
        window.planb.device.replaceReadingCopy(
          window.planb.pages(html as string, pages as number | undefined, at as number | undefined),
        ),
      [text, count, failAt] as const,
    )
  const matches = () => page.evaluate(() => window.planb.device.readingCopyMatches())
  const shown = () => page.evaluate(() => window.planb.readingCopy.page('/d/hemtjanst/routine/0'))

  it('belongs to what was loaded: it matches until something else is stored', async () => {
    await join()
    await state()
    expect(await matches()).toBe(false)
    expect(await replace('<p>ett</p>')).toEqual({ outcome: 'switched', pages: 3 })
    expect(await matches()).toBe(true)
    await reopen()
    await state()
    expect(await matches()).toBe(true)
    await change()
    await sync('tick')
    await state()
    expect(await matches()).toBe(false)
    expect((await shown())?.html).toBe('<p>ett</p>')
    expect(await replace('<p>två</p>')).toMatchObject({ outcome: 'switched' })
    expect((await shown())?.html).toBe('<p>två</p>')
    expect(await matches()).toBe(true)
    const names = await page.evaluate(() => caches.keys())
    expect(names).toHaveLength(2)
  })

  it('does not match when the language was changed', async () => {
    await join()
    await state()
    await replace('<p>ett</p>')
    await page.evaluate(() => window.planb.device.settings.set({ language: 'en' }))
    expect(await matches()).toBe(false)
  })

  it('drawn from what is no longer stored is not put in force', async () => {
    await join()
    await state()
    await replace('<p>ett</p>')
    await change()
    await sync('tick')
    expect(await replace('<p>för gammal</p>')).toEqual({ outcome: 'outdated' })
    expect((await shown())?.html).toBe('<p>ett</p>')
    expect(await page.evaluate(() => caches.keys())).toHaveLength(2)
  })

  it('that cannot be drawn to its end leaves the old one', async () => {
    await join()
    await state()
    await replace('<p>ett</p>')
    expect(await replace('<p>två</p>', 3, 1)).toMatchObject({ outcome: 'failed' })
    expect((await shown())?.html).toBe('<p>ett</p>')
    expect(await page.evaluate(() => window.planb.readingCopy.list())).toHaveLength(3)
  })

  it('written when the battery dies: the old one or the new one, whole', async () => {
    await join()
    await state()
    await replace('<p>0</p>', 60)
    for (let round = 1; round <= 4; round++) {
      void page
        .evaluate(
          (n) => window.planb.device.replaceReadingCopy(window.planb.pages(`<p>${n}</p>`, 60)),
          round,
        )
        .catch(() => undefined)
      await new Promise((done) => setTimeout(done, 10 + round * 30))
      await phone.kill()
      await start()
      const list = await page.evaluate(() => window.planb.readingCopy.list())
      expect(list).toHaveLength(60)
      expect(new Set(list.map(({ html }) => html)).size).toBe(1)
    }
  }, 90_000)

  it('goes with the department that is left', async () => {
    await join()
    await state()
    await replace('<p>ett</p>')
    const id = organisation.organisation
    await page.evaluate((org) => window.planb.device.leave(org, 'hemtjanst'), id)
    expect(await shown()).toBeUndefined()
    expect(await page.evaluate(() => caches.keys())).toEqual([])
  })
})

describe('readiness', () => {
  it('says what holds, with its date, and unknown where it cannot tell', async () => {
    await join()
    const checks = await page.evaluate(() => window.planb.device.readiness())
    const byId = Object.fromEntries(checks.map(({ id, result }) => [id, result]))
    expect(byId).toEqual({
      installed: 'unknown',
      worker: 'unknown',
      shell: 'unknown',
      bytes: 'ok',
      database: 'ok',
      copy: 'attention',
      persisted: 'attention',
      age: 'unknown',
    })
    expect(checks.every(({ at }) => Math.abs(Date.parse(at) - Date.now()) < 60_000)).toBe(true)
    await reopen()
    expect(await page.evaluate(() => window.planb.device.lastReadiness())).toEqual(checks)
  })

  it('is unknown, never ok, where there is nothing yet', async () => {
    const checks = await page.evaluate(() => window.planb.device.readiness())
    expect(checks.filter(({ result }) => result === 'ok')).toEqual([])
  })

  it('finds one altered byte', async () => {
    await join()
    await page.evaluate(
      (id) =>
        window.planb.damage(id, 'blobs', (row) => {
          const bytes = row.bytes as Uint8Array
          bytes[bytes.length - 1]! ^= 1
        }),
      organisation.organisation,
    )
    const checks = await page.evaluate(() => window.planb.device.readiness())
    expect(checks.find(({ id }) => id === 'bytes')).toMatchObject({ result: 'failed' })
  })
})

describe('settings and occasions', () => {
  it('stay, and are told to the other tab', async () => {
    const result = await page.evaluate(async () => {
      const { settings, occasions } = window.planb.device
      await settings.set({ scheme: 'dark', together: ['a/b'], last: 'a/b' })
      await settings.set({ last: undefined })
      const one = await occasions.start('hemtjanst/routine/tes-korlista')
      await occasions.tick(one.id, 'a', true)
      await occasions.tick(one.id, 'b', true)
      await occasions.tick(one.id, 'a', false)
      await occasions.end(one.id)
      await occasions.reopen(one.id)
      return { settings: await settings.get(), occasions: await occasions.list() }
    })
    expect(result.settings).toMatchObject({ scheme: 'dark', language: 'sv', together: ['a/b'] })
    expect(result.settings.last).toBeUndefined()
    expect(result.occasions).toMatchObject([{ ticks: ['b'] }])
    expect(result.occasions[0]?.endedAt).toBeUndefined()
  })

  it('say when there is no such occasion', async () => {
    const code = await page.evaluate(() =>
      window.planb.codeOf(() => window.planb.device.occasions.end('none')),
    )
    expect(code).toBe('unknown-name')
  })
})
