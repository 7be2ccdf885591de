import { networkInterfaces } from 'node:os'
import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { moreSv } from '#i18n/more-sv.ts'
import { sv } from '#i18n/sv.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { chromiumArguments } from '../support/chromium.ts'
import {
  createTrustScene,
  firstStep,
  routineAddress,
  type TrustScene,
} from '../support/trust-scene.ts'
import { waitForText, waitUntilLive, waitUntilStored } from '../support/walk.ts'

/*
 * Browsers and windows that lack something: each says what it lacks, what works all the same, and what to
 * do, before anything of the app has failed.
 */
let scene: TrustScene
let phone: Phone | undefined

beforeAll(async () => {
  scene = await createTrustScene({ host: '0.0.0.0' })
})
afterEach(async () => {
  await phone?.remove()
  phone = undefined
})
afterAll(() => scene.remove())

async function open(script?: () => void, args: string[] = []): Promise<Page> {
  phone = await createPhone()
  const { context, page } = await phone.open({ args: [...chromiumArguments, ...args] })
  if (script) await context.addInitScript(script)
  return page
}

const text = (page: Page) => page.evaluate(() => document.body.innerText)

describe('plain http', () => {
  // A name that is no loopback address is no secure context, wherever it leads.
  const names = ['planb.example', ...lanAddresses()]
  it.each(names)('[U5] [U10] at %s: says why and what to do, and keeps the code out of the address bar', async (name) => {
    const rules = name === 'planb.example' ? ['--host-resolver-rules=MAP planb.example 127.0.0.1'] : [] // prettier-ignore
    const page = await open(undefined, rules)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(String(error)))
    const link = scene.link()
    await page.goto(link.replace('127.0.0.1', name))
    await waitForText(page, 'Plan B behöver en säker adress')
    expect(await page.evaluate(() => typeof crypto.subtle)).toBe('undefined')
    const said = await text(page)
    expect(said).toContain('https://')
    expect(said).toContain('använd pärmen')
    expect(said).not.toContain('hämtas för första gången')
    expect(page.url()).not.toContain('join')
    const way = await page.getByRole('link', { name: 'Öppna med https' }).getAttribute('href')
    expect(way).toBe(`https://${name}/${new URL(link).hash}`)
    expect(errors).toEqual([])
  }) // prettier-ignore
})

describe('a window that stores less', () => {
  it('no service worker and no Cache Storage: joins and reads, and says what it cannot', async () => {
    const page = await open(() => {
      Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')
      Reflect.deleteProperty(globalThis, 'caches')
      Reflect.deleteProperty(Window.prototype, 'caches')
    })
    await page.goto(scene.link())
    await waitForText(page, moreSv.limitsTitle)
    await waitForText(page, 'Publicerad av')
    expect(await page.evaluate(() => 'serviceWorker' in navigator || 'caches' in window)).toBe(
      false,
    )
    await page.goto(`${scene.app}#${routineAddress}`)
    await waitForText(page, firstStep)
    await page.reload()
    await waitForText(page, firstStep)
    await page.goto(`${scene.app}#/ready`)
    await waitForText(page, sv.ready.notAll)
    expect(await text(page)).not.toContain(sv.ready.allGood)
  })

  it('[U10] no IndexedDB: says so at once, and what to do', async () => {
    const page = await open(() => {
      Object.defineProperty(globalThis, 'indexedDB', { value: undefined })
    })
    await page.goto(scene.link())
    await waitForText(page, 'Det här fönstret kan inte spara planer')
    expect(await text(page)).toContain('Öppna länken i ett vanligt fönster')
    expect(page.url()).not.toContain('join')
  })

  it('IndexedDB that refuses to open: says so on the first page, and no plan is claimed to be there', async () => {
    const page = await open(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('refused in this window', 'InvalidStateError')
      }
    })
    await page.goto(scene.app)
    await waitUntilLive(page)
    await waitForText(page, moreSv.storageTitle)
    expect(await text(page)).not.toContain(sv.offer.readOnly)
  })
})

describe('a browser that stores no CryptoKey (Lockdown Mode)', () => {
  it('joins, is closed, and reads with the host gone: keys lie as wrapped bytes', async () => {
    const refuse = () => {
      const isKey = (value: unknown): boolean =>
        value instanceof CryptoKey ||
        (value instanceof Object && Object.values(value).some((part) => isKey(part)))
      for (const name of ['put', 'add'] as const) {
        const original = Reflect.get(IDBObjectStore.prototype, name) as IDBObjectStore['put']
        IDBObjectStore.prototype[name] = function (value: unknown, key?: IDBValidKey) {
          if (isKey(value)) {
            Object.assign(window, { refused: true })
            throw new DOMException('CryptoKey could not be cloned', 'DataCloneError')
          }
          return key === undefined ? original.call(this, value) : original.call(this, value, key)
        }
      }
    }
    const own = await createTrustScene()
    try {
      const page = await open(refuse)
      await page.goto(own.link())
      await waitUntilStored(page)
      expect(await page.evaluate(() => 'refused' in window)).toBe(true)
      expect(await keyRows(page)).toEqual({ keys: 0, wrapped: expect.any(Number) as number })
      expect((await keyRows(page)).wrapped).toBeGreaterThan(2)
      await own.stop()
      await phone!.close()
      const { context, page: again } = await phone!.open()
      await context.addInitScript(refuse)
      await again.goto(`${own.app}#${routineAddress}`)
      await waitUntilLive(again)
      await waitForText(again, firstStep)
      await again.goto(`${own.app}#/ready`)
      await waitForText(again, sv.ready.allGood, 20_000)
      // And what comes later opens with them too.
      await own.start()
      await own.publish((await import('../support/organisation.ts')).testDocuments('hemtjanst', '+46701740688')) // prettier-ignore
      await again.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
      await again.goto(`${own.app}#/d/hemtjanst/contacts`)
      await waitForText(again, '070-174 06 88', 60_000)
    } finally {
      await own.remove()
    }
  })
})

function lanAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flat()
    .flatMap((each) => (each && !each.internal && each.family === 'IPv4' ? [each.address] : []))
    .slice(0, 1)
}

/** Rows of keys in every database: those that hold a CryptoKey, and those that hold wrapped bytes. */
function keyRows(page: Page): Promise<{ keys: number; wrapped: number }> {
  return page.evaluate(async () => {
    const count = { keys: 0, wrapped: 0 }
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((done) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => done(opening.result)
      })
      if (database.objectStoreNames.contains('keys')) {
        const rows = await new Promise<{ key?: unknown; wrapped?: unknown }[]>((done) => {
          const asked = database.transaction('keys').objectStore('keys').getAll()
          asked.onsuccess = () => done(asked.result as never)
        })
        count.keys += rows.filter((row) => row.key !== undefined).length
        count.wrapped += rows.filter((row) => row.wrapped !== undefined).length
      }
      database.close()
    }
    return count
  })
}
