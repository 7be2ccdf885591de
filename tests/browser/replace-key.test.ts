import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editorSv } from '#i18n/editor-sv.ts'
import { rootPath } from '#store/layout.ts'
import { importSigningKey, type PrivateJwk } from '#trust/keys.ts'
import {
  createRestorePayload,
  decodeRestorePayload,
  encodeRestorePayload,
} from '#trust/restore-payload.ts'
import { readTypedText } from '#trust/typed-text.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { violations } from '../support/check-screen.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { waitForText } from '../support/walk.ts'

/*
 * A paper with a root key is lost, then the coordinator's phone: both are replaced on the screens, with the
 * keys that are left.
 */
interface Secrets {
  organisation: string
  rootKeys: PrivateJwk[]
}

let server: PlanBServer
const phones: Phone[] = []
let coordinator: Page
/** What stands on the papers, by the order in which the root names them: 1 is the phone. */
let papers: { kid: string; payload: string }[]
let newPaper = ''

beforeAll(async () => {
  server = await startPlanB()
  const text = await readFile(join(server.data, 'secret/organisation.json'), 'utf8')
  const { organisation, rootKeys } = JSON.parse(text) as Secrets
  papers = await Promise.all(
    rootKeys.map(async (jwk) => {
      const signing = await importSigningKey(jwk, { extractable: true })
      const payload = await createRestorePayload('root-key', organisation, { signing })
      return { kid: signing.kid, payload: encodeRestorePayload(payload) }
    }),
  )
  coordinator = await restored(server.coordinator)
})
afterAll(async () => {
  for (const phone of phones) await phone.remove()
  await server.remove()
})

async function restored(link: string): Promise<Page> {
  const phone = await createPhone()
  phones.push(phone)
  const { page } = await phone.open({ bypassCSP: true })
  await page.goto(link)
  await page.getByRole('button', { name: /^Ja, lägg in nyck/ }).click()
  await page.waitForFunction(() => /^#\/(departments|edit\/keys)$/.test(location.hash))
  return page
}

async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash
  }, address)
  await page.locator('h1').first().waitFor()
}

async function give(page: Page, text: string): Promise<void> {
  await page.locator('textarea').fill(text)
  await page.getByRole('button', { name: editorSv.replace.use }).click()
}

/** The root keys the store's newest root names. */
async function rootKids(v: number): Promise<string[]> {
  const { payload } = JSON.parse(
    await readFile(join(server.data, 'store', rootPath(v)), 'utf8'),
  ) as { payload: string }
  const root = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    root: { kids: string[] }
  }
  return root.root.kids
}

describe('a paper is lost', () => {
  it('is replaced with the phone and the other paper: wrong papers are told apart', async () => {
    const gone = papers[2]?.kid ?? ''
    await goTo(coordinator, '#/edit/keys')
    await coordinator.locator(`a[href="#/edit/keys/replace/${gone}"]`).click()
    await waitForText(coordinator, editorSv.replace.papers)
    for (const [text, said] of [
      [papers[2]?.payload, editorSv.replace.error['paper-is-gone']],
      [papers[0]?.payload, editorSv.replace.error['paper-known']],
      [server.invitations.hemtjanst, editorSv.replace.error['not-a-paper']],
      [papers[1]?.payload.slice(0, -6), editorSv.error.cut],
    ]) {
      await give(coordinator, text ?? '')
      await waitForText(coordinator, said ?? '')
    }
    await give(coordinator, papers[1]?.payload ?? '')
    await waitForText(coordinator, editorSv.replace.papersDone)
  })

  it('nothing is changed before the new one is printed', async () => {
    await coordinator.getByRole('button', { name: editorSv.replace.make }).click()
    await coordinator.locator('.typed-lines li').first().waitFor()
    const lines = await coordinator.locator('.typed-lines li').allTextContents()
    const typed = readTypedText(lines.join('\n'))
    if (typed === undefined || 'problems' in typed) throw new Error('cannot be typed')
    newPaper = typed.payload
    const put = coordinator.getByRole('button', { name: editorSv.replace.button })
    expect(await put.isDisabled()).toBe(true)
    expect(await violations(coordinator)).toEqual([])
    expect(await rootKids(1)).toEqual(papers.map(({ kid }) => kid))
    await coordinator.getByLabel(editorSv.replace.safe).check()
    await put.click()
    await waitForText(coordinator, editorSv.replace.done, 60_000)
    const kids = await rootKids(2)
    expect(kids).toHaveLength(3)
    expect(kids).not.toContain(papers[2]?.kid)
    expect(kids).toContain(decodeRestorePayload(newPaper).signing?.kid)
  })
})

describe('the coordinator’s phone is lost', () => {
  it('another phone takes over with two papers, and the lost one may do nothing', async () => {
    const next = await restored(`${server.app}#/restore/${papers[1]?.payload}`)
    const replace = next.locator(`a[href="#/edit/keys/replace/${papers[0]?.kid}"]`)
    await replace.click()
    await waitForText(next, editorSv.replace.papers, 30_000)
    await next.getByText(editorSv.replace.phone, { exact: true }).click()
    await give(next, newPaper)
    await waitForText(next, editorSv.replace.papersDone)
    await next.getByRole('button', { name: editorSv.replace.button }).click()
    await waitForText(next, editorSv.replace.donePhone, 60_000)
    const kids = await rootKids(3)
    expect(kids).not.toContain(papers[0]?.kid)
    await goTo(next, '#/edit/people')
    await next.getByRole('link', { name: editorSv.people.approve }).waitFor()
    await goTo(coordinator, '#/edit/people')
    await coordinator.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await waitForText(coordinator, editorSv.needs.coordinator, 60_000)
  })
})
