import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editorSv } from '#i18n/editor-sv.ts'
import { headPath, latestPath } from '#store/layout.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { publishFirstStep } from '../support/changed-plans.ts'
import { beyondEdge, smallTargets, violations } from '../support/check-screen.ts'
import { becomeCoordinator } from '../support/office-phone.ts'
import { runPlanB, startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { waitForText } from '../support/walk.ts'

/* A publisher's key may have been used by somebody else before it goes: the coordinator says which version counts. */
let server: PlanBServer
let phone: Phone
let page: Page
let role: string

interface HeadPayload {
  edition: number
  blobs: unknown
}
const inStore = (path: string) => join(server.data, 'store', path)

async function headAt(gen: number, v: number): Promise<HeadPayload> {
  const text = await readFile(inStore(headPath('hemtjanst', gen, v)), 'utf8')
  return JSON.parse(Buffer.from(text.split('.')[1]!, 'base64url').toString()) as HeadPayload
}

beforeAll(async () => {
  server = await startPlanB()
  await publishFirstStep(server.data, 'Ett falskt första steg.')
  await publishFirstStep(server.data, 'Ett annat falskt första steg.')
  const status = JSON.parse((await runPlanB(server.data, ['status', '--json'])).stdout) as {
    keys: { role: string; publishes: string[]; isRoot: boolean }[]
  }
  role = status.keys.find((key) => !key.isRoot && key.publishes.includes('hemtjanst'))!.role
  phone = await createPhone()
  page = (await phone.open({ bypassCSP: true })).page
  await becomeCoordinator(page, server)
}, 240_000)
afterAll(async () => {
  await phone.remove()
  await server.remove()
})

describe('taking the right to publish away', () => {
  it('[M10] stops where the server shows an older version than the phone has', async () => {
    const paths = [headPath('hemtjanst', 1, 3), latestPath('hemtjanst')].map(inStore)
    for (const path of paths) await rename(path, `${path}.hidden`)
    try {
      await page.goto(`${server.app}#/edit/people`)
      const person = page.locator('.person', { hasText: role })
      await person.getByRole('button', { name: editorSv.people.revoke }).click()
      await page.getByText(editorSv.error.headBehind).waitFor()
      const yes = page.getByRole('button', { name: editorSv.people.askYes })
      expect(await yes.isDisabled()).toBe(true)
      await page.getByRole('button', { name: editorSv.people.askNo }).click()
    } finally {
      for (const path of paths) await rename(`${path}.hidden`, path)
    }
  }, 120_000)

  it('[M11] asks which version counts, and signs the one that was chosen', async () => {
    await page.setViewportSize({ width: 320, height: 640 })
    await page.goto(`${server.app}#/edit/people`)
    const person = page.locator('.person', { hasText: role })
    await person.getByRole('button', { name: editorSv.people.revoke }).click()
    const yes = page.getByRole('button', { name: editorSv.people.askYes })
    await page.getByText(editorSv.which.left, { exact: true }).waitFor()
    expect(await yes.isDisabled()).toBe(true)
    await page.getByText(editorSv.which.lost, { exact: true }).click()
    await page.getByText(editorSv.which.allByGone).waitFor()
    expect(await yes.isDisabled()).toBe(false)
    expect(await page.getByRole('radio', { name: /^Utgåva 3 / }).isChecked()).toBe(true)
    await page.getByText(/^Utgåva 1 /).click()
    expect(await violations(page)).toEqual([])
    expect([...(await beyondEdge(page)), ...(await smallTargets(page))]).toEqual([])

    await yes.click()
    await waitForText(page, editorSv.people.goneText, 60_000)
    const [first, again] = [await headAt(1, 1), await headAt(2, 1)]
    expect(again.blobs).toEqual(first.blobs)
    expect(again.edition).toBe(4)
  }, 180_000)
})
