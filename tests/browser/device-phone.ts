import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
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
// Read by the tests as they are at the moment: each test has its own.
export let phone: Phone
export let page: Page
export let store: ReturnType<typeof createMemoryStore>
export let organisation: TestOrganisation
export let server: Awaited<ReturnType<typeof createStoreServer>>

/** Numbers in the test's documents: which one is shown tells which release is. */
export const numbers = ['+46701740605', '+46701740606', '+46701740607'] as const

/** One phone for a file, and for each test an organisation of its own on an origin of its own. */
export function usePhone(): void {
  beforeAll(async () => {
    script = await bundlePage(new URL('device-page.ts', import.meta.url).pathname)
    // One phone for all: each test has a port of its own, and so an origin and storage of its own.
    phone = await createPhone()
    page = (await phone.open()).page
  })

  beforeEach(async () => {
    store = createMemoryStore()
    organisation = await createTestOrganisation()
    await organisation.publish(store, 'gemensamt')
    const { epoch, key } = organisation.epochs.gemensamt!
    const common = { epoch, epochKey: key, floor: { gen: 1, v: 1 } }
    await organisation.publish(store, 'hemtjanst', testDocuments('hemtjanst'), { common })
    const index = '<!doctype html><script type="module" src="page.js"></script>'
    server = await createStoreServer(store, { '': index, 'page.js': script })
    await reopen()
  })

  afterEach(() => server.close())
  afterAll(() => phone.remove())
}

/** Opens the browser on the phone's profile, and the device in it. */
export async function start() {
  page = (await phone.open()).page
  await reopen()
}

export async function reopen() {
  await page.goto(server.base)
  await page.evaluate(() => window.planb.open())
}

export async function join(text = organisation.invitationText('hemtjanst')) {
  await page.evaluate((invitation) => window.planb.join(invitation), text)
  return sync('joined')
}

export async function sync(reason: 'open' | 'joined' | 'tick' = 'open') {
  const outcome = await page.evaluate((why) => window.planb.sync.syncNow(why), reason)
  if (outcome.kind !== 'synced') throw new Error(outcome.kind)
  return Object.fromEntries(
    outcome.departments.map(({ department, result, code }) => [
      department,
      code === undefined ? result : `${result} ${code}`,
    ]),
  )
}

export const state = () => page.evaluate(() => window.planb.state())

export async function department(id = 'hemtjanst') {
  return (await state()).departments.find((one) => one.department === id)
}

export function change(
  number: string = numbers[1],
  more: Parameters<TestOrganisation['publish']>[2] = [],
) {
  const documents = [...testDocuments('hemtjanst', number), ...more]
  return organisation.publish(store, 'hemtjanst', documents)
}

export const rows = (table: string) =>
  page.evaluate(([id, name]) => window.planb.rows(id!, name!), [organisation.organisation, table])
