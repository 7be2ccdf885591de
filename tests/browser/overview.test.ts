import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { manageSv } from '#i18n/manage-sv.ts'
import { moreSv } from '#i18n/more-sv.ts'
import { sv } from '#i18n/sv.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { beyondEdge, smallTargets, violations } from '../support/check-screen.ts'
import { becomeCoordinator } from '../support/office-phone.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { joinDepartment, routineAddress, waitForText } from '../support/walk.ts'

/*
 * How it stands: the overview on screen, on paper and as a table; what is due, also for a calendar; and what readers
 * have said is wrong, from their page to the manager's.
 */
const t = manageSv
let server: PlanBServer
let office: Phone
let staff: Phone
let page: Page
let reader: Page

beforeAll(async () => {
  server = await startPlanB()
  staff = await createPhone()
  reader = (await staff.open({ bypassCSP: true })).page
  await joinDepartment(reader, server, 'hemtjanst')
  office = await createPhone()
  page = (await office.open({ bypassCSP: true, acceptDownloads: true })).page
  await becomeCoordinator(page, server)
})
afterAll(async () => {
  await office.remove()
  await staff.remove()
  await server.remove()
})

async function open(address: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(`${server.app}#/edit/${address}`)
  await page.locator('[data-page] > :not(header)').first().waitFor()
}

async function downloaded(name: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).click(),
  ])
  const path = join(office.directory, file.suggestedFilename())
  await file.saveAs(path)
  return await readFile(path, 'utf8')
}

it('shows the four of every plan, and is read without colour', async () => {
  await open('overview')
  await page.locator('.overview-department').first().waitFor()
  expect(await page.locator('.overview-department').count()).toBe(5)
  expect(await page.locator('.four > li').count()).toBe(80)
  expect(await page.locator('.four > li').first().innerText()).toContain(t.overview.there)
  await page.getByText(t.overview.needs, { exact: true }).click()
  expect(await page.locator('.overview-department').count()).toBeLessThan(5)
})

it('goes with one as a table, and on at most two pages of paper', async () => {
  await open('overview')
  const table = await downloaded(t.overview.csv)
  expect(table.startsWith('\ufeff')).toBe(true)
  expect(table.trim().split('\r\n')).toHaveLength(21)
  const pdf = await page.pdf({ preferCSSPageSize: true })
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(2)
})

it('puts what is due into a calendar', async () => {
  await open('due/hemtjanst')
  const text = await downloaded(t.due.calendar)
  expect(text.match(/BEGIN:VEVENT\r\n/g)?.length).toBeGreaterThan(10)
  expect(text).toContain('SUMMARY:Läs igenom: ')
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
})

it('brings what a reader says is wrong to the manager, also when it was said without a network', async () => {
  await reader.goto(`${server.app}#${routineAddress}`)
  await reader.getByRole('button', { name: sv.report.ask }).click()
  await waitForText(reader, moreSv.reportHelp)
  expect(await violations(reader)).toEqual([])
  expect([...(await beyondEdge(reader)), ...(await smallTargets(reader))]).toEqual([])
  await server.stop()
  await reader.getByLabel(moreSv.reportLabel).fill('Pärmen står i flik 5, inte i flik 4.')
  await reader.getByRole('button', { name: moreSv.reportSend }).click()
  await waitForText(reader, moreSv.reportThanks)
  await staff.close()
  const { app, coordinator, invitations } = server
  const again = await startPlanB({ port: server.port, data: server.data })
  server = { ...again, app, coordinator, invitations }
  reader = (await staff.open()).page
  await reader.goto(`${server.app}#/d/hemtjanst`)
  await open('reports/hemtjanst')
  await waitForText(page, 'Pärmen står i flik 5', 90_000)
  expect(await violations(page)).toEqual([])
  const change = page.getByRole('link', { name: t.reports.change, exact: true })
  expect(await change.getAttribute('href')).toBe('#/edit/d/hemtjanst/routine/tes-korlista')
  await page.getByRole('button', { name: t.reports.done }).click()
  await waitForText(page, t.reports.none)
  await waitForText(page, t.reports.handled)
})

it.each(['light', 'dark'] as const)('is read by anybody, in %s', async (colorScheme) => {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  for (const address of ['overview', 'due/hemtjanst', 'reports/hemtjanst', '']) {
    await open(address)
    await page.waitForTimeout(300)
    expect([address, ...(await violations(page))]).toEqual([address])
    for (const width of [320, 360]) {
      await page.setViewportSize({ width, height: 740 })
      const found = [...(await beyondEdge(page)), ...(await smallTargets(page))]
      expect([address, ...found]).toEqual([address])
    }
    await page.addStyleTag({ content: 'html { font-size: 200% !important }' })
    expect([address, ...(await beyondEdge(page))]).toEqual([address])
  }
})
