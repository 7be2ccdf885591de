import { describe, expect, it } from 'vitest'
import {
  change,
  department,
  join,
  numbers,
  organisation,
  page,
  reopen,
  rows,
  server,
  state,
  sync,
  usePhone,
} from './device-phone.ts'

usePhone()

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
