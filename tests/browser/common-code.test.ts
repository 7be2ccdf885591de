import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editorSv } from '#i18n/editor-sv.ts'
import { sv } from '#i18n/sv.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { publishChanged } from '../support/changed-plans.ts'
import { becomeCoordinator } from '../support/office-phone.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { joinDepartment, readFirstStep, waitForText } from '../support/walk.ts'

/*
 * A phone is lost. Leaving it out of its department does not keep from it what all departments share: that has
 * a code of its own, which the coordinator changes on a page of its own.
 */
const routine = 'gemensamt/routines/jag-vet-inte.yaml'
const address = '/d/gemensamt/routine/jag-vet-inte'
let server: PlanBServer
let firstStep: string
const phones: Phone[] = []
let coordinator: Page
let staff: Page
let lost: Page

async function openPhone(): Promise<Page> {
  const phone = await createPhone()
  phones.push(phone)
  return (await phone.open()).page
}

beforeAll(async () => {
  firstStep = await readFirstStep('gemensamt', 'jag-vet-inte')
  server = await startPlanB()
  coordinator = await openPhone()
  await becomeCoordinator(coordinator, server)
  staff = await openPhone()
  lost = await openPhone()
  for (const page of [staff, lost]) await joinDepartment(page, server, 'hemtjanst')
  await nameIt(lost, 'Borttappad')
  await nameIt(staff, 'Bil 3')
  for (const page of [staff, lost]) {
    await goTo(page, address)
    await waitForText(page, firstStep)
  }
}, 240_000)
afterAll(async () => {
  for (const phone of phones) await phone.remove()
  await server.remove()
})

/** In the page that is open: no reload, as by a tap. */
async function goTo(page: Page, to: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash
  }, `#${to}`)
  await page.locator('h1').first().waitFor()
}

async function nameIt(page: Page, name: string): Promise<void> {
  await goTo(page, '/ready')
  await page.locator('#phone-name input').fill(name)
  await page.locator('#phone-name button').click()
  await page.locator('#phone-name .notice.is-good').waitFor()
}

const textOf = (page: Page) => page.evaluate(() => document.body.innerText)

/** Asks the stores anew, as returning to the app does. */
async function comeBack(page: Page): Promise<string> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  return textOf(page)
}

async function waitForBySync(page: Page, text: string): Promise<void> {
  const shown = () => comeBack(page)
  await expect.poll(shown, { timeout: 60_000, interval: 1500 }).toContain(text)
}

describe('a phone that is left out of its department', () => {
  it('is said to read on what all share, before and after, with the way to change that', async () => {
    await goTo(coordinator, '/edit/phones/hemtjanst')
    for (const label of ['Bil 3', 'Borttappad']) await waitForBySync(coordinator, label)
    await coordinator.getByRole('button', { name: editorSv.rotate.open }).click()
    await waitForText(coordinator, editorSv.rotate.common)
    await coordinator.getByLabel('Borttappad').uncheck()
    await coordinator.getByRole('button', { name: editorSv.rotate.button, exact: true }).click()
    await coordinator.getByRole('button', { name: editorSv.rotate.yes }).click()
    await waitForText(coordinator, editorSv.rotate.commonLeft, 60_000)
    await coordinator.getByRole('link', { name: editorSv.rotate.commonLink }).waitFor()
    await goTo(lost, '/d/hemtjanst')
    await waitForBySync(lost, sv.trust.needsNewCode)
    await goTo(lost, address)
  }, 120_000)

  it('does read it: a new version reaches both', async () => {
    const second = 'Andra utgåvan: fråga dig om någon kan komma till skada.'
    await publishChanged(server.data, routine, firstStep, second)
    for (const page of [staff, lost]) await waitForBySync(page, second)
  }, 180_000)
})

describe('the code of what all share is changed', () => {
  it('on its own page, which says what to do first, and asks', async () => {
    await coordinator.getByRole('link', { name: editorSv.rotate.commonLink }).click()
    await waitForText(coordinator, editorSv.common.first)
    const button = coordinator.getByRole('button', { name: editorSv.rotate.button, exact: true })
    await button.click()
    await waitForText(coordinator, editorSv.common.askText)
    await coordinator.getByRole('button', { name: editorSv.rotate.no }).click()
    await button.click()
    await coordinator.getByRole('button', { name: editorSv.rotate.yes }).click()
    await waitForText(coordinator, editorSv.common.done, 120_000)
  }, 180_000)

  it('the others come along and notice nothing; the lost one gets no new version', async () => {
    const third = 'Tredje utgåvan: fråga dig om någon kan komma till skada.'
    await publishChanged(server.data, routine, firstStep, third)
    await waitForBySync(staff, third)
    expect(await textOf(staff)).not.toContain(sv.trust.needsNewCode)
    for (let times = 0; times < 5; times++) {
      await comeBack(lost)
      await lost.waitForTimeout(1000)
    }
    const shown = await textOf(lost)
    expect(shown).toContain('Andra utgåvan')
    expect(shown).not.toContain('Tredje utgåvan')
    await waitForBySync(coordinator, editorSv.common.done)
    await goTo(coordinator, address)
    await waitForBySync(coordinator, third)
  }, 180_000)

  it('an invitation of another department, made before, lets somebody in as it did', async () => {
    const next = await openPhone()
    await joinDepartment(next, server, 'hemsjukvard')
    await goTo(next, address)
    await waitForText(next, 'Tredje utgåvan', 60_000)
  }, 120_000)
})
