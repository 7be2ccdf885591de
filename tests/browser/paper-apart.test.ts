import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildApp } from '#cli/build-app.ts'
import { editorSv } from '#i18n/editor-sv.ts'
import { startServer, type RunningServer } from '#server/main.ts'
import { importAgreementKey, importSigningKey, type PrivateJwk } from '#trust/keys.ts'
import {
  createRestorePayload,
  decodeRestorePayload,
  encodeRestorePayload,
  type RestorePayload,
} from '#trust/restore-payload.ts'
import { readTypedText } from '#trust/typed-text.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { runPlanB, startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { waitForText } from '../support/walk.ts'

/*
 * App and store on hosts of their own, as in production: a phone that has nothing yet learns from the paper
 * where the store lies. The page's policy is in force.
 */
interface Secrets {
  organisation: string
  rootKeys: PrivateJwk[]
  recovery: PrivateJwk
}

let store: PlanBServer
let app: RunningServer
let coordinator: Page
let secrets: Secrets
const phones: Phone[] = []
const storeUrl = () => `${store.app}store/`

beforeAll(async () => {
  store = await startPlanB()
  const named = await runPlanB(store.data, ['stores', storeUrl()])
  expect(named.code, named.stderr).toBe(0)
  expect(named.stderr).toContain(`${storeUrl()} is reached from this machine alone`)
  const { appDirectory } = await buildApp(resolve(import.meta.dirname, '../..'), () => undefined)
  app = await startServer({
    store: false,
    storeDirectory: '',
    organisation: '',
    example: false,
    appDirectory,
    host: '127.0.0.1',
    port: 0,
    log: () => undefined,
  })
  const text = await readFile(join(store.data, 'secret/organisation.json'), 'utf8')
  secrets = JSON.parse(text) as Secrets
  const payload = await createRestorePayload('coordinator', secrets.organisation, {
    signing: await importSigningKey(secrets.rootKeys[0]!, { extractable: true }),
    recovery: await importAgreementKey(secrets.recovery, { extractable: true }),
  })
  coordinator = await restored({ ...payload, mirror: storeUrl() })
}, 240_000)
afterAll(async () => {
  for (const phone of phones) await phone.remove()
  await app.stop()
  await store.remove()
})

/** A phone of its own that was given keys, at the app's host. */
async function restored(payload: RestorePayload): Promise<Page> {
  const phone = await createPhone()
  phones.push(phone)
  const { page } = await phone.open()
  await page.goto(`http://127.0.0.1:${app.port}/#/restore/${encodeRestorePayload(payload)}`)
  await page.getByRole('button', { name: /^Ja, lägg in nyck/ }).click()
  await page.waitForFunction(() => /^#\/(departments|edit\/keys)$/.test(location.hash))
  return page
}

/** What the paper on the screen says, read from its lines. */
async function paperOn(page: Page): Promise<RestorePayload> {
  await page.locator('.typed-lines li').first().waitFor()
  const lines = await page.locator('.typed-lines li').allTextContents()
  const typed = readTypedText(lines.join('\n'))
  if (typed === undefined || 'problems' in typed) throw new Error('cannot be typed')
  return decodeRestorePayload(typed.payload)
}

it('a recovery paper printed in the app names the store', async () => {
  await coordinator.evaluate(() => {
    location.hash = '/edit/keys'
  })
  await coordinator.getByRole('button', { name: editorSv.keys.print }).click()
  await coordinator.getByRole('button', { name: editorSv.keys.printYes }).click()
  expect(await paperOn(coordinator)).toMatchObject({ type: 'recovery-key', mirror: storeUrl() })
}, 120_000)

it('a new root key on paper brings a fresh phone to the store', async () => {
  const [, kept, gone] = await Promise.all(
    secrets.rootKeys.map((jwk) => importSigningKey(jwk, { extractable: true })),
  )
  await coordinator.evaluate((kid) => {
    location.hash = `/edit/keys/replace/${kid}`
  }, gone!.kid)
  await waitForText(coordinator, editorSv.replace.papers)
  const other = await createRestorePayload('root-key', secrets.organisation, { signing: kept! })
  await coordinator.locator('textarea').fill(encodeRestorePayload(other))
  await coordinator.getByRole('button', { name: editorSv.replace.use }).click()
  await coordinator.getByRole('button', { name: editorSv.replace.make }).click()
  const paper = await paperOn(coordinator)
  expect(paper.mirror).toBe(storeUrl())
  const sheet = await coordinator.locator('.key-copy').innerText()
  expect(sheet).toContain(`Rotnyckel 3 av 3 · ${paper.signing?.kid.slice(0, 8)}`)
  expect(sheet).toContain(gone!.kid.slice(0, 8))
  // One sheet of paper, and nothing cut off.
  const beyond = ({ scrollHeight, clientHeight }: Element) => scrollHeight - clientHeight
  expect(await coordinator.locator('.key-copy').evaluate(beyond)).toBeLessThanOrEqual(1)
  await coordinator.getByLabel(editorSv.replace.safe).check()
  await coordinator.getByRole('button', { name: editorSv.replace.button }).click()
  await waitForText(coordinator, editorSv.replace.done, 60_000)

  const fresh = await restored(paper)
  await fresh.locator(`a[href="#/edit/keys/replace/${kept!.kid}"]`).waitFor({ timeout: 30_000 })
  expect(await fresh.innerText('main')).toContain(paper.signing!.kid.slice(0, 8))
}, 180_000)
