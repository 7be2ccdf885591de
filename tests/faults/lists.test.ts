import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { joinDepartment, waitUntilLive } from '../support/walk.ts'

/*
 * The lists of DESIGN: the reader's is stored before the worker takes over, the rest once plans are
 * stored, and an update holds every list that the build before it held.
 */
let server: PlanBServer
let phone: Phone
let page: Page

beforeAll(async () => {
  server = await startPlanB()
  phone = await createPhone()
  page = (await phone.open()).page
  await joinDepartment(page, server, 'hemtjanst')
  await waitUntilLive(page)
})
afterAll(async () => {
  await phone.remove()
  await server.remove()
})

/** In the page: paths of what the shell's caches hold. */
async function heldFiles(): Promise<string[]> {
  const held: string[] = []
  for (const name of await caches.keys()) {
    if (!name.includes('planb-shell')) continue
    for (const key of await (await caches.open(name)).keys()) held.push(new URL(key.url).pathname)
  }
  return held.sort()
}

/** In the page: what the worker says about what it holds. */
async function checkShell(): Promise<{ files: number; broken: string[] }> {
  const { active } = await navigator.serviceWorker.ready
  const channel = new MessageChannel()
  const answer = new Promise<{ files: number; broken: string[] }>((resolve) => {
    channel.port1.onmessage = (event: MessageEvent<{ files: number; broken: string[] }>) =>
      resolve(event.data)
  })
  active?.postMessage({ type: 'CHECK_SHELL' }, [channel.port2])
  return answer
}

const english = /\/assets\/en-/
const holdsEnglish = () =>
  expect
    .poll(async () => (await page.evaluate(heldFiles)).some((path) => english.test(path)), {
      timeout: 15_000,
    })
    .toBe(true)

describe('the rest', () => {
  it('is stored once plans are, and counted from then on', async () => {
    await holdsEnglish()
    await expect.poll(async () => page.evaluate(checkShell)).toMatchObject({ broken: [] })
    const held = (await page.evaluate(heldFiles)).filter((path) => !path.startsWith('/holds/'))
    for (const name of ['/manifest.webmanifest', '/icons/icon.svg']) expect(held).toContain(name)
    for (const name of [/\/decode-/, /\/open-keys-/])
      expect(held.filter((path) => name.test(path))).toHaveLength(1)
    await expect
      .poll(async () => (await page.evaluate(checkShell)).files, { timeout: 15_000 })
      .toBe(held.length)
  })

  it('is broken, not forgotten, when a file of it is lost, and mended at the next chance', async () => {
    const lost = await page.evaluate(async () => {
      for (const name of await caches.keys()) {
        const cache = await caches.open(name)
        for (const key of name.includes('planb-shell') ? await cache.keys() : [])
          if (key.url.includes('/assets/en-') && (await cache.delete(key)))
            return new URL(key.url).pathname.slice(1)
      }
      return undefined
    })
    expect((await page.evaluate(checkShell)).broken).toEqual([lost])
    await page.evaluate(async () => {
      const { active } = await navigator.serviceWorker.ready
      active?.postMessage({ type: 'STORE_REST' })
    })
    await holdsEnglish()
  })

  it('is stored by an update before it takes over, where the build before held it', async () => {
    const before = (await page.evaluate(checkShell)).files
    await page.evaluate(async () => {
      const name = (await caches.keys()).find((each) => each.includes('planb-shell'))
      if (!name) throw new Error('no shell')
      const current = await caches.open(name)
      const older = await caches.open(`${name.slice(0, name.lastIndexOf(':'))}:0000000000000000`)
      // As after a deploy: what the older build holds has other names.
      for (const key of await current.keys()) {
        const response = await current.match(key)
        if (!response) continue
        await older.put(key.url.includes('/assets/') ? `${key.url}.older` : key, response)
      }
      await caches.delete(name)
      const registration = await navigator.serviceWorker.getRegistration()
      await registration?.unregister()
    })
    // Away, so that the worker ends; then a page that is not the app, which would ask for the rest itself.
    await page.goto('about:blank')
    await page.goto(`${server.app}robots.txt`)
    await page.evaluate(async () => {
      const next = await navigator.serviceWorker.register('./sw.js', { updateViaCache: 'none' })
      const worker = next.installing ?? next.waiting ?? next.active
      if (!worker) throw new Error('no worker')
      while (worker.state === 'installing') await new Promise((done) => setTimeout(done, 50))
      if (worker.state === 'redundant') throw new Error('it did not install')
    })
    expect(await page.evaluate(checkShell)).toMatchObject({ files: before, broken: [] })
  })

  it('opens with the host dead', async () => {
    await server.stop()
    const session = await page.context().newCDPSession(page)
    await session.send('Network.clearBrowserCache')
    const script = (await page.evaluate(heldFiles)).find((path) => english.test(path))
    // As text: a test runner would make its own of a function's import().
    expect(await page.evaluate(`import('${script}').then(Object.keys)`)).not.toEqual([])
  })
})
