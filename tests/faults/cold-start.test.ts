import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { captivePortal, silentHost, type TakenOverPort } from '../support/dead-hosts.ts'
import { createFirefoxProfile, findFirefox } from '../support/firefox.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { joinDepartment, readFirstStep, routineAddress, waitForText } from '../support/walk.ts'
import { createWebKitProfile, hasWebKit } from '../support/webkit.ts'

/*
 * The main job: joined once in calm; then the host is gone, the browser was closed, the phone has
 * restarted; a deep link is opened. The server is really stopped and the browser really closed.
 */
const hosts: { name: string; takeOver: (port: number) => Promise<TakenOverPort | undefined> }[] = [
  { name: 'dead: connections are refused', takeOver: () => Promise.resolve(undefined) },
  { name: 'silent: accepts and never answers', takeOver: silentHost },
  { name: 'captive: a portal answers 200 with HTML', takeOver: captivePortal },
]

let firstStep: string
let server: PlanBServer
let taken: TakenOverPort | undefined

beforeAll(async () => {
  firstStep = await readFirstStep()
  server = await startPlanB()
})
afterAll(() => server.remove())
afterEach(async () => {
  await taken?.close()
  taken = undefined
})

describe('Chromium', () => {
  let phone: Phone
  beforeAll(async () => {
    if (server.port === 0) throw new Error('no server')
    phone = await createPhone()
    const { page } = await phone.open()
    await joinDepartment(page, server, 'hemtjanst')
    await phone.close()
    await server.stop()
  })
  afterAll(async () => {
    await phone.remove()
    server = await startPlanB({ port: server.port, data: server.data })
  })

  it.each(hosts)('opens the routine with the host $name', async ({ takeOver }) => {
    taken = await takeOver(server.port)
    const { page } = await phone.open()
    const failures: string[] = []
    page.on('pageerror', (error) => failures.push(error.message))
    const started = Date.now()
    await page.goto(`${server.app}#${routineAddress}`)
    await waitForText(page, firstStep)
    expect(Date.now() - started).toBeLessThan(10_000)
    // The app itself has taken over from the reading copy, and goes on from page to page.
    await page.waitForFunction(() => document.documentElement.dataset.live !== undefined)
    await waitForText(page, firstStep)
    await page.goto(`${server.app}#/d/hemtjanst`)
    await waitForText(page, 'TES: din körlista')
    expect(await page.locator('a[href^="tel:"]').count()).toBeGreaterThan(1)
    expect(failures).toEqual([])
  })
  afterEach(() => phone.close())
})

describe.runIf(findFirefox())('Firefox', () => {
  let profile: Awaited<ReturnType<typeof createFirefoxProfile>>
  beforeAll(async () => {
    profile = await createFirefoxProfile()
    const page = await profile.open()
    await page.goto(server.invitations.hemtjanst ?? '')
    await page.waitForFunction(storedExpression, { polling: 200, timeout: 60_000 })
    await profile.close()
    await server.stop()
  })
  afterAll(async () => {
    await profile.remove()
    server = await startPlanB({ port: server.port, data: server.data })
  })

  it.each(hosts)('opens the routine with the host $name', async ({ takeOver }) => {
    taken = await takeOver(server.port)
    const page = await profile.open()
    await page.goto(`${server.app}#${routineAddress}`, { waitUntil: 'domcontentloaded' })
    await page.waitForFunction(
      `document.body.innerText.includes(${JSON.stringify(firstStep)}) && document.documentElement.dataset.live !== undefined`,
      { polling: 100, timeout: 15_000 },
    )
  })
  afterEach(() => profile.close())
})

describe.runIf(hasWebKit())('WebKitGTK', () => {
  let profile: Awaited<ReturnType<typeof createWebKitProfile>>
  beforeAll(async () => {
    profile = await createWebKitProfile()
    const stored = await profile.run(
      server.invitations.hemtjanst ?? '',
      `(async () => { for (let i = 0; i < 300; i += 1) { if (await (${storedExpression})) return 'stored'; await new Promise((done) => setTimeout(done, 200)) } return document.body.innerText })()`,
    )
    expect(stored).toBe('stored')
    await server.stop()
  })
  afterAll(async () => {
    await profile.remove()
    server = await startPlanB({ port: server.port, data: server.data })
  })

  it.each(hosts)('opens the routine with the host $name', async ({ takeOver }) => {
    taken = await takeOver(server.port)
    const text = await profile.run(
      `${server.app}#${routineAddress}`,
      `(async () => { for (let i = 0; i < 75; i += 1) { if (document.documentElement.dataset.live !== undefined) break; await new Promise((done) => setTimeout(done, 200)) } return document.documentElement.dataset.live === undefined ? 'the app did not start' : document.body.innerText })()`,
    )
    expect(text).toContain(firstStep)
  })
})

/** `isStored` of walk.ts as an expression, for engines that take text only. */
const storedExpression = `(async () => {
  const registration = await navigator.serviceWorker.getRegistration()
  if (!registration || !registration.active || registration.active.state !== 'activated') return false
  if (!(await caches.has('planb-copy:/'))) return false
  const pointer = await (await caches.open('planb-copy:/')).match('https://reading-copy.invalid/current')
  if (!pointer) return false
  const pages = await caches.open('planb-copy:/:' + (await pointer.text()))
  const url = 'https://reading-copy.invalid/page?a=' + encodeURIComponent('/d/hemtjanst')
  return (await pages.match(url)) !== undefined
})()`
