import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { createMemoryStore } from '#store/memory.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { bundlePage } from '../support/bundle-page.ts'
import {
  createTestOrganisation,
  testDocuments,
  type TestOrganisation,
} from '../support/organisation.ts'
import { createStoreServer } from '../support/store-server.ts'

let script: string
let phone: Phone
let page: Page
let store: ReturnType<typeof createMemoryStore>
let organisation: TestOrganisation
let server: Awaited<ReturnType<typeof createStoreServer>>

beforeAll(async () => {
  script = await bundlePage(new URL('device-page.ts', import.meta.url).pathname)
})

beforeEach(async () => {
  store = createMemoryStore()
  organisation = await createTestOrganisation()
  await organisation.publish(store, 'gemensamt')
  await organisation.publish(store, 'hemtjanst', testDocuments('hemtjanst'), { common: common() })
  server = await createStoreServer(store, {
    '': '<!doctype html><script type="module" src="page.js"></script>',
    'page.js': script,
  })
  phone = await createPhone()
  ;({ page } = await phone.open())
  page.on('pageerror', (error) => console.error(error))
  await page.goto(server.base)
  await page.evaluate(() => window.planb.open())
})

afterEach(async () => {
  await phone.remove()
  await server.close()
})

function common() {
  const { epoch, key } = organisation.epochs.gemensamt!
  return { epoch, epochKey: key, floor: { gen: 1, v: 1 } }
}

describe('a phone joins', () => {
  it('gets the department and what all share, and opens both without a network', async () => {
    const text = organisation.invitationText('hemtjanst')
    await page.evaluate((text) => window.planb.join(text), text)
    const outcome = await page.evaluate(() => window.planb.sync.syncNow('joined'))
    console.log(
      JSON.stringify(outcome),
      JSON.stringify(await page.evaluate(() => window.planb.state()), null, 1),
    )
    expect(outcome).toMatchObject({ kind: 'synced' })
    console.log(await page.evaluate(() => window.planb.device.readiness()))
  })
})
