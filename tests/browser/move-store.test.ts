import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editorSv } from '#i18n/editor-sv.ts'
import { createDirectoryStore } from '#store/directory.ts'
import { rootPath } from '#store/layout.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { beyondEdge, smallTargets, violations } from '../support/check-screen.ts'
import { startHttpServer } from '../support/http-server.ts'
import { becomeCoordinator } from '../support/office-phone.ts'
import { runPlanB, startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { createStoreServer } from '../support/store-server.ts'
import { waitForText } from '../support/walk.ts'

/* The main server is to be left: the coordinator lets everything be published to a mirror instead. */
const t = editorSv.mirrors
let server: PlanBServer
let mirror: Awaited<ReturnType<typeof startHttpServer>>
let plain: Awaited<ReturnType<typeof createStoreServer>>
let phone: Phone
let page: Page

const mirrorUrl = () => `${mirror.url}store/`
const plainUrl = () => `${plain.base}store/`
const item = (url: string) => page.locator('li.person', { hasText: url })

/** The stores that a root names, in order, the written one first. */
async function storesOf(data: string, v: number): Promise<{ url: string; write: boolean }[]> {
  const text = await readFile(join(data, 'store', rootPath(v)), 'utf8')
  const { payload } = JSON.parse(text) as { payload: string }
  const root = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    stores: { url: string; write: boolean }[]
  }
  return root.stores
}

async function bringMirrorUpToDate(): Promise<void> {
  const { code, stderr } = await runPlanB(server.data, ['mirror', mirrorUrl()])
  expect(code, stderr).toBe(0)
}

beforeAll(async () => {
  server = await startPlanB()
  const { stdout } = await runPlanB(server.data, ['status', '--json'])
  const { organisation } = JSON.parse(stdout) as { organisation: string }
  mirror = await startHttpServer({ organisation, example: true })
  // A host of files, as a mirror most often is: it gives what the main server has, and takes nothing.
  plain = await createStoreServer(createDirectoryStore(join(server.data, 'store')))
  plain.interfere((_, request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    if (request.method === 'GET') return false
    response.writeHead(405).end()
    return true
  })
  await bringMirrorUpToDate()
  phone = await createPhone()
  page = (await phone.open({ bypassCSP: true })).page
  await becomeCoordinator(page, server)
  await page.goto(`${server.app}#/edit/mirrors`)
  for (const url of [mirrorUrl(), plainUrl()]) {
    await page.locator('form input').fill(url)
    await page.getByRole('button', { name: t.check }).click()
    await waitForText(page, t.done, 60_000)
    await item(url).waitFor()
  }
}, 240_000)
afterAll(async () => {
  await phone.remove()
  await plain.close()
  await mirror.stop()
  await server.remove()
})

describe('publishing to a mirror', () => {
  it('is offered for one that has everything, and for no other', async () => {
    await expect.poll(() => item(mirrorUrl()).innerText()).toContain(t.now.behind)
    expect(await item(mirrorUrl()).getByRole('button', { name: t.move }).count()).toBe(0)
    expect(await item(`${server.app}store/`).getByRole('button').count()).toBe(0)
    await bringMirrorUpToDate()
    await page.reload()
    await item(mirrorUrl()).getByRole('button', { name: t.move }).waitFor()
    expect(await item(mirrorUrl()).innerText()).toContain(t.now.same)
    expect(await violations(page)).toEqual([])
    await page.setViewportSize({ width: 320, height: 640 })
    expect([...(await beyondEdge(page)), ...(await smallTargets(page))]).toEqual([])
  }, 120_000)

  it('changes nothing where the mirror takes nothing, and says what it needs', async () => {
    await item(plainUrl()).getByRole('button', { name: t.move }).click()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: t.moveYes }).click()
    await waitForText(page, t.readOnly, 60_000)
    await waitForText(page, t.readOnlyText)
    await expect(storesOf(server.data, 4)).rejects.toThrow('ENOENT')
    await page.getByRole('button', { name: t.moveNo }).click()
    await expect.poll(() => page.innerText('main')).not.toContain(t.readOnly)
  }, 120_000)

  it('asks first, tells both servers, and what is new goes to the mirror', async () => {
    const button = item(mirrorUrl()).getByRole('button', { name: t.move })
    await button.click()
    await page.getByRole('button', { name: t.moveNo }).click()
    await expect(storesOf(server.data, 4)).rejects.toThrow('ENOENT')
    await button.click()
    await page.getByRole('button', { name: t.moveYes }).click()
    await waitForText(page, t.moved, 60_000)
    await waitForText(page, t.movedText)
    for (const data of [server.data, mirror.folder])
      expect(await storesOf(data, 4)).toEqual([
        { url: mirrorUrl(), write: true },
        { url: 'store/', write: false },
        { url: plainUrl(), write: false },
      ])
    expect(await item(mirrorUrl()).innerText()).toContain(t.write)
    expect(await violations(page)).toEqual([])

    await page.goto(`${server.app}#/edit/people`)
    await page.getByRole('button', { name: editorSv.people.revoke }).first().click()
    const yes = page.getByRole('button', { name: editorSv.people.askYes })
    await expect.poll(() => yes.isEnabled(), { timeout: 20_000 }).toBe(true)
    await yes.click()
    await waitForText(page, editorSv.people.goneText, 60_000)
    await expect(storesOf(mirror.folder, 5)).resolves.toHaveLength(3)
    await expect(storesOf(server.data, 5)).rejects.toThrow('ENOENT')
  }, 120_000)
})
