import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { editorSv } from '#i18n/editor-sv.ts'
import { moreSv } from '#i18n/more-sv.ts'
import { paperSv } from '#i18n/paper-sv.ts'
import { sv } from '#i18n/sv.ts'
import {
  createAgreementKey,
  createSigningKey,
  importAgreementKey,
  importSigningKey,
  type AgreementKey,
  type PrivateJwk,
  type SigningKey,
} from '#trust/keys.ts'
import {
  createRestorePayload,
  encodeRestorePayload,
  type RestoreType,
} from '#trust/restore-payload.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { beyondEdge, smallTargets, violations } from '../support/check-screen.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { waitForText } from '../support/walk.ts'

/*
 * What somebody with a paper or the coordinator's link is told: which key it is before it is put in, what has
 * become of it afterwards, and the way on.
 */
let server: PlanBServer
let phone: Phone | undefined
let page: Page
let organisation: string
let rootKey: SigningKey
let recovery: AgreementKey

beforeAll(async () => {
  server = await startPlanB()
  const text = await readFile(join(server.data, 'secret/organisation.json'), 'utf8')
  const secrets = JSON.parse(text) as {
    organisation: string
    rootKeys: PrivateJwk[]
    recovery: PrivateJwk
  }
  organisation = secrets.organisation
  rootKey = await importSigningKey(secrets.rootKeys[1]!, { extractable: true })
  recovery = await importAgreementKey(secrets.recovery, { extractable: true })
})
afterEach(async () => {
  await phone?.remove()
  phone = undefined
})
afterAll(() => server.remove())

async function openLink(link: string): Promise<void> {
  phone = await createPhone()
  page = (await phone.open({ bypassCSP: true })).page
  await page.goto(link)
}

async function linkOf(
  type: RestoreType,
  keys: { signing?: SigningKey; recovery?: AgreementKey },
): Promise<string> {
  const payload = await createRestorePayload(type, organisation, keys)
  return `${server.app}#/restore/${encodeRestorePayload(payload)}`
}

const asked = () => page.locator('dialog').innerText()
const sayYes = () => page.getByRole('button', { name: /^Ja, lägg in nyck/ }).click()
const wayOn = () => page.getByRole('main').getByRole('link', { name: sv.edit.title })

async function looksGood(): Promise<void> {
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 640 })
  expect([...(await beyondEdge(page)), ...(await smallTargets(page))]).toEqual([])
}

it('the coordinator’s keys: it says that they are there, and leads to what they are for', async () => {
  await openLink(server.coordinator)
  await page.locator('dialog').waitFor()
  expect(await asked()).toContain(moreSv.restoreCoordinator)
  await sayYes()
  await waitForText(page, moreSv.restoredKeys)
  await waitForText(page, sv.departments.title)
  await looksGood()
  await page.setViewportSize({ width: 360, height: 740 })
  // Also later, without looking for it.
  await page.goto(`${server.app}#/ready`)
  await wayOn().waitFor()
  expect((await wayOn().boundingBox())!.y).toBeLessThan(600)
  await page.goto(`${server.app}#/departments`)
  await waitForText(page, 'Hemtjänst', 60_000)
  expect(await page.innerText('main')).not.toContain(moreSv.restoredKeys)
})

it('by keyboard, from the question to the managers’ page', async () => {
  await openLink(server.coordinator)
  await page.locator('dialog').waitFor()
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  expect(await focused()).toBe(sv.restore.no)
  await page.keyboard.press('Shift+Tab')
  expect(await focused()).toBe(sv.restore.yes)
  await page.keyboard.press('Enter')
  await waitForText(page, moreSv.restoredKeys)
  await wayOn().focus()
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => location.hash === '#/edit')
  await waitForText(page, editorSv.home.organisation)
})

it('the recovery key: what its paper says of it, and nothing of steering plans', async () => {
  await openLink(await linkOf('recovery-key', { recovery }))
  await page.locator('dialog').waitFor()
  const question = await asked()
  expect(question).toContain(moreSv.restoreRecovery)
  for (const line of paperSv.keyCopy.recoveryKey.for.slice(1)) expect(question).toContain(line)
  expect(question).not.toMatch(/samordnaren|styra/i)
  await sayYes()
  await waitForText(page, moreSv.restoredKey)
  await waitForText(page, moreSv.restoredReads)
  await waitForText(page, 'Hemsjukvård', 60_000)
  expect(await wayOn().count()).toBe(0)
  await looksGood()
})

it('a root key: that it is one, and where it is looked after', async () => {
  await openLink(await linkOf('root-key', { signing: rootKey }))
  await page.locator('dialog').waitFor()
  expect(await asked()).toContain(moreSv.restoreRootKey)
  await sayYes()
  await page.waitForFunction(() => location.hash === '#/edit/keys')
  await waitForText(page, editorSv.keys.restored, 60_000)
  await looksGood()
  // The start page has no plans to show, and leads there all the same.
  await page.goto(`${server.app}#/`)
  await wayOn().click()
  await waitForText(page, editorSv.home.organisation)
})

it('a publisher’s key is called that', async () => {
  const signing = await createSigningKey({ extractable: true })
  await openLink(await linkOf('publisher', { signing }))
  await page.locator('dialog').waitFor()
  expect(await asked()).toContain(moreSv.restorePublisher)
})

it('a key that the municipality does not name: it is not called done', async () => {
  const stranger = await createAgreementKey({ extractable: true })
  await openLink(await linkOf('recovery-key', { recovery: stranger }))
  await sayYes()
  await waitForText(page, moreSv.restoredUnknown, 60_000)
  expect(await page.innerText('main')).not.toContain('Klart')
  await looksGood()
  await page.goto(`${server.app}#/edit`)
  await waitForText(page, editorSv.needs.unknown)
})

it('without the network it waits, says so, and goes on by itself', async () => {
  await openLink(`${server.app}#/restore`)
  await page.getByLabel(sv.restore.label).waitFor()
  await page.route('**/store/**', (route) => route.abort())
  await page.getByLabel(sv.restore.label).fill(server.coordinator)
  await page.getByRole('button', { name: sv.restore.use, exact: true }).click()
  await sayYes()
  await waitForText(page, moreSv.restoredWaiting)
  await waitForText(page, sv.departments.title)
  expect(await page.innerText('main')).not.toContain('Klart')
  await looksGood()
  await page.goto(`${server.app}#/edit`)
  await waitForText(page, editorSv.needs.waiting)
  await page.goto(`${server.app}#/departments`)
  await waitForText(page, moreSv.restoredWaiting)
  await page.unroute('**/store/**')
  await expect
    .poll(
      async () => {
        await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
        return page.innerText('main')
      },
      { timeout: 60_000, interval: 1500 },
    )
    .toContain('Hemtjänst')
  await page.goto(`${server.app}#/edit`)
  await waitForText(page, editorSv.home.organisation)
})

it('[T42] keys of which the recovery key was replaced since: the other one counts, and it says so', async () => {
  const old = await createAgreementKey({ extractable: true })
  await openLink(await linkOf('coordinator', { signing: rootKey, recovery: old }))
  await sayYes()
  await waitForText(page, moreSv.restoredOldRecovery, 60_000)
  await looksGood()
  await wayOn().click()
  await waitForText(page, editorSv.home.organisation)
  // The right paper makes up for it.
  await page.goto('about:blank')
  await page.goto(await linkOf('recovery-key', { recovery }))
  await sayYes()
  await waitForText(page, moreSv.restoredKey)
  await waitForText(page, 'Hemsjukvård', 60_000)
})
