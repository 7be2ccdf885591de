import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { commonDepartment } from '#domain/schema/document.ts'
import { situations } from '#domain/situation.ts'
import { manageSv } from '#i18n/manage-sv.ts'
import { decodeInvitation } from '#trust/invitation.ts'
import { understandLink } from '#trust/understand-link.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { beyondEdge, smallTargets, violations } from '../support/check-screen.ts'
import { becomeCoordinator } from '../support/office-phone.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { createSyncedPhone } from '../support/synced-phone.ts'
import { joinDepartment, waitForText } from '../support/walk.ts'

/*
 * Crisis management tells everybody what works, from a phone, in a minute: it tops the start page of phones of
 * other departments, one is in force, and old ones can still be read.
 */
const t = manageSv.situation
let server: PlanBServer
let leader: Phone
let staff: Phone
let page: Page
let reader: Page

beforeAll(async () => {
  server = await startPlanB()
  staff = await createPhone()
  reader = (await staff.open()).page
  await joinDepartment(reader, server, 'trygghetslarm')
  leader = await createPhone()
  page = (await leader.open({ bypassCSP: true })).page
  await becomeCoordinator(page, server)
})
afterAll(async () => {
  await leader.remove()
  await staff.remove()
  await server.remove()
})

async function open(): Promise<void> {
  await page.goto('about:blank')
  await page.goto(`${server.app}#/edit/situation`)
  await page.locator('[data-page] > :not(header)').first().waitFor()
}

function choose(target: Page, system: string, state: string) {
  return target
    .getByRole('group', { name: system, exact: true })
    .getByRole('button', { name: state, exact: true })
    .click()
}

/** What a phone of another department shows at the top, once it holds what is asked for. */
async function situationOf(target: Page, text: string): Promise<string> {
  await target.goto('about:blank')
  await target.goto(`${server.app}#/d/trygghetslarm`)
  await target.locator('.now', { hasText: text }).waitFor({ timeout: 60_000 })
  return await target.locator('.now').innerText()
}

/** Open phones of every department, which look for news as any phone does; without a screen. */
function openReaders(count: number) {
  const invitations = Object.values(server.invitations).map((link) =>
    decodeInvitation(understandLink(link)?.payload ?? ''),
  )
  return Array.from({ length: count }, (_, at) => {
    const phone = createSyncedPhone(invitations[at % invitations.length]!, server.app, {})
    phone.sync.start()
    const told = () =>
      situations(
        (phone.current.get(commonDepartment)?.documents ?? []).filter(
          (one) => one.kind === 'situation',
        ),
        new Date(),
      ).inForce?.body.title
    const isFilled = () => phone.current.has(commonDepartment)
    return { told, isFilled, stop: () => phone.sync.stop() }
  })
}

it('is told within a minute to phones of every department, with its age', async () => {
  await open()
  const readers = openReaders(20)
  await expect
    .poll(() => readers.every(({ isFilled }) => isFilled()), { timeout: 60_000 })
    .toBe(true)
  expect(readers.filter(({ told }) => told() !== undefined)).toEqual([])
  await waitForText(page, 'E-post', 60_000)
  const began = Date.now()
  await choose(page, 'E-post', t.down)
  await choose(page, 'Treserva', t.down)
  await page.getByLabel('Kort råd om Treserva, om du vill').fill('Anteckna på papper')
  await choose(page, 'TES', t.partly)
  await page.getByRole('button', { name: 'Ringa och skicka sms från tjänstetelefonen' }).click()
  await page.getByRole('button', { name: 'Logga in på någon dator' }).click()
  expect(await page.getByLabel(t.name).inputValue()).toBe('E-post och Treserva fungerar inte')
  await page.getByRole('button', { name: t.publish }).click()
  await waitForText(page, t.done)
  const shown = await situationOf(reader, 'E-post och Treserva fungerar inte')
  await expect
    .poll(() => readers.map(({ told }) => told()), { timeout: 60_000 })
    .toEqual(Array(20).fill('E-post och Treserva fungerar inte'))
  expect(Date.now() - began).toBeLessThan(60_000)
  for (const { stop } of readers) stop()
  expect(shown).toMatch(/\d\d:\d\d/)
  expect(shown).toContain('Fungerar inte: E-post, Treserva')
  expect(shown).toContain('Fungerar delvis: TES')
  expect(shown).toContain('Du får inte: Logga in på någon dator')
  expect(shown).toMatch(/Nästa besked \d\d:\d\d/)
  expect(await beyondEdge(reader)).toEqual([])
  await reader.getByRole('link', { name: 'Läs hela läget' }).click()
  await waitForText(reader, 'Anteckna på papper')
  await waitForText(reader, 'Beslutat av Beredskapssamordnare')
})

it('is changed without losing what was said before', async () => {
  await open()
  await page.getByRole('button', { name: t.update }).click()
  await choose(page, 'Treserva', t.works)
  await page.getByRole('button', { name: t.publishUpdate }).click()
  await waitForText(page, t.done)
  const shown = await situationOf(reader, 'Fungerar: Treserva')
  expect(shown).toContain('Fungerar inte: E-post')
  expect(shown).toContain('Du får inte: Logga in på någon dator')
})

it('gives way to a new one in the same moment, and stays readable', async () => {
  await open()
  await page.getByRole('button', { name: t.new, exact: true }).click()
  await page.getByLabel(t.find).fill('växel')
  await page.locator('.situation-system').first().getByRole('button', { name: t.down }).click()
  await page.getByRole('checkbox', { name: t.drill }).check()
  await page.getByLabel(t.name).fill('ÖVNING: Växeln är tyst')
  await page.getByRole('button', { name: t.publish }).click()
  await waitForText(page, t.done)
  const shown = await situationOf(reader, 'Växeln är tyst')
  expect(shown).toContain('ÖVNING')
  expect(shown).not.toContain('Logga in på någon dator')
  expect(await reader.locator('.now').count()).toBe(1)
  // The one before, ended and still there.
  await open()
  await page.getByRole('link', { name: /E-post/ }).click()
  await waitForText(page, 'Det här läget har upphört.')
})

it('keeps what was begun and not published', async () => {
  await open()
  await page.getByRole('button', { name: t.new, exact: true }).click()
  await choose(page, 'E-post', t.partly)
  await page.waitForTimeout(800)
  await leader.kill()
  page = (await leader.open({ bypassCSP: true })).page
  await open()
  await waitForText(page, t.draft)
  await page.getByRole('button', { name: t.continue }).click()
  const pressed = page
    .getByRole('group', { name: 'E-post', exact: true })
    .getByRole('button', { name: t.partly, exact: true })
  expect(await pressed.getAttribute('aria-pressed')).toBe('true')
  await open()
  await page.getByRole('button', { name: t.discard }).click()
  await page.getByText(t.draft).waitFor({ state: 'detached' })
})

it('ends when it is over', async () => {
  await open()
  await page.getByRole('button', { name: t.over, exact: true }).click()
  await page.getByRole('button', { name: t.overYes }).click()
  await waitForText(page, t.doneOver)
  await expect
    .poll(
      async () => {
        await reader.goto('about:blank')
        await reader.goto(`${server.app}#/d/trygghetslarm`)
        await reader.locator('.search').first().waitFor()
        return await reader.locator('.now').count()
      },
      { timeout: 60_000, interval: 3_000 },
    )
    .toBe(0)
})

it.each(['light', 'dark'] as const)('is written by anybody, in %s', async (colorScheme) => {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await open()
  const begun = page.getByRole('button', { name: t.discard })
  if (await begun.isVisible()) await begun.click()
  await choose(page, 'E-post', t.down)
  expect(await violations(page)).toEqual([])
  for (const width of [320, 360]) {
    await page.setViewportSize({ width, height: 740 })
    expect([...(await beyondEdge(page)), ...(await smallTargets(page))]).toEqual([])
  }
  await page.addStyleTag({ content: 'html { font-size: 200% !important }' })
  expect(await beyondEdge(page)).toEqual([])
})
