import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { editorSv } from '#i18n/editor-sv.ts'
import { paperSv } from '#i18n/paper-sv.ts'
import { sv } from '#i18n/sv.ts'
import { listOf } from '#service-worker/lists.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { joinDepartment, waitForText, waitUntilLive, waitUntilStored } from '../support/walk.ts'

/*
 * The editor's list: stored where the phone has a role and nowhere else, so that the screens open with the
 * host dead; and what cannot be done then says so and loses nothing.
 */
let server: PlanBServer
let coordinator: Phone
let reader: Phone
let page: Page
let staff: Page

beforeAll(async () => {
  server = await startPlanB()
  reader = await createPhone()
  staff = (await reader.open()).page
  await joinDepartment(staff, server, 'hemtjanst')
  coordinator = await createPhone()
  page = (await coordinator.open()).page
  await page.goto(server.coordinator)
  await page.getByRole('button', { name: sv.restore.yes }).click()
  await page.waitForFunction(() => location.hash === '#/departments')
  await waitUntilStored(page)
})
afterAll(async () => {
  await coordinator.remove()
  await reader.remove()
  await server.remove()
})

/** In the page: paths of what the shell's caches hold. */
async function heldFiles(): Promise<string[]> {
  const held: string[] = []
  for (const name of await caches.keys()) {
    if (!name.includes('planb-shell')) continue
    for (const key of await (await caches.open(name)).keys()) held.push(new URL(key.url).pathname)
  }
  return held
}

const editorFiles = async (of: Page) =>
  (await of.evaluate(heldFiles)).filter(
    (path) => listOf(path.replace(/^.*(?=assets\/)/, '')) === 'editor',
  )

it('is stored on the coordinator’s phone, all of it and in both languages', async () => {
  const built = (await readdir(join(import.meta.dirname, '../../dist/assets')))
    .filter((name) => listOf(`assets/${name}`) === 'editor')
    .map((name) => `/assets/${name}`)
    .sort()
  expect(built.length).toBeGreaterThan(2)
  const held = async () => (await editorFiles(page)).map((path) => path.replace(/^.*(?=\/assets\/)/, '')).sort() // prettier-ignore
  await expect.poll(held, { timeout: 20_000 }).toEqual(built)
})

it('is not stored on a phone that only reads', async () => {
  await expect
    .poll(async () => (await staff.evaluate(heldFiles)).some((path) => /\/en-/.test(path)), {
      timeout: 20_000,
    })
    .toBe(true)
  expect(await editorFiles(staff)).toEqual([])
})

it('opens with the host dead and the browser closed, and says what cannot be done now', async () => {
  await page.goto(`${server.app}#/edit`)
  await waitForText(page, editorSv.home.organisation)
  await coordinator.close()
  await server.stop()
  page = (await coordinator.open()).page
  await page.goto(`${server.app}#/edit/people`)
  await waitUntilLive(page)
  const revoke = page.getByRole('button', { name: editorSv.people.revoke }).first()
  await revoke.click()
  // Which version stays is the store's to show: until it answers, nothing is taken away.
  await waitForText(page, editorSv.error.network, 60_000)
  expect(await page.getByRole('button', { name: editorSv.people.askYes }).isDisabled()).toBe(true)
})

it('prints the recovery key with the host dead, once it is asked for', async () => {
  await page.goto(`${server.app}#/edit/keys`)
  await page.getByRole('button', { name: editorSv.keys.print }).click()
  await waitForText(page, editorSv.keys.printText)
  expect(await page.innerText('body')).not.toContain(paperSv.keyCopy.secret)
  await page.getByRole('button', { name: editorSv.keys.printYes }).click()
  await waitForText(page, paperSv.keyCopy.secret)
  await page.locator('.paper-code svg').first().waitFor()
  await page.getByRole('button', { name: editorSv.keys.hide }).click()
  expect(await page.innerText('body')).not.toContain(paperSv.keyCopy.secret)
})

it('says on a phone without it that the page is not there yet, and where the plans are', async () => {
  await staff.goto(`${server.app}#/edit`)
  await waitForText(staff, sv.edit.failed)
  await waitForText(staff, sv.edit.failedText)
})
