import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { en } from '#i18n/en.ts'
import { sv } from '#i18n/sv.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { beyondEdge, smallTargets, violations } from '../support/check-screen.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { waitForText } from '../support/walk.ts'

/* In which language the first page stands, before anybody has chosen one. */
let server: PlanBServer
let phone: Phone

beforeAll(async () => {
  server = await startPlanB()
})
afterEach(() => phone.remove())
afterAll(() => server.remove())

async function openIn(locale: string, address: string): Promise<Page> {
  phone = await createPhone()
  return openAgain(locale, address)
}

async function openAgain(locale: string, address: string): Promise<Page> {
  const { page } = await phone.open({ locale, bypassCSP: true })
  await page.goto(`${server.app}${address}`)
  return page
}

const languageOf = (page: Page) => page.evaluate(() => document.documentElement.lang)

it.each([
  ['#/join', en.join.lead],
  ['#/', en.start.what],
])(
  'is English in an English browser, on %s; Swedish is a tap away and stays',
  async (address, text) => {
    let page = await openIn('en-GB', address)
    await waitForText(page, text)
    expect(await languageOf(page)).toBe('en')
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Svenska' }).click()
    await waitForText(page, sv.join.scan)
    await phone.close()
    page = await openAgain('en-GB', address)
    await waitForText(page, sv.join.scan)
    expect(await languageOf(page)).toBe('sv')
  },
)

it.each(['sv-SE', 'fi-FI', 'ar'])(
  'is Swedish in a browser in %s; English is a tap away and stays',
  async (locale) => {
    let page = await openIn(locale, '#/join')
    await waitForText(page, sv.join.lead)
    await page.setViewportSize({ width: 320, height: 640 })
    expect([...(await beyondEdge(page)), ...(await smallTargets(page))]).toEqual([])
    const button = page.getByRole('button', { name: 'English' })
    expect(await button.getAttribute('lang')).toBe('en')
    expect((await button.boundingBox())!.y).toBeLessThan(300)
    await button.click()
    await waitForText(page, en.join.lead)
    await phone.close()
    page = await openAgain(locale, '#/')
    await waitForText(page, en.start.what)
  },
)
