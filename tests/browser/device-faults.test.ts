import { describe, expect, it } from 'vitest'
import { randomBytes } from 'node:crypto'
import type { CDPSession } from 'playwright-core'
import { testRoutine } from '../support/organisation.ts'
import {
  change,
  department,
  join,
  numbers,
  organisation,
  page,
  phone,
  reopen,
  rows,
  server,
  start,
  sync,
  usePhone,
} from './device-phone.ts'

usePhone()

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

describe('a page that goes away', () => {
  it('between any two writes of a first visit: the next one brings all of it', async () => {
    // How many writes there are is found out by the way: the last round is one that nothing ended.
    let allowed = 0
    for (let isEnded = true; isEnded; allowed++) {
      await startAnew()
      await page.evaluate((text) => window.planb.join(text), invitation())
      isEnded = await page.evaluate(async (count) => {
        Object.assign(globalThis, { writesLeft: count })
        await window.planb.sync.syncNow('joined')
        return (globalThis as { writesLeft?: number }).writesLeft! < 0
      }, allowed)
      await reopen()
      await sync('open')
      for (const id of ['hemtjanst', 'gemensamt'])
        expect(await department(id), `after ${allowed} writes`).toMatchObject({ status: 'stored' })
    }
    expect(allowed).toBeGreaterThan(10)
  }, 240_000)

  const invitation = () => organisation.invitationText('hemtjanst')

  /** A phone that has nothing, whose writes stop when `writesLeft` is used up. */
  async function startAnew(): Promise<void> {
    await page.evaluate(async () => {
      window.planb.sync.stop()
      window.planb.device.close()
      for (const { name } of await indexedDB.databases())
        await new Promise((done) => {
          const request = indexedDB.deleteDatabase(name ?? '')
          request.onsuccess = request.onerror = request.onblocked = done
        })
    })
    await page.goto(server.base)
    await page.evaluate(async () => {
      const counter = globalThis as { writesLeft?: number }
      const transaction = Reflect.get(
        IDBDatabase.prototype,
        'transaction',
      ) as IDBDatabase['transaction']
      // Before the database is opened: Dexie takes hold of it then.
      IDBDatabase.prototype.transaction = function (names, mode, options) {
        if (mode === 'readwrite' && counter.writesLeft !== undefined) {
          counter.writesLeft -= 1
          if (counter.writesLeft < 0) throw new DOMException('the page is gone', 'AbortError')
        }
        return transaction.call(this, names, mode, options)
      }
      await window.planb.open()
    })
  }
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
