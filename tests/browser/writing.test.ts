import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { becomeWriter, draftsOf, field, openWriting, paste, waitUntilSaved } from '../support/write-screens.ts' // prettier-ignore
import { waitForText } from '../support/walk.ts'

/*
 * Writing in place, in a real browser at 360 px: a routine with its steps, and that nothing typed is lost.
 */
const routine = 'hemtjanst/routine/tes-korlista'
const step = (number: number) => `phases/minutes15/steps/${number - 1}/text`

let server: PlanBServer
let phone: Phone
let page: Page

beforeAll(async () => {
  server = await startPlanB()
  phone = await createPhone()
  page = (await phone.open()).page
  await becomeWriter(page, server)
})
afterAll(async () => {
  await phone.remove()
  await server.remove()
})
beforeEach(async () => {
  // Each begins with what is published.
  await openWriting(page, server, routine)
  const discard = page.getByRole('button', { name: 'Släng ändringarna' })
  if (await discard.isVisible()) {
    await discard.click()
    await page.getByRole('button', { name: 'Ja, släng' }).click()
    await page.locator('.write-saved.is-same').waitFor()
    await openWriting(page, server, routine)
  }
})

const textOf = (number: number) => field(page, step(number)).inputValue()
const countSteps = () => page.locator('.write-phase.first .step').count()

it('is reached from the reader’s page, which looks the same, and makes no draft by being opened', async () => {
  await page.goto(`${server.app}#/d/${routine}`)
  await page.getByRole('link', { name: 'Redigera' }).click()
  await page.locator('.write-bar').waitFor()
  expect(page.url()).toContain(`#/edit/d/${routine}`)
  expect(await page.locator('.harm h2').innerText()).toBe('Vem kan komma till skada?')
  expect(await page.locator('.card.first h2').innerText()).toBe('Första 15 minuterna')
  await field(page, step(1)).click()
  await page.keyboard.press('End')
  await page.locator('h1').click()
  await page.waitForTimeout(700)
  expect(await draftsOf(page)).toEqual({})
  await waitForText(page, 'Inget är ändrat')
})

it('keeps one changed text, and nothing else is another', async () => {
  await field(page, 'summary').fill('Vem ska ha besök i kväll')
  await waitUntilSaved(page)
  const draft = (await draftsOf(page))[routine]
  const before = draft?.base?.body as Record<string, unknown>
  const after = draft?.body as Record<string, unknown>
  expect(after.summary).toBe('Vem ska ha besök i kväll')
  expect({ ...after, summary: 0, translations: 0 }).toEqual({
    ...before,
    summary: 0,
    translations: 0,
  })
  // What no longer is a translation of the text is gone, and asked for again.
  expect((after.translations as { en: object }).en).not.toHaveProperty('summary')
  expect(
    await page.locator('.write-translation textarea').first().getAttribute('placeholder'),
  ).toContain('Stod förut')
})

it('makes, divides, joins and moves steps with keys', async () => {
  const count = await countSteps()
  const first = await textOf(1)
  await field(page, step(1)).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
  expect(await countSteps()).toBe(count + 1)
  await page.keyboard.type('Andra steget. Sista delen.')
  expect(await textOf(2)).toBe('Andra steget. Sista delen.')
  for (const _ of 'Sista delen.') await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  expect([await textOf(2), await textOf(3)]).toEqual(['Andra steget.', 'Sista delen.'])
  await page.keyboard.press('Backspace')
  expect(await textOf(2)).toBe('Andra steget. Sista delen.')
  expect(await countSteps()).toBe(count + 1)
  await page.keyboard.press('Alt+ArrowUp')
  expect([await textOf(1), await textOf(2)]).toEqual(['Andra steget. Sista delen.', first])
  await page.keyboard.type('!')
  expect(await textOf(1)).toContain('!')
  await page.keyboard.press('Alt+ArrowDown')
  expect(await textOf(1)).toBe(first)
})

it('does the same with buttons, and takes it back and forth', async () => {
  const texts = [await textOf(1), await textOf(2)]
  const count = await countSteps()
  await field(page, step(2)).click()
  const tools = page.locator('.step.is-active .write-tools').last()
  await tools.getByRole('button', { name: 'Flytta upp' }).click()
  expect([await textOf(1), await textOf(2)]).toEqual([...texts].reverse())
  await page.getByRole('button', { name: 'Ångra' }).first().click()
  expect([await textOf(1), await textOf(2)]).toEqual(texts)
  await page.getByRole('button', { name: 'Gör om' }).click()
  expect([await textOf(1), await textOf(2)]).toEqual([...texts].reverse())
  await page.keyboard.press('Control+z')
  expect([await textOf(1), await textOf(2)]).toEqual(texts)
  await page.keyboard.press('Control+Shift+Z')
  await page.keyboard.press('Control+z')
  await field(page, step(2)).click()
  await page.getByRole('button', { name: 'Slå ihop med steget ovanför' }).click()
  expect(await countSteps()).toBe(count - 1)
  await page.keyboard.press('Control+z')
  await page.getByRole('button', { name: 'Lägg till ett steg' }).first().click()
  expect(await countSteps()).toBe(count + 1)
  await page.getByRole('button', { name: `Ta bort Steg ${count + 1}` }).click()
  expect(await countSteps()).toBe(count)
  // Typing is taken back as one step.
  await field(page, 'for').fill('')
  await field(page, 'for').pressSequentially('Du i kväll')
  await page.keyboard.press('Control+z')
  expect(await field(page, 'for').inputValue()).not.toBe('Du i kväl')
})

it('moves a step by dragging its number', async () => {
  const texts = [await textOf(1), await textOf(2), await textOf(3)]
  const handle = page.locator('[data-handle="phases/minutes15/steps/0"]')
  await handle.scrollIntoViewIfNeeded()
  await page.evaluate(() => scrollBy(0, 200))
  const from = await handle.boundingBox()
  const third = await page.locator('.write-phase.first [data-row="2"]').boundingBox()
  if (from === null || third === null) throw new Error('not on the screen')
  await page.mouse.move(from.x + 20, from.y + 20)
  await page.mouse.down()
  await page.mouse.move(from.x + 20, from.y + 60, { steps: 4 })
  await page.mouse.move(from.x + 20, Math.min(third.y + third.height - 8, 700), { steps: 12 })
  await page.mouse.up()
  const now = [await textOf(1), await textOf(2), await textOf(3)]
  expect(now).not.toEqual(texts)
  expect([...now].sort()).toEqual([...texts].sort())
  expect(now[0]).toBe(texts[1])
})

it('makes steps of a list from Word, and lets it be taken back', async () => {
  const count = await countSteps()
  await field(page, step(1)).click()
  await paste(page, '1.\tRing chefen\r\n2.\tHämta pärmen\r\n•\tRäkna alla\r\n')
  expect(await countSteps()).toBe(count + 3)
  expect([await textOf(2), await textOf(3), await textOf(4)]).toEqual(['Ring chefen', 'Hämta pärmen', 'Räkna alla']) // prettier-ignore
  await page.locator('.toast').getByRole('button', { name: 'Ångra' }).click()
  expect(await countSteps()).toBe(count)
})

it('takes what is pasted without what nobody can read, and refuses a megabyte', async () => {
  await field(page, 'for').fill('')
  await field(page, 'for').click()
  await paste(page, 'A\u0000B\u001b\u202eC\ud800 👩‍⚕️ مرحبا')
  expect(await field(page, 'for').inputValue()).toBe('ABC 👩‍⚕️ مرحبا')
  await paste(page, 'x'.repeat(1_000_000))
  expect((await field(page, 'for').inputValue()).length).toBeLessThan(100)
  await field(page, step(1)).click()
  await paste(
    page,
    Array.from({ length: 40_000 }, (_, at) => `rad nummer ${at} med ord`).join('\n'),
  )
  await waitForText(page, 'fick inte plats')
  expect(await countSteps()).toBeLessThan(520)
})

it('says which number cannot be called, and keeps what was typed', async () => {
  await openWriting(page, server, 'hemtjanst/contacts/contacts')
  await page.locator('.write-entry .write-option').first().click()
  const number = page.locator('[data-place$="/number"]').first()
  const before = await number.inputValue()
  await number.fill('0701740699')
  await waitForText(page, 'Ringer 070-174 06 99')
  await number.fill('070-17')
  await waitForText(page, 'för kort')
  await waitUntilSaved(page)
  await page.keyboard.press('Tab')
  expect(await number.inputValue()).toBe('070-17')
  await number.fill(before)
  await page.locator('.write-saved.is-same').waitFor()
  expect(await draftsOf(page)).not.toHaveProperty(['hemtjanst/contacts/contacts'])
})

it('warns in a second tab, and hands over what is written', async () => {
  await field(page, 'summary').fill('Skrivet i den första fliken')
  const second = await page.context().newPage()
  await second.goto(`${server.app}#/edit/d/${routine}`)
  await waitForText(second, 'Du redigerar redan den här i en annan flik')
  await field(page, 'for').fill('Sista ordet')
  await second.getByRole('button', { name: 'Fortsätt här' }).click()
  await second.locator('.write-bar').waitFor()
  expect(await field(second, 'summary').inputValue()).toBe('Skrivet i den första fliken')
  expect(await field(second, 'for').inputValue()).toBe('Sista ordet')
  await waitForText(page, 'Du fortsatte i en annan flik')
  expect(await field(page, 'summary').isEditable()).toBe(false)
  await second.close()
})

it('finds what was typed when the battery died', async () => {
  await field(page, 'summary').fill('')
  await field(page, 'summary').pressSequentially('Mitt i en men', { delay: 20 })
  await page.waitForTimeout(900)
  await phone.kill()
  page = (await phone.open()).page
  await openWriting(page, server, routine)
  expect(await field(page, 'summary').inputValue()).toBe('Mitt i en men')
  await waitForText(page, 'Sparat i telefonen')
})
