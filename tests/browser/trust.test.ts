import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { createMemoryStore } from '#store/memory.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { bundlePage } from '../support/bundle-page.ts'
import { createStoreServer } from '../support/store-server.ts'
import * as node from './trust-page.ts'

type Script = typeof node
let phone: Phone
let page: Page
let server: Awaited<ReturnType<typeof createStoreServer>>

beforeAll(async () => {
  const script = await bundlePage(new URL('trust-page.ts', import.meta.url).pathname)
  server = await createStoreServer(createMemoryStore(), {
    '': '<!doctype html><script type="module" src="page.js"></script>',
    'page.js': script,
  })
  phone = await createPhone()
  ;({ page } = await phone.open())
  await page.goto(server.base)
})

afterAll(async () => {
  await phone?.remove()
  await server?.close()
})

/** Calls a function of the page's script in the browser. */
function inBrowser<K extends keyof Script>(
  name: K,
  ...values: Parameters<Script[K]>
): Promise<Awaited<ReturnType<Script[K]>>> {
  return page.evaluate(
    ({ name, values }) => {
      const { trust } = window as unknown as { trust: Record<string, (...all: unknown[]) => never> }
      return trust[name]!(...values)
    },
    { name, values: values as unknown[] },
  )
}

describe('trust and release in a real browser', () => {
  const received = {
    title: 'Testkommunen',
    publishedBy: 'Enhetschef hemtjanst',
    documents: ['contacts/contacts', 'department/department', 'routine/tes-korlista'],
    changes: [['contacts.sjukskoterska.number']],
    isRecovered: true,
    restored: true,
  }

  it('opens what Node has published, and Node what the browser has', async () => {
    expect(await inBrowser('receive', await node.ship())).toMatchObject(received)
    expect(await node.receive(await inBrowser('ship'))).toMatchObject(received)
  })

  it('says the same check words in both', async () => {
    const shipment = await node.ship()
    const [here, there] = [await node.receive(shipment), await inBrowser('receive', shipment)]
    expect(there.words).toEqual(here.words)
    expect(there.words).toHaveLength(8)
  })

  it('[R40] finds a changed byte', async () => {
    const { good, altered } = await inBrowser('checkStore')
    expect(good).toEqual([])
    expect(altered).toBeGreaterThan(0)
  })

  it('[T22] keeps keys in the database where no script can read them', async () => {
    expect(await inBrowser('keepKeys')).toEqual({
      opened: [1, 2, 3],
      read: 'refused',
      isUnwrapped: true,
      extractable: [false, false],
    })
  })

  it('[R12] stops inflating at the stated size', async () => {
    const { size, code } = await inBrowser('openBomb')
    expect(size).toBeLessThan(120_000)
    expect(code).toBe('inflate-too-large')
  })
})
