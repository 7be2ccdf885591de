import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { joinDepartment, readFirstStep, routineAddress, waitForText } from '../support/walk.ts'

/*
 * The reading ladder: reading copy → app with Dexie → raw IndexedDB; the app's files fail → the
 * emergency page out of the reading copy. Each rung is sawn off in turn, with the host dead.
 */
let firstStep: string
let server: PlanBServer
let phone: Phone
let page: Page

beforeAll(async () => {
  firstStep = await readFirstStep()
})
beforeEach(async () => {
  server = await startPlanB()
  phone = await createPhone()
  page = (await phone.open()).page
  await joinDepartment(page, server, 'hemtjanst')
  await server.stop()
})
afterEach(async () => {
  await phone.remove()
  await server.remove()
})
afterAll(() => undefined)

async function reopen(script?: () => void): Promise<void> {
  await phone.close()
  const opened = await phone.open()
  page = opened.page
  if (script) await opened.context.addInitScript(script)
  await page.goto(`${server.app}#${routineAddress}`)
}

describe('with the host dead and the browser closed', () => {
  it('reads the copy before anything else has been loaded', async () => {
    await phone.close()
    const opened = await phone.open()
    page = opened.page
    // The app's script never arrives: only the first script and the copy are there.
    await page.goto(`${server.app}#/ready`)
    await page.evaluate(async () => {
      for (const name of await caches.keys()) {
        if (!name.includes('planb-shell')) continue
        const cache = await caches.open(name)
        for (const key of await cache.keys())
          if (/\/assets\/main-/.test(key.url)) await cache.delete(key)
      }
    })
    await page.goto('about:blank')
    await page.goto(`${server.app}#${routineAddress}`)
    await waitForText(page, firstStep)
    await waitForText(page, 'Du läser den sparade kopian')
    expect(await page.evaluate(() => document.documentElement.dataset.live)).toBeUndefined()
    // From page to page in the copy.
    await page.evaluate(() => {
      location.hash = '#/d/hemtjanst'
    })
    await waitForText(page, 'TES: din körlista')
  })

  it('reads from the raw database when IndexedDB never answers Dexie', async () => {
    await reopen(() => {
      const open = IDBFactory.prototype.open
      let count = 0
      IDBFactory.prototype.open = function (...parameters) {
        count += 1
        // The first two never answer; what asks after that gets through.
        if (count <= 2) return new EventTarget() as IDBOpenDBRequest
        return open.apply(this, parameters)
      }
    })
    await waitForText(page, firstStep)
    await page.waitForFunction(() => document.documentElement.dataset.live !== undefined, undefined, { timeout: 30_000 }) // prettier-ignore
    await waitForText(page, firstStep)
  })

  it('stays readable when IndexedDB never answers at all', async () => {
    await reopen(() => {
      IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest
    })
    await waitForText(page, firstStep)
    await page.waitForTimeout(12_000)
    await waitForText(page, firstStep)
  })

  it('stays readable when IndexedDB throws', async () => {
    await reopen(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
      }
    })
    await waitForText(page, firstStep)
    await page.waitForTimeout(5000)
    await waitForText(page, firstStep)
  })

  it('shows the emergency page when the app’s files are gone', async () => {
    await page.evaluate(async () => {
      for (const name of await caches.keys())
        if (name.includes('planb-shell')) await caches.delete(name)
    })
    await reopen()
    await waitForText(page, 'Planerna finns här ändå')
    await waitForText(page, firstStep)
    expect(await page.locator(`section:target a[href^="tel:"]`).count()).toBeGreaterThan(0)
    await page.goto(`${server.app}#`)
    await waitForText(page, 'Sparade planer')
    await page.getByRole('link', { name: /TES/ }).first().click()
    await waitForText(page, firstStep)
  })

  it('says what to do when the browser has cleared all caches, and loses nothing', async () => {
    await page.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name)
    })
    await reopen()
    await waitForText(page, 'Använd pärmen')
    await phone.close()
    server = await startPlanB({ port: server.port, data: server.data })
    page = (await phone.open()).page
    await page.goto(`${server.app}#${routineAddress}`)
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration()
      await registration?.update()
    })
    await waitForText(page, 'pärmen')
  })

  it('answers a start from the older shell when the newer one never starts', async () => {
    // The older build lies in a second cache; the newer one’s start page breaks each time.
    await page.evaluate(async () => {
      const name = (await caches.keys()).find((each) => each.includes('planb-shell'))
      if (!name) throw new Error('no shell')
      const current = await caches.open(name)
      const older = await caches.open(`${name.slice(0, name.lastIndexOf(':'))}:0000000000000000`)
      for (const key of await current.keys()) {
        const response = await current.match(key)
        if (response) await older.put(key, response)
      }
      const start = (await current.keys()).find((key) => key.url.includes('index.html'))
      if (!start) throw new Error('no start page')
      await current.put(
        start,
        new Response('<!doctype html><title>trasig</title><p>Trasig', {
          headers: { 'content-type': 'text/html' },
        }),
      )
      const boot = (await caches.keys()).find((each) => each.includes('planb-boot'))
      if (boot) await caches.delete(boot)
    })
    for (let start = 0; start < 3; start += 1) {
      await reopen()
      await waitForText(page, 'Trasig')
    }
    await reopen()
    await waitForText(page, firstStep)
  })
})
