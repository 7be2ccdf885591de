import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { sv } from '#i18n/sv.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import {
  isLive,
  joinDepartment,
  readFirstStep,
  routineAddress,
  waitForText,
  waitUntilLive,
} from '../support/walk.ts'

/*
 * The reading ladder: reading copy → app with Dexie → raw IndexedDB; the app's files fail → the
 * emergency page out of the reading copy → the binder. Each rung is sawn off in turn, with the host dead.
 */
const otherPage = '/d/hemtjanst/routines'
const otherTitle = 'TES: din körlista'

let firstStep: string
let server: PlanBServer
let joined: Phone
let phone: Phone | undefined
let page: Page

beforeAll(async () => {
  firstStep = await readFirstStep()
  server = await startPlanB()
  joined = await createPhone()
  await joinDepartment((await joined.open()).page, server, 'hemtjanst')
  await joined.close()
  await server.stop()
})
afterEach(async () => {
  await phone?.remove()
  phone = undefined
})
afterAll(async () => {
  await joined.remove()
  await server.remove()
})

/** Opens the browser anew, on a phone like the one that joined, or on the same as before. */
async function reopen(script?: () => void): Promise<void> {
  if (phone) await phone.close()
  else phone = await createPhone(joined)
  const opened = await phone.open()
  page = opened.page
  if (script) await opened.context.addInitScript(script)
  await page.goto(`${server.app}#${routineAddress}`)
}

async function goTo(address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash
  }, `#${address}`)
}

describe('with the host dead and the browser closed', () => {
  it('reads the asked page without any script, laid out as it should be', async () => {
    phone = await createPhone(joined)
    page = (await phone.open({ javaScriptEnabled: false })).page
    await page.goto(`${server.app}#${routineAddress}`)
    expect(await page.title()).toContain('din körlista')
    expect(await page.getByText(firstStep).first().isVisible()).toBe(true)
    const nurse = page.locator('main a[href^="tel:"]').first()
    expect((await nurse.boundingBox())?.height).toBeGreaterThanOrEqual(48)
    await page.goto('about:blank')
    await page.goto(`${server.app}#${otherPage}`)
    expect(await page.locator('main a[href^="#/d/"]').count()).toBeGreaterThan(5)
  })

  it('reads the copy, from page to page, when the app’s script is gone', async () => {
    await reopen()
    await page.evaluate(async () => {
      for (const name of await caches.keys()) {
        if (!name.includes('planb-shell')) continue
        const cache = await caches.open(name)
        for (const key of await cache.keys())
          if (/\/assets\/main-/.test(key.url)) await cache.delete(key)
      }
    })
    // It would be found there as well: files with a hash in their name are kept for a year.
    const session = await page.context().newCDPSession(page)
    await session.send('Network.clearBrowserCache')
    await page.goto('about:blank')
    await page.goto(`${server.app}#${routineAddress}`)
    await waitForText(page, 'Du läser den sparade kopian')
    await waitForText(page, firstStep)
    expect(await isLive(page)).toBe(false)
    await goTo(otherPage)
    await waitForText(page, otherTitle)
    expect(await page.locator('main a[href^="#/d/"]').count()).toBeGreaterThan(5)
  })

  it('keeps what was ticked on a page of the copy that was left before the app was up', async () => {
    // The app is loaded when the copy is on the screen, or after a second and a half: neither until it is let go.
    await reopen(() => {
      const frames = window.requestAnimationFrame.bind(window)
      const later = window.setTimeout.bind(window)
      const held: (() => void)[] = []
      const hold = (callback: () => void) => held.push(callback)
      Object.assign(window, {
        requestAnimationFrame: hold,
        setTimeout: (callback: () => void, delay?: number) =>
          delay === 1500 ? hold(callback) : later(callback, delay),
        letGo() {
          Object.assign(window, { requestAnimationFrame: frames, setTimeout: later })
          for (const callback of held) callback()
        },
      })
    })
    const steps = page.locator('main input[data-step]')
    for (const at of [0, 1]) await steps.nth(at).check({ force: true })
    await goTo(otherPage)
    await waitForText(page, otherTitle)
    expect(await isLive(page)).toBe(false)
    await page.evaluate(() => (window as unknown as { letGo: () => void }).letGo())
    await waitUntilLive(page)
    await goTo(routineAddress)
    await waitForText(page, firstStep)
    for (const at of [0, 1]) expect(await steps.nth(at).isChecked()).toBe(true)
    expect(await steps.nth(2).isChecked()).toBe(false)
  })

  it('reads from the raw database when IndexedDB never answers Dexie', async () => {
    await reopen(() => {
      const open = Reflect.get(IDBFactory.prototype, 'open') as IDBFactory['open']
      let count = 0
      IDBFactory.prototype.open = function (...parameters) {
        count += 1
        // Both of Dexie's tries for each of the two databases; what asks after that gets through.
        if (count <= 4) return new EventTarget() as IDBOpenDBRequest
        return open.apply(this, parameters)
      }
    })
    await waitForText(page, firstStep)
    await waitUntilLive(page, 40_000)
    await waitForText(page, firstStep)
    await goTo(otherPage)
    await waitForText(page, otherTitle)
  })

  it('keeps the copy on the screen when IndexedDB never answers at all', async () => {
    await reopen(() => {
      IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest
    })
    await waitForText(page, firstStep)
    await waitForText(page, sv.offer.readOnlyText, 60_000)
    await waitForText(page, firstStep)
    await goTo(otherPage)
    await waitForText(page, otherTitle)
  })

  it('keeps the copy on the screen when IndexedDB throws, and starts the app when it is back', async () => {
    await reopen(() => {
      const open = Reflect.get(IDBFactory.prototype, 'open') as IDBFactory['open']
      IDBFactory.prototype.open = function (...parameters) {
        if ('isMended' in window) return open.apply(this, parameters)
        throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
      }
    })
    await waitForText(page, sv.offer.readOnlyText)
    await waitForText(page, firstStep)
    expect(await isLive(page)).toBe(false)
    await goTo(otherPage)
    await waitForText(page, otherTitle)
    // A return to the app: the database is looked at again.
    await page.evaluate(() => {
      Object.assign(window, { isMended: true })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await waitUntilLive(page)
    await waitForText(page, otherTitle)
    await goTo(routineAddress)
    await waitForText(page, firstStep)
  })

  it('keeps the copy when the browser has emptied the database, and lets the person join again', async () => {
    await reopen()
    await waitUntilLive(page)
    await page.goto('about:blank')
    const session = await page.context().newCDPSession(page)
    const origin = new URL(server.app).origin
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
    await reopen()
    await waitForText(page, sv.offer.emptied)
    await waitForText(page, firstStep)
    await goTo('/d/hemtjanst')
    await waitForText(page, otherTitle)
    await page.getByRole('link', { name: sv.offer.joinAgain }).click()
    await waitUntilLive(page)
    // Back to the plans, out of the app.
    await goTo(routineAddress)
    await waitForText(page, firstStep)
  })

  it('goes back to the copy when drawing fails, as it does under a page translator', async () => {
    await reopen()
    await waitUntilLive(page)
    await page.evaluate(() => {
      // Translators wrap text into elements of their own; React then fails at removing it.
      for (const name of ['removeChild', 'insertBefore'] as const)
        Node.prototype[name] = () => {
          throw new DOMException('The node is not a child of this node.', 'NotFoundError')
        }
    })
    await goTo(otherPage)
    await waitForText(page, sv.offer.fault)
    await waitForText(page, otherTitle)
    await goTo(routineAddress)
    await waitForText(page, firstStep)
  })

  it('shows the emergency page when the app’s files are gone', async () => {
    await reopen()
    await page.evaluate(async () => {
      for (const name of await caches.keys())
        if (name.includes('planb-shell')) await caches.delete(name)
    })
    await reopen()
    await waitForText(page, 'Planerna finns här ändå')
    await waitForText(page, firstStep)
    expect(await page.locator('.page:target a[href^="tel:"]:visible').count()).toBeGreaterThan(3)
    await goTo('')
    await waitForText(page, 'Sparade planer')
    await page.getByRole('link', { name: /TES/ }).first().click()
    await waitForText(page, firstStep)
  })

  it('points at the binder when the browser has cleared all caches', async () => {
    await reopen()
    await page.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name)
    })
    await reopen()
    await waitForText(page, 'Använd pärmen')
  })

  it('answers a start from the older shell when the newer one never starts', async () => {
    await reopen()
    await waitUntilLive(page)
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
