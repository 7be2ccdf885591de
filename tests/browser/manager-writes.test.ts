import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { manageSv } from '#i18n/manage-sv.ts'
import { writeSv } from '#i18n/write-sv.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { letIn } from '../support/let-in.ts'
import { becomeCoordinator } from '../support/office-phone.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { joinDepartment, readFirstStep, waitForText } from '../support/walk.ts'
import { field, openWriting, waitUntilSaved } from '../support/write-screens.ts'

/*
 * From the coordinator's address on, by the screens alone: two managers are let in, one writes and the other, the
 * medical lead nurse, approves; three phones of staff have it within a minute, and when everything is stopped.
 */
const routine = 'hemtjanst/routine/nar-insulinet-ar-slut'
const [manager, nurse] = [0, 1]
const staff = [2, 3, 4]

let server: PlanBServer
const phones: Phone[] = []
let coordinator: Page
const pages: Page[] = []

beforeAll(async () => {
  server = await startPlanB()
  for (let count = 0; count < 6; count++) {
    const phone = await createPhone()
    phones.push(phone)
    const { page } = await phone.open()
    page.setDefaultTimeout(20_000)
    pages.push(page)
  }
  coordinator = pages.pop()!
  await becomeCoordinator(coordinator, server)
  for (const page of pages) await joinDepartment(page, server, 'hemtjanst')
}, 300_000)
afterAll(async () => {
  for (const phone of phones) await phone.remove()
  await server.remove()
})

async function publish(page: Page): Promise<void> {
  await page.goto(`${server.app}#/edit/publish/hemtjanst`)
  await page.getByRole('button', { name: /^Publicera (till \d+ telefon|$)/ }).click()
  await waitForText(page, manageSv.publish.done, 60_000)
}

async function write(page: Page, place: string, text: string): Promise<void> {
  await field(page, place).fill(text)
}

it('two managers are let in, one of them to approve health care', async () => {
  const title = 'Hemtjänst'
  await letIn(coordinator, pages[nurse]!, server, { role: 'MAS', title, nurse: true })
  await letIn(coordinator, pages[manager]!, server, { role: 'Enhetschef natt', title })
}, 240_000)

it('one writes a routine from nothing, with whom to call and which paper, and changes a number', async () => {
  const page = pages[manager]!
  await page.goto(`${server.app}#/edit/new/hemtjanst/routine`)
  await page.getByLabel(writeSv.new.title).fill('När insulinet är slut')
  await page.getByRole('button', { name: writeSv.new.make }).click()
  await page.waitForURL(`**/#/edit/d/${routine}`)
  await write(page, 'summary', 'Vem som har mer, och vem du ringer.')
  await write(page, 'for', 'Du som arbetar i kväll')
  await page.getByRole('button', { name: writeSv.steps.add }).first().click()
  await page.keyboard.type('Ring sjuksköterskan. Säg vem det gäller.')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Skriv vad du gjort.')
  await field(page, 'phases/minutes15/steps/0/text').click()
  const links = page.getByRole('group', { name: writeSv.steps.link })
  await links.getByRole('button', { name: writeSv.steps.call }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('searchbox').fill('sjuksköterska')
  await dialog.locator('.write-option', { hasText: 'Sjuksköterska, dygnet runt' }).first().click()
  await field(page, 'phases/minutes15/steps/1/text').click()
  await links.getByRole('button', { name: writeSv.steps.call }).click()
  // One that is in no list yet.
  await dialog.getByRole('button', { name: writeSv.pick.addContact }).click()
  await dialog.getByLabel(writeSv.pick.newTitle).fill('Apoteket, jour')
  await dialog.getByLabel(writeSv.pick.newNumber).fill('08 465 004 77')
  await dialog.getByRole('button', { name: writeSv.pick.newAdd }).click()
  await links.getByRole('button', { name: writeSv.steps.form }).click()
  await dialog.getByRole('searchbox').fill('anteckning')
  await dialog.locator('.write-option').first().click()
  await page.getByLabel(writeSv.label.routine.healthCare).check()
  await waitUntilSaved(page)
  // The other has the role: this one is told so, and given no button.
  await waitForText(page, 'Godkänns av MAS')
  expect(await page.getByRole('button', { name: writeSv.review.approve }).count()).toBe(0)
  await openWriting(page, server, 'hemtjanst/contacts/contacts')
  await page.locator('.write-entry .write-option', { hasText: 'Planerare Norr' }).first().click()
  const number = page.locator('.write-entry-fields [data-place$="/number"]')
  await number.first().fill('070 174 06 98')
  await number.first().blur()
  await waitUntilSaved(page)
  await publish(page)
}, 240_000)

it('staff have both within a minute, and that nobody has approved it', async () => {
  const sent = Date.now()
  for (const at of staff) {
    const page = pages[at]!
    await page.goto(`${server.app}#/d/${routine}`)
    await waitForText(page, 'Ring sjuksköterskan. Säg vem det gäller.', 60_000)
    await waitForText(page, 'Apoteket, jour')
    await waitForText(page, 'Inte godkänd')
    await page.goto(`${server.app}#/d/hemtjanst/contacts`)
    await waitForText(page, '070-174 06 98')
  }
  expect(Date.now() - sent).toBeLessThan(60_000)
}, 240_000)

it('the nurse finds what waits, approves it, and staff see that', async () => {
  const page = pages[nurse]!
  await page.goto(`${server.app}#/edit`)
  await waitForText(page, 'väntar på ditt godkännande', 60_000)
  await page.goto(`${server.app}#/edit/due/hemtjanst`)
  await page.getByRole('link', { name: 'När insulinet är slut' }).first().click()
  const approve = page.getByRole('button', { name: writeSv.review.approveNow })
  await approve.waitFor()
  // Led to it.
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(writeSv.review.approveNow) // prettier-ignore
  await approve.click()
  await waitUntilSaved(page)
  await publish(page)
  for (const at of staff) {
    const reader = pages[at]!
    await reader.goto(`${server.app}#/d/${routine}`)
    await waitForText(reader, 'Godkänd av MAS', 60_000)
  }
}, 240_000)

it('an approval goes when the text is changed, and comes back with the text', async () => {
  const page = pages[manager]!
  await page.goto(`${server.app}#/d/${routine}`)
  await waitForText(page, 'Godkänd av MAS', 60_000)
  await openWriting(page, server, routine)
  await waitForText(page, writeSv.review.withdraw)
  const text = field(page, 'phases/minutes15/steps/1/text')
  await text.fill('Skriv vad du gjort, och när.')
  await waitForText(page, 'Godkänns av MAS')
  await text.fill('Skriv vad du gjort.')
  await waitForText(page, writeSv.review.withdraw)
  await page.locator('.write-saved.is-same').waitFor()
  // A line about who read it when changes nothing that was approved.
  await page.getByRole('button', { name: writeSv.review.yes }).click()
  await waitUntilSaved(page)
  await waitForText(page, writeSv.review.withdraw)
}, 120_000)

it('both publish at once: each has what the other wrote', async () => {
  const [first, second] = [pages[manager]!, pages[nurse]!]
  await openWriting(first, server, routine)
  await openWriting(second, server, routine)
  await first.bringToFront()
  await field(first, 'for').fill('Du som arbetar i natt')
  await waitUntilSaved(first)
  await field(second, 'phases/minutes15/steps/1/text').fill('Skriv vad du gjort, och när.')
  await waitUntilSaved(second)
  await Promise.all([publish(first), publish(second)])
  for (const at of staff) {
    const reader = pages[at]!
    await reader.goto('about:blank')
    await reader.goto(`${server.app}#/d/${routine}`)
    await waitForText(reader, 'Skriv vad du gjort, och när.', 60_000)
    await waitForText(reader, 'Du som arbetar i natt', 60_000)
    // MAS approved neither of the two.
    await waitForText(reader, 'Inte godkänd')
  }
}, 240_000)

it('stays when everything is stopped', async () => {
  const first = await readFirstStep()
  await server.stop()
  for (const at of staff) {
    const phone = phones[at]!
    await phone.close()
    const { page } = await phone.open()
    await page.goto(`${server.app}#/d/${routine}`)
    await waitForText(page, 'Du som arbetar i natt')
    await page.goto(`${server.app}#/d/hemtjanst/contacts`)
    await waitForText(page, '070-174 06 98')
    await page.goto(`${server.app}#/d/hemtjanst/routine/tes-korlista`)
    await waitForText(page, first)
  }
}, 120_000)
