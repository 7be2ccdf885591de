import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { sv } from '#i18n/sv.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import {
  joinDepartment,
  readFirstStep,
  routineAddress,
  waitForText,
  waitUntilLive,
} from '../support/walk.ts'

/*
 * A nurse of the night who covers two departments: both on one phone, together or one by one, with the
 * host dead; and what is left is really gone.
 */
const nurseAddress = '/d/hemsjukvard/routine/journal-treserva'
const commonAddress = '/d/gemensamt/routine/jag-vet-inte'

let server: PlanBServer
let phone: Phone
let page: Page
let firstStep: string
let nurseStep: string

beforeAll(async () => {
  firstStep = await readFirstStep()
  nurseStep = await readFirstStep('hemsjukvard', 'journal-treserva')
  server = await startPlanB()
  phone = await createPhone()
  page = (await phone.open()).page
  await joinDepartment(page, server, 'hemtjanst')
  await joinDepartment(page, server, 'hemsjukvard')
  await page.goto(`${server.app}#/departments`)
  const boxes = page.locator('input[type="checkbox"]')
  await boxes.first().waitFor()
  for (const box of await boxes.all()) await box.check()
  const show = sv.departments.showTogether.replace('{{count}}', '2')
  await page.getByRole('button', { name: show }).click()
  await page.waitForFunction(() => location.hash === '#/')
  await waitForCopy([routineAddress, nurseAddress, '/routines'], [])
  await phone.close()
  await server.stop()
})
afterAll(async () => {
  await phone.remove()
  await server.remove()
})

async function reopen(address: string): Promise<void> {
  await phone.close()
  page = (await phone.open()).page
  await page.goto(`${server.app}#${address}`)
  await waitUntilLive(page)
}

describe('with the host dead and the browser closed', () => {
  it.each([
    ['of the one', routineAddress, () => firstStep],
    ['of the other', nurseAddress, () => nurseStep],
  ])('a routine %s is there', async (_which, address, step) => {
    await reopen(address)
    await waitForText(page, step())
  })

  it('both are shown together, and what all share once', async () => {
    await reopen('/')
    await page.locator(`a[href="#${routineAddress}"]`).first().waitFor()
    expect(await page.locator(`a[href="#${nurseAddress}"]`).count()).toBeGreaterThan(0)
    expect(await page.locator(`main a[href="#${commonAddress}"]`).count()).toBe(1)
    const calls = page.locator('a[href="tel:112"]')
    expect(await calls.count()).toBe(1)
    // The reading copy says the same before the app is up.
    const copies = await pagesOfCopy()
    expect(copies.filter((address) => address === commonAddress)).toHaveLength(1)
    expect(copies).toContain('/routines')
  })

  it('one is left: the other stays, and of the one nothing is left on the phone', async () => {
    await reopen('/ready')
    const before = await blobsHeld()
    await page.getByRole('button', { name: `${sv.ready.leave}: Hemsjukvård` }).click()
    await page.getByRole('button', { name: sv.ready.leaveYes }).click()
    await waitForCopy([routineAddress, commonAddress], [nurseAddress, '/d/hemsjukvard'])
    expect(await blobsHeld()).toBeLessThan(before)
    expect(await mentions('hemsjukvard')).toEqual([])
    expect(await copyText()).not.toContain(nurseStep)
    await reopen(nurseAddress)
    expect(await page.innerText('body')).not.toContain(nurseStep)
    await reopen(routineAddress)
    await waitForText(page, firstStep)
    await reopen(commonAddress)
    await waitForText(page, await readFirstStep('gemensamt', 'jag-vet-inte'))
  })
})

async function pagesOfCopy(): Promise<string[]> {
  return Object.keys(await readCopy())
}

async function copyText(): Promise<string> {
  return Object.values(await readCopy()).join('\n')
}

/** Every page of every reading copy in storage, in force or not, by address. */
function readCopy(): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const pages: Record<string, string> = {}
    for (const name of await caches.keys()) {
      if (!name.startsWith('planb-copy:')) continue
      const cache = await caches.open(name)
      for (const key of await cache.keys()) {
        const address = new URL(key.url).searchParams.get('a')
        if (address !== null) pages[address] = (await (await cache.match(key))?.text()) ?? ''
      }
    }
    return pages
  })
}

async function waitForCopy(present: string[], absent: string[]): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const pages = await pagesOfCopy()
    const isThere = present.every((address) => pages.includes(address))
    if (isThere && !absent.some((address) => pages.includes(address))) return
    if (Date.now() > deadline) throw new Error(`the copy has ${pages.join(' ')}`)
    await page.waitForTimeout(100)
  }
}

/** How many sealed objects lie in the databases. */
function blobsHeld(): Promise<number> {
  return page.evaluate(async () => {
    let count = 0
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((done) => {
        const opening = indexedDB.open(name ?? '')
        opening.onsuccess = () => done(opening.result)
      })
      if (database.objectStoreNames.contains('blobs'))
        count += await new Promise<number>((done) => {
          const counting = database.transaction('blobs').objectStore('blobs').count()
          counting.onsuccess = () => done(counting.result)
        })
      database.close()
    }
    return count
  })
}

/** Tables of the databases in which a row still names a department, keys included. */
function mentions(department: string): Promise<string[]> {
  return page.evaluate(async (wanted) => {
    const found: string[] = []
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((done) => {
        const opening = indexedDB.open(name ?? '')
        opening.onsuccess = () => done(opening.result)
      })
      for (const table of database.objectStoreNames) {
        // The root is public and names every department of the organisation.
        if (table === 'roots') continue
        const rows = await new Promise<unknown[]>((done) => {
          const reading = database.transaction(table).objectStore(table).getAll()
          reading.onsuccess = () => done(reading.result as unknown[])
        })
        for (const row of rows)
          if (JSON.stringify(row).includes(wanted)) found.push(`${table}: ${JSON.stringify(row).slice(0, 200)}`) // prettier-ignore
      }
      database.close()
    }
    return found
  }, department)
}
