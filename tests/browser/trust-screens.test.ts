import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moreSv } from '#i18n/more-sv.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { beyondEdge, violations } from '../support/check-screen.ts'
import { chromiumArguments } from '../support/chromium.ts'
import { createTrustScene, routineAddress, type TrustScene } from '../support/trust-scene.ts'
import { waitForText, waitUntilLive } from '../support/walk.ts'

/*
 * The screens that say something of trust, as they are when it has something to say: axe-core finds nothing in
 * either scheme, and nothing reaches beyond the edge at 320 pixels.
 */
let scene: TrustScene
let phone: Phone
let page: Page

beforeAll(async () => {
  scene = await createTrustScene({ published: 41 })
  phone = await createPhone()
  // A name that is no loopback address: plain http there is no secure context.
  const rules = '--host-resolver-rules=MAP planb.example 127.0.0.1'
  page = (await phone.open({ bypassCSP: true, args: [...chromiumArguments, rules] })).page
  await scene.join(page)
})
afterAll(async () => {
  await phone.remove()
  await scene.remove()
})

const inApp = (address: string) => async () => {
  await page.goto(`${scene.app}#${address}`)
  await waitUntilLive(page)
  await page.locator('h1').first().waitFor()
}

const screens: Record<string, () => Promise<void>> = {
  'the start, 41 days after the last confirmation': inApp('/d/hemtjanst'),
  'a routine then': inApp(routineAddress),
  'the phone’s page': async () => {
    await inApp('/ready')()
    await page.getByLabel(moreSv.nameLabel).waitFor()
  },
  'the comparison, not the same': async () => {
    await inApp('/compare')()
    await page.getByText(moreSv.spelled).first().click()
    await page.locator('.code-picture').first().waitFor()
    await page.getByLabel(moreSv.other).fill('K7F2-9QXM')
    await page.getByRole('button', { name: moreSv.compare, exact: true }).click()
    await waitForText(page, moreSv.differs)
  },
  'plain http': async () => {
    await page.goto(scene.link().replace('127.0.0.1', 'planb.example'))
    await waitForText(page, 'Plan B behöver en säker adress')
  },
}

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it.each(Object.entries(screens))('%s', async (_, open) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 320, height: 640 })
    await open()
    expect(await violations(page)).toEqual([])
    expect(await beyondEdge(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    // Away: the next may differ behind # only, which would be no new visit.
    await page.goto('about:blank')
  })
})
