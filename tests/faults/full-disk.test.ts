import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CDPSession, Page } from 'playwright-core'
import { sv } from '#i18n/sv.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
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
 * The phone is full: on the first visit and on an update. It says so in plain words, what was stored
 * stays readable with the host dead, and when there is room again, the rest arrives.
 */
let line: FaultyLine
let firstStep: string
let joined: Phone
let phone: Phone
let page: Page
let session: CDPSession

beforeAll(async () => {
  firstStep = await readFirstStep()
  line = await startFaultyLine()
  joined = await createPhone()
  await joinDepartment((await joined.open()).page, line, 'hemtjanst')
  await joined.close()
})
beforeEach(async () => {
  await line.revive()
})
afterEach(() => phone.remove())
afterAll(async () => {
  await joined.remove()
  await line.remove()
})

async function open(like?: Phone): Promise<void> {
  phone = await createPhone(like)
  const opened = await phone.open()
  page = opened.page
  // The override lasts as long as the session that made it.
  session = await opened.context.newCDPSession(page)
}

/** @param quotaSize in bytes; undefined: as much as the disk has */
async function setQuota(quotaSize: number | undefined): Promise<void> {
  const { origin } = new URL(line.app)
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize })
}

async function usage(): Promise<number> {
  const { origin } = new URL(line.app)
  return (await session.send('Storage.getUsageAndQuota', { origin })).usage
}

describe('on a first visit', () => {
  it.each([
    ['no room at all', 1_000],
    ['room for the app and not for the plans', 60_000],
    ['room for most of it', 500_000],
  ])('with %s: says so, and goes on when there is room', async (_name, quota) => {
    await open()
    await setQuota(quota)
    await page.goto(line.invitations.hemtjanst ?? '')
    await waitUntilLive(page)
    await page.waitForFunction(
      (words) => words.some((text) => document.body.innerText.includes(text)),
      [sv.join.error.full, sv.offer.full],
      { polling: 100, timeout: 20_000 },
    )
    expect(await page.evaluate(isStored, 'hemtjanst')).toBe(false)
    await setQuota(undefined)
    await page.goto('about:blank')
    await joinDepartment(page, line, 'hemtjanst')
    await line.die()
    await phone.close()
    page = (await phone.open()).page
    await page.goto(`${line.app}#${routineAddress}`)
    await waitForText(page, firstStep)
  })
})

describe('on an update', () => {
  it('keeps what was stored readable, and takes the new when there is room', async () => {
    await open(joined)
    const held = await usage()
    // Chromium remembers the room that is left for half a minute: said before anything is written.
    await setQuota(held - 10_000)
    const step = 'Ett nytt första steg, som just har publicerats.'
    await line.publish(step)
    await page.goto(`${line.app}#${routineAddress}`)
    await waitForText(page, firstStep)
    await line.waitFor((path) => path.startsWith('/store/b/'))
    await waitForText(page, sv.offer.full, 30_000)
    await waitForText(page, firstStep)
    await line.die()
    await phone.close()
    const opened = await phone.open()
    page = opened.page
    session = await opened.context.newCDPSession(page)
    await setQuota(held - 10_000)
    await page.goto(`${line.app}#${routineAddress}`)
    await waitForText(page, firstStep)
    await waitUntilLive(page)
    await waitForText(page, firstStep)
    await page.goto('about:blank')
    await setQuota(undefined)
    await line.revive()
    await page.goto(`${line.app}#${routineAddress}`)
    await waitForText(page, step, 60_000)
    await waitUntilStored(page)
  })
})
