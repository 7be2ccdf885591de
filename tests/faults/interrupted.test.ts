import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { emptyPhone } from '../support/empty-phone.ts'
import { startFaultyLine, type FaultyLine } from '../support/faulty-line.ts'
import {
  isStored,
  joinDepartment,
  readFirstStep,
  routineAddress,
  waitForText,
  waitUntilLive,
  waitUntilStored,
} from '../support/walk.ts'

/*
 * The download is stopped in the middle of every object in turn, on the first visit and on an update.
 * Half of anything is nothing; what was there stays; when the line is good again, all of it arrives.
 */
const newStep = 'Ett nytt första steg, som just har publicerats.'
const isApp = (path: string) => !path.startsWith('/store/') && path !== '/example.json'

let line: FaultyLine
let firstStep: string
/** Joined when the first version was the newest. */
let joined: Phone
/** Those of the test that is run. */
const phones: Phone[] = []
/** Every path a first visit asks for. */
let asked: string[]

beforeAll(async () => {
  firstStep = await readFirstStep()
  line = await startFaultyLine()
  joined = await createPhone()
  const { page } = await joined.open()
  await joinDepartment(page, line, 'hemtjanst')
  await joined.close()
  asked = [...new Set(line.takeLog())]
})
afterEach(async () => {
  line.mend()
  await line.revive()
  for (const phone of phones.splice(0)) await phone.remove()
})
afterAll(async () => {
  await joined.remove()
  await line.remove()
})

async function aPhone(like?: Phone): Promise<Phone> {
  const phone = await createPhone(like)
  phones.push(phone)
  return phone
}

describe('a first visit', () => {
  it('asks for every kind of file and object', () => {
    expect(asked.filter(isApp)).toEqual(
      expect.arrayContaining(['/', '/sw.js', '/index.html', '/manifest.webmanifest']),
    )
    expect(asked.filter((path) => path.startsWith('/store/b/')).length).toBeGreaterThan(4)
    expect(asked).toContain('/store/root/1.jws')
  })

  it('stopped in any object of the store keeps nothing half, and goes on by itself', async () => {
    const phone = await aPhone()
    const { page } = await phone.open()
    for (const path of asked.filter((each) => each.startsWith('/store/'))) {
      await emptyPhone(page, line.app)
      line.takeLog()
      line.interfere((each) => (each === path ? 'cut' : 'pass'))
      await page.goto(line.invitations.hemtjanst ?? '')
      await line.waitFor((each) => each === path)
      await page.waitForTimeout(250)
      // What is not there need not arrive: a cut "404" is one all the same.
      if (isNeeded(path)) {
        expect(await page.innerText('body'), path).not.toContain(firstStep)
        expect(await page.evaluate(isStored, 'hemtjanst'), path).toBe(false)
      }
      line.mend()
      await waitUntilStored(page)
    }
    await page.goto(`${line.app}#${routineAddress}`)
    await waitForText(page, firstStep)
  }, 240_000)

  it('stopped in any file of the app installs no half app, and the next try is whole', async () => {
    for (const path of asked.filter(isApp)) {
      // A browser that has never been there: what clearing leaves half-open would be our own doing.
      const phone = await aPhone()
      const { page } = await phone.open()
      line.takeLog()
      line.interfere((each) => (each === path ? 'cut' : 'pass'))
      await page.goto(line.invitations.hemtjanst ?? '').catch(() => undefined)
      await line.waitFor((each) => each === path)
      await page.waitForTimeout(500)
      expect(await shellIsWholeOrNone(page), path).toBe(true)
      line.mend()
      await joinDepartment(page, line, 'hemtjanst')
      expect(await shellIsWholeOrNone(page), path).toBe(true)
      await phone.remove()
    }
  }, 420_000)

  it('whose worker could not be installed gets it while the page is open', async () => {
    const phone = await aPhone()
    const { page } = await phone.open()
    line.interfere((each) => (each === '/index.html' ? 'cut' : 'pass'))
    await page.goto(line.invitations.hemtjanst ?? '')
    await waitForText(page, 'TES: din körlista')
    expect(await page.evaluate(isStored, 'hemtjanst')).toBe(false)
    await page.evaluate(() => Object.assign(window, { isSamePage: true }))
    line.mend()
    await waitUntilStored(page)
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
    await line.die()
    await phone.close()
    const reopened = (await phone.open()).page
    await reopened.goto(`${line.app}#${routineAddress}`)
    await waitForText(reopened, firstStep)
    await phone.remove()
    await line.revive()
  })
})

describe('an update', () => {
  let update: string[]
  beforeAll(async () => {
    await line.publish(newStep)
    const phone = await aPhone(joined)
    const { page } = await phone.open()
    line.takeLog()
    await page.goto(`${line.app}#${routineAddress}`)
    await waitForText(page, newStep)
    update = [...new Set(line.takeLog())].filter((path) => path.startsWith('/store/'))
  })

  it('stopped in any object leaves the old version readable, and arrives when the line is good', async () => {
    expect(update.filter((path) => path.startsWith('/store/b/')).length).toBeGreaterThan(1)
    for (const path of update.filter((each) => mattersToUpdate(each))) {
      const phone = await aPhone(joined)
      let { page } = await phone.open()
      line.takeLog()
      line.interfere((each) => (each === path ? 'cut' : 'pass'))
      await page.goto(`${line.app}#${routineAddress}`)
      await line.waitFor((each) => each === path)
      await page.waitForTimeout(300)
      await waitForText(page, firstStep)
      expect(await page.innerText('body'), path).not.toContain(newStep)
      await line.die()
      await phone.close()
      page = (await phone.open()).page
      await page.goto(`${line.app}#${routineAddress}`)
      await waitForText(page, firstStep)
      await waitUntilLive(page)
      await waitForText(page, firstStep)
      await page.evaluate(() => Object.assign(window, { isSamePage: true }))
      line.mend()
      await line.revive()
      await waitForText(page, newStep, 30_000)
      expect(await page.evaluate(() => 'isSamePage' in window), path).toBe(true)
      await phone.remove()
    }
  }, 300_000)
})

/** Objects without which a first visit cannot have everything; probes beyond the newest answer 404. */
function isNeeded(path: string): boolean {
  return /^\/store\/(b\/|root\/1\.jws|d\/\w+\/head\/0001-0000000001)/.test(path)
}

/** What is asked for anew in an update; of what is known already, a cut changes nothing. */
function mattersToUpdate(path: string): boolean {
  return /^\/store\/(b\/|d\/hemtjanst\/(latest|head\/0001-0000000002))/.test(path)
}

/** Whether the app's files are all stored with the bytes of the build, or no worker took them. */
async function shellIsWholeOrNone(page: Page): Promise<boolean> {
  if (!page.url().startsWith('http')) return true
  return await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    const shells = (await caches.keys()).filter((name) => name.includes('planb-shell'))
    const worker = registration?.active
    if (!worker) return registration?.installing != null || shells.length === 0
    const channel = new MessageChannel()
    const answer = new Promise<{ broken: string[] }>((done) => {
      channel.port1.onmessage = (event: MessageEvent<{ broken: string[] }>) => done(event.data)
    })
    worker.postMessage({ type: 'CHECK_SHELL' }, [channel.port2])
    return (await answer).broken.length === 0
  })
}
