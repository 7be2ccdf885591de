import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editorSv } from '#i18n/editor-sv.ts'
import { headPath, latestPath, rootPath } from '#store/layout.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { publishFirstStep } from '../support/changed-plans.ts'
import { beyondEdge, smallTargets, violations } from '../support/check-screen.ts'
import { becomeCoordinator } from '../support/office-phone.ts'
import { runPlanB, startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { joinDepartment, readFirstStep, routineAddress, waitForText } from '../support/walk.ts'

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

async function statusOf() {
  const { stdout } = await runPlanB(server.data, ['status', '--json'])
  return JSON.parse(stdout) as {
    root: { v: number }
    keys: { role: string; publishes: string[]; isRoot: boolean }[]
  }
}

/** Of the key that publishes a department and is no root key. */
async function roleOf(department: string): Promise<string> {
  const { keys } = await statusOf()
  return keys.find((key) => !key.isRoot && key.publishes.includes(department))!.role
}

beforeAll(async () => {
  server = await startPlanB()
  await publishFirstStep(server.data, 'Ett falskt första steg.')
  await publishFirstStep(server.data, 'Ett annat falskt första steg.')
  role = await roleOf('hemtjanst')
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
    } finally {
      for (const path of paths) await rename(`${path}.hidden`, path)
    }
    await page.getByRole('dialog').getByRole('button', { name: editorSv.work.again }).click()
    await page.getByText(editorSv.which.left, { exact: true }).waitFor()
    await page.getByRole('button', { name: editorSv.people.askNo }).click()
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

describe('a host that takes the new list of keys and then nothing', () => {
  const falseStep = 'Ett tredje falskt första steg.'
  const heads = '**/store/d/*'
  let staff: Phone
  let reader: Page
  let thief: string
  let elsewhere: string

  beforeAll(async () => {
    const { code, stderr } = await runPlanB(server.data, ['approve', '--own', 'hemtjanst'])
    expect(code, stderr).toBe(0)
    await publishFirstStep(server.data, falseStep)
    thief = await roleOf('hemtjanst')
    elsewhere = await roleOf('krisledning')
    staff = await createPhone()
    reader = (await staff.open()).page
    await joinDepartment(reader, server, 'hemtjanst')
    await reader.goto(`${server.app}#${routineAddress}`)
    await waitForText(reader, falseStep, 60_000)
  }, 240_000)
  afterAll(() => staff.remove())

  const takeAway = async (who: string) => {
    await page.goto(`${server.app}#/edit/people`)
    const person = page.locator('.person', { hasText: who })
    await person.getByRole('button', { name: editorSv.people.revoke }).click()
    const yes = page.getByRole('button', { name: editorSv.people.askYes })
    if (who === thief) await page.getByText(editorSv.which.lost, { exact: true }).click()
    await yes.click()
  }
  const notFinished = editorSv.unfinished.title

  it('[M13] leaves the false version for nobody to sign unasked', async () => {
    await page.goto('about:blank')
    await page.route(heads, (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    )
    await takeAway(thief)
    await waitForText(page, editorSv.work.failed, 60_000)
    await phone.close()
    page = (await phone.open({ bypassCSP: true })).page

    const next = (await statusOf()).root.v + 1
    await takeAway(elsewhere)
    await waitForText(page, editorSv.error.keepUnsaid, 60_000)
    await expect(readFile(inStore(rootPath(next)))).rejects.toMatchObject({ code: 'ENOENT' })
    await page.getByRole('link', { name: editorSv.unfinished.link }).click()
    await page.waitForFunction(() => location.hash === '#/edit')
    await waitForText(page, notFinished.replace('{{role}}', thief))
  }, 180_000)

  it('[M13] is told on the start page, and finished there with the version that is chosen', async () => {
    await phone.close()
    page = (await phone.open({ bypassCSP: true })).page
    await page.setViewportSize({ width: 320, height: 640 })
    await page.goto(`${server.app}#/edit`)
    await waitForText(page, notFinished.replace('{{role}}', thief), 60_000)
    expect(await page.innerText('main')).toContain(
      editorSv.unfinished.choose.replace('{{titles}}', 'Hemtjänst'),
    )
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: editorSv.unfinished.chooseButton }).click()
    const yes = page.getByRole('button', { name: editorSv.unfinished.yes })
    await page.getByText(editorSv.which.lost, { exact: true }).waitFor()
    expect(await yes.isDisabled()).toBe(true)
    await page.getByText(editorSv.which.lost, { exact: true }).click()
    expect(await violations(page)).toEqual([])
    expect([...(await beyondEdge(page)), ...(await smallTargets(page))]).toEqual([])
    await yes.click()
    await waitForText(page, editorSv.unfinished.done.replace('{{titles}}', 'Hemtjänst'), 60_000)
    expect(await page.innerText('main')).not.toContain(notFinished.replace('{{role}}', thief))

    const trueStep = await readFirstStep()
    await expect
      .poll(
        async () => {
          await reader.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
          return reader.innerText('body')
        },
        { timeout: 60_000, interval: 1500 },
      )
      .toContain(trueStep)
    expect(await reader.innerText('body')).not.toContain(falseStep)
    await takeAway(elsewhere)
    await waitForText(page, editorSv.people.goneText, 60_000)
  }, 180_000)
})
