import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { beyondEdge, smallTargets, violations } from '../support/check-screen.ts'
import { startRealOrganisation, type RealOrganisation } from '../support/real-organisation.ts'
import { waitForText } from '../support/walk.ts'

/* A new organisation's coordinator, alone with it, the first day. */
let organisation: RealOrganisation
let phone: Phone
let page: Page

const open = async (address: string) => {
  await page.goto('about:blank')
  await page.goto(`${organisation.app}#${address}`)
}
const step = (title: string) => page.locator('.begin-steps a', { hasText: title })

beforeAll(async () => {
  organisation = await startRealOrganisation('Ås kommun', 'krisledning=Krisledning')
  phone = await createPhone()
  page = (await phone.open({ bypassCSP: true })).page
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(organisation.coordinator)
  await page.getByRole('button', { name: 'Ja, lägg in nycklarna' }).click()
  await waitForText(page, 'Sköta planerna')
}, 120_000)
afterAll(async () => {
  await phone.remove()
  await organisation.remove()
})

describe('the first day', () => {
  it('begins with what is left to do, in order', async () => {
    await open('/edit')
    await page.getByRole('link', { name: /Kom igång/ }).click()
    await waitForText(page, 'av 5 steg är klara')
    await expect.poll(() => step('Kommunens namn').innerText()).toContain('Ås kommun')
    expect(await step('Lägg till de två första').innerText()).toContain('Krisledning')
    expect([await beyondEdge(page), await smallTargets(page), await violations(page)]).toEqual([
      [],
      [],
      [],
    ])
  })

  it('says so where there is no library, and an empty department can be added all the same', async () => {
    await page.route('**/library.bin', (route) => route.fulfill({ status: 404 }))
    try {
      await open('/edit/departments/add')
      await waitForText(page, 'Den här servern har inget bibliotek')
      await page.getByRole('button', { name: /En tom verksamhet/ }).click()
      await page.getByRole('button', { name: /^Lägg till/ }).click()
      await waitForText(page, 'Skriv vad verksamheten heter.')
      await page.getByLabel('Vad heter den hos er?').fill('krisledning')
      await page.getByRole('button', { name: /^Lägg till/ }).click()
      await waitForText(page, 'Det finns redan en verksamhet som heter så.')
      await page.getByLabel('Vad heter den hos er?').fill('Måltid & kök')
      await page.getByRole('button', { name: /^Lägg till/ }).click()
      await waitForText(page, 'Måltid & kök är tillagd')
    } finally {
      await page.unroute('**/library.bin')
    }
    const root = await readFile(join(organisation.data, 'store/root/2.jws'), 'utf8')
    const { payload } = JSON.parse(root) as { payload: string }
    const { departments } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
      departments: Record<string, { title: string }>
    }
    expect(departments['maltid-kok']?.title).toBe('Måltid & kök')
  })

  it('takes home care from the library: in its own words, as drafts, without any number', async () => {
    await open('/edit/departments/add')
    await page.getByRole('button', { name: /Hemtjänst/ }).click()
    await page.getByText('kund', { exact: true }).click()
    await page.getByLabel('TES heter hos oss').fill('Lifecare Planering')
    expect([await beyondEdge(page), await smallTargets(page), await violations(page)]).toEqual([
      [],
      [],
      [],
    ])
    await page.getByRole('button', { name: 'Lägg till Hemtjänst' }).click()
    await waitForText(page, 'Hemtjänst är tillagd')
    const drafts = await readDrafts(page)
    const own = drafts.filter(({ name }) => name.startsWith('hemtjanst/'))
    expect(own.length).toBeGreaterThan(20)
    const text = JSON.stringify(own)
    expect(text).toContain('Lifecare Planering')
    expect(text).not.toMatch(/\bTES\b|\bbrukaren\b|\+46\d/)
    expect(drafts.map(({ name }) => name)).toContain('gemensamt/routine/jag-vet-inte')
  })

  it('publishes nothing of it by itself: staff see an empty department', async () => {
    const heads = join(organisation.data, 'store/d/hemtjanst/latest')
    expect(await readFile(heads, 'utf8')).toBe('0001-0000000001')
  })

  it('then says which numbers are missing, and what waits to be published', async () => {
    await open('/edit/begin')
    await step('Fyll i telefonnumren i Hemtjänst').waitFor()
    expect(await step('Fyll i telefonnumren i Hemtjänst').innerText()).toMatch(/\d+ nummer saknas/)
    expect(await step('Läs igenom och publicera Hemtjänst').innerText()).toMatch(/\d+ utkast/)
    expect(await step('Systemen').innerText()).toMatch(/\d+ system finns med/)
    expect(await beyondEdge(page)).toEqual([])
  })

  it('taken again it changes nothing that was written', async () => {
    const before = await readDrafts(page)
    await open('/edit/departments/add')
    await page.getByRole('button', { name: /Hemtjänst/ }).click()
    await page.getByRole('button', { name: 'Lägg till Hemtjänst' }).click()
    await waitForText(page, 'Hemtjänst är tillagd')
    expect(await readDrafts(page)).toEqual(before)
  })
})

interface StoredDraft {
  name: string
  body: unknown
}

/** What lies in the phone's database. */
async function readDrafts(of: Page): Promise<StoredDraft[]> {
  return of.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
    const name = names.find((each) => /:[0-9a-f]{64}$/.test(each))
    const database = await new Promise<IDBDatabase>((done, fail) => {
      const request = indexedDB.open(name ?? '')
      request.onsuccess = () => done(request.result)
      request.onerror = () => fail(new Error('no database'))
    })
    const rows = await new Promise<{ name: string; value: StoredDraft }[]>((done) => {
      const request = database.transaction('records').objectStore('records').getAll()
      request.onsuccess = () => done(request.result as { name: string; value: StoredDraft }[])
    })
    database.close()
    return rows.filter((row) => row.name.startsWith('draft:')).map(({ value }) => value)
  })
}
