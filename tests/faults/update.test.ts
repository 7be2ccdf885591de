import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { sv } from '#i18n/sv.ts'
import { startServer, type RunningServer } from '#server/main.ts'
import { decodeInvitation } from '#trust/invitation.ts'
import { understandLink } from '#trust/understand-link.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { buildVariant, type BuiltApp } from '../support/built-app.ts'
import { publishFirstStep } from '../support/changed-plans.ts'
import {
  startInterferingProxy,
  type Interference,
  type InterferingProxy,
} from '../support/interfering-proxy.ts'
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
 * A newer version of the app, or of the plans, arrives while somebody reads a routine. Nothing reloads by
 * itself, what was ticked stays, and a version that does not arrive whole or never starts takes nothing away.
 */
let example: PlanBServer
let organisation: string
let builds: { one: BuiltApp; two: BuiltApp; broken: BuiltApp }
let served: RunningServer | undefined
let proxy: InterferingProxy | undefined
let firstStep: string
let joined: Phone
let phone: Phone
let page: Page

beforeAll(async () => {
  firstStep = await readFirstStep()
  example = await startPlanB()
  await example.stop()
  const link = understandLink(example.invitations.hemtjanst ?? '')
  organisation = decodeInvitation(link?.payload ?? '').organisation
  const mark = (text: string) => `${text}\ndocument.documentElement.dataset.build = 'two'\n`
  builds = {
    one: await buildVariant(),
    two: await buildVariant({
      'src/app/main.tsx': mark,
      'src/i18n/en.ts': (text) => text.replace("skip: '", "skip: 'Two: "),
    }),
    broken: await buildVariant({
      'src/app/main.tsx': (text) =>
        text.replace('const device = await', "throw new Error('broken')\nconst device = await"),
    }),
  }
  await deploy(builds.one)
  joined = await createPhone()
  page = (await joined.open()).page
  await joinDepartment(page, example, 'hemtjanst')
  await joined.close()
})
afterEach(() => phone.remove())
afterAll(async () => {
  await joined.remove()
  await hostDies()
  for (const build of Object.values(builds)) await build.remove()
  await example.remove()
})

async function hostDies(): Promise<void> {
  await proxy?.close()
  await served?.stop()
  proxy = served = undefined
}

/** The host serves another build from now on, and hashed files of the one before. */
async function deploy(app: BuiltApp, earlier?: BuiltApp): Promise<void> {
  await hostDies()
  served = await startServer({
    storeDirectory: join(example.data, 'store'),
    appDirectory: app.directory,
    ...(earlier ? { earlierDirectory: earlier.directory } : {}),
    organisation,
    example: true,
    host: '127.0.0.1',
    port: 0,
    log: () => undefined,
  })
  proxy = await startInterferingProxy(served.port, example.port)
}

async function openRoutine(): Promise<void> {
  page = (await phone.open()).page
  await page.goto(`${example.app}#${routineAddress}`)
  await waitForText(page, firstStep)
}

const buildOf = (of: Page) => of.evaluate(() => document.documentElement.dataset.build ?? 'one')
const mark = (of: Page) => of.evaluate(() => Object.assign(window, { isSamePage: true }))
const isSamePage = (of: Page) => of.evaluate(() => 'isSamePage' in window)
const steps = (of: Page) => of.locator('main input[data-step]')

async function goTo(of: Page, address: string): Promise<void> {
  await of.evaluate((hash) => {
    location.hash = hash
  }, `#${address}`)
}

/** Asks the host for newer code; whether a worker waits afterwards. */
async function checkForUpdate(of: Page): Promise<boolean> {
  return of.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    await registration?.update().catch(() => undefined)
    const deadline = Date.now() + 15_000
    while (registration?.installing && Date.now() < deadline)
      await new Promise((done) => setTimeout(done, 50))
    return registration?.waiting != null
  })
}

describe('a newer app while a routine is open', () => {
  it('is offered, reloads nothing by itself, and keeps what was ticked', async () => {
    await deploy(builds.one)
    phone = await createPhone(joined)
    await openRoutine()
    await waitUntilLive(page)
    await steps(page).nth(0).check()
    await steps(page).nth(1).check()
    await mark(page)
    await deploy(builds.two, builds.one)
    // Another tab is opened: the browser looks for newer code by itself.
    const other = await page.context().newPage()
    await other.goto(`${example.app}#/d/hemtjanst`)
    await waitUntilLive(other)
    await checkForUpdate(other)
    await waitForText(other, sv.offer.update)
    expect(await buildOf(other)).toBe('one')
    expect(await isSamePage(page)).toBe(true)
    expect(await steps(page).nth(1).isChecked()).toBe(true)
    // The tab with the routine goes on, and offers it where it disturbs nobody.
    await steps(page).nth(2).check()
    await goTo(page, '/d/hemtjanst')
    await waitForText(page, sv.offer.update)
    await goTo(page, routineAddress)

    await other.getByRole('button', { name: sv.offer.updateYes }).click()
    await other.waitForFunction(() => document.documentElement.dataset.build === 'two', undefined, { timeout: 15_000 }) // prettier-ignore
    await waitForText(other, 'TES: din körlista')
    // The first tab goes on with what it has loaded, also with parts that it had not loaded yet.
    await page.waitForTimeout(1500)
    expect(await isSamePage(page)).toBe(true)
    expect(await buildOf(page)).toBe('one')
    expect(await steps(page).nth(2).isChecked()).toBe(true)
    await goTo(page, '/ready')
    await page.getByRole('radio', { name: 'English' }).click({ force: true })
    await page.waitForFunction(() => document.documentElement.lang === 'en')
    expect(await isSamePage(page)).toBe(true)
    // And the newer one has what was ticked, with the host dead.
    await hostDies()
    await phone.close()
    page = (await phone.open()).page
    await page.goto(`${example.app}#${routineAddress}`)
    // In English now, once the app is up.
    await waitUntilLive(page)
    expect(await buildOf(page)).toBe('two')
    for (const at of [0, 1, 2]) expect(await steps(page).nth(at).isChecked()).toBe(true)
  })

  it.each<Interference>(['gone', 'flip', 'html', 'cut'])(
    'does not take over with a file that is "%s": the one in use goes on',
    async (lie) => {
      await deploy(builds.two, builds.one)
      phone = await createPhone(joined)
      proxy?.interfere((path) => (path.startsWith('/assets/main-') ? lie : 'pass'))
      await openRoutine()
      await waitUntilLive(page)
      proxy?.takeLog()
      expect(await checkForUpdate(page)).toBe(false)
      expect(proxy?.takeLog().some((path) => path.startsWith('/assets/main-'))).toBe(true)
      expect(await buildOf(page)).toBe('one')
      await hostDies()
      await phone.close()
      await openRoutine()
      await waitUntilLive(page)
      expect(await buildOf(page)).toBe('one')
      await deploy(builds.two, builds.one)
      expect(await checkForUpdate(page)).toBe(true)
      await goTo(page, '/d/hemtjanst')
      await waitForText(page, sv.offer.update)
    },
  )

  it('that never starts gives way to the one before, and the plans can be read meanwhile', async () => {
    await deploy(builds.broken, builds.one)
    phone = await createPhone(joined)
    await openRoutine()
    await waitUntilLive(page)
    expect(await checkForUpdate(page)).toBe(true)
    await goTo(page, '/d/hemtjanst')
    await page.getByRole('button', { name: sv.offer.updateYes }).click()
    await waitForText(page, 'Du läser den sparade kopian')
    await waitForText(page, 'TES: din körlista')
    let starts = 1
    await hostDies()
    for (; starts < 6; starts += 1) {
      await phone.close()
      await openRoutine()
      await page.waitForFunction(() => document.documentElement.dataset.live !== undefined || document.querySelector('.cannot-start')) // prettier-ignore
      if (await isLive(page)) break
    }
    expect(starts).toBe(3)
    expect(await buildOf(page)).toBe('one')
    await waitForText(page, firstStep)
  })
})

describe('newer plans while a routine is open', () => {
  it('are shown without a reload, and what was ticked stays', async () => {
    const newStep = 'Ett nytt första steg, som just har publicerats.'
    await deploy(builds.one)
    phone = await createPhone(joined)
    await openRoutine()
    await waitUntilLive(page)
    await steps(page).nth(1).check()
    await mark(page)
    await publishFirstStep(example.data, newStep)
    // A return to the foreground; otherwise within 45 seconds.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await waitForText(page, newStep, 20_000)
    expect(await isSamePage(page)).toBe(true)
    expect(await steps(page).nth(0).isChecked()).toBe(false)
    expect(await steps(page).nth(1).isChecked()).toBe(true)
  })
})
