import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Contacts } from '#domain/schema/contacts.ts'
import { manageSv } from '#i18n/manage-sv.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { beyondEdge, smallTargets, violations } from '../support/check-screen.ts'
import { becomeCoordinator } from '../support/office-phone.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { publishedBody } from '../support/published-body.ts'
import { waitForText } from '../support/walk.ts'
import { writeDraft } from '../support/write-draft.ts'

/*
 * What was, who changed it and why; any two versions side by side; and back, as a new version: nothing that was
 * published is ever written over.
 */
const t = manageSv
const name = 'hemtjanst/contacts/contacts'
let server: PlanBServer
let phone: Phone
let page: Page

beforeAll(async () => {
  server = await startPlanB()
  phone = await createPhone()
  page = (await phone.open({ bypassCSP: true })).page
  await becomeCoordinator(page, server)
  const contacts = await publishedBody<Contacts>(name)
  for (const [v, number] of ['+46701740698', '+46701740699'].entries()) {
    const changed = structuredClone(contacts)
    changed.contacts[0]!.number = number
    await open('publish/hemtjanst')
    await writeDraft(page, server, {
      name,
      base: { gen: 1, v: 1 + v, body: { ...contacts, contacts: beforeThat(contacts, v) } },
      body: changed,
    })
    await page.getByLabel(t.publish.reason).fill(`Nytt nummer ${v + 1}`)
    await page.getByRole('button', { name: /^Publicera/ }).click()
    await waitForText(page, t.publish.done)
    await waitForText(page, `Version ${v + 2}`)
  }
})
afterAll(async () => {
  await phone.remove()
  await server.remove()
})

function beforeThat({ contacts }: Contacts, v: number): Contacts['contacts'] {
  return v === 0 ? contacts : contacts.with(0, { ...contacts[0]!, number: '+46701740698' })
}

async function open(address: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(`${server.app}#/edit/${address}`)
  await page.locator('[data-page] > :not(header)').first().waitFor()
}

it('says who changed what, when and why', async () => {
  await open('history/hemtjanst')
  const rows = page.locator('main .row')
  expect(await rows.first().innerText()).toContain(`Version 3 · ${t.history.inForce}`)
  expect(await rows.first().innerText()).toContain('Nytt nummer 2')
  expect(await rows.first().innerText()).toContain('Beredskapssamordnare')
  expect(await rows.nth(1).innerText()).toContain('Nytt nummer 1')
  expect(await rows.nth(2).innerText()).toContain(t.history.before)
  expect(await violations(page)).toEqual([])
  expect([...(await beyondEdge(page)), ...(await smallTargets(page))]).toEqual([])
})

it('lays any two versions side by side, and shows one as readers saw it', async () => {
  await open('history/hemtjanst')
  await page.locator('main .row').nth(2).click()
  await waitForText(page, '070-174 06 63')
  await waitForText(page, '070-174 06 99')
  await page.getByLabel(t.history.with).selectOption({ index: 1 })
  await waitForText(page, '070-174 06 98')
  expect(await page.getByText('070-174 06 99').count()).toBe(0)
  expect(await violations(page)).toEqual([])
  expect([...(await beyondEdge(page)), ...(await smallTargets(page))]).toEqual([])
  await page.getByText(t.history.content, { exact: true }).click()
  await page.getByText('När TES inte fungerar: din körlista saknas').click()
  await waitForText(page, 'Första 15 minuterna')
})

it('brings one document back as a draft, which becomes a new version', async () => {
  await open('history/hemtjanst/1-1')
  await page.getByRole('button', { name: 'Ta tillbaka som i version 1' }).click()
  await page.getByRole('link', { name: t.history.toPublish }).click()
  await waitForText(page, t.change.number)
  await page.getByRole('button', { name: /^Publicera till/ }).click()
  await waitForText(page, t.publish.done)
  await page.goto(`${server.app}#/d/hemtjanst/contacts`)
  await waitForText(page, '070-174 06 63')
  const heads = await readdir(join(server.data, 'store/d/hemtjanst/head'))
  expect(heads).toHaveLength(4)
  // What was in between is still there to be read.
  await open('history/hemtjanst/1-3')
  await waitForText(page, '070-174 06 99')
})

it('does not write over what is being written without asking', async () => {
  await open('history/hemtjanst/1-3')
  await page.getByRole('button', { name: 'Ta tillbaka som i version 3' }).click()
  await waitForText(page, t.history.broughtText)
  await open('history/hemtjanst/1-2')
  await page.getByRole('button', { name: 'Ta tillbaka som i version 2' }).click()
  await page.getByRole('button', { name: t.history.overNo }).click()
  await open('publish/hemtjanst')
  await waitForText(page, '070-174 06 99')
})

it('says plainly when an old version is gone', async () => {
  const heads = join(server.data, 'store/d/hemtjanst/head')
  await rm(join(heads, '0001-0000000001.jws'))
  await open('history/hemtjanst/1-1')
  await waitForText(page, t.history.gone)
  await waitForText(page, 'nummer till tidigare anställda')
})
