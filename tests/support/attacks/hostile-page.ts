import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { encodeInvitation } from '#trust/invitation.ts'
import { falseMark, numberOf, stepOf } from '../living-organisation.ts'
import { routineAddress, waitForText, waitUntilLive, waitUntilStored } from '../walk.ts'
import { falseNumber } from './forge.ts'
import type { Stage } from './scene.ts'

/** What a phone has noted for managers. */
export interface Noted {
  code: string
  at: string
  store?: string
}

/** Joins from the host, as from a link, and opens the routine that every edition has. */
export async function joinStage(page: Page, { host, living }: Stage): Promise<void> {
  await page.goto(`${host.app}#/join/${encodeInvitation(living.invitation())}`)
  await waitUntilStored(page, living.department)
  await openRoutine(page, host.app)
}

/** Opens the app anew at the routine, as a tap on its icon does. */
export async function openRoutine(page: Page, app: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(`${app}#${routineAddress}`, { waitUntil: 'commit' })
  await waitUntilLive(page)
}

/** Waits until the app has asked its host since it was opened, and the round has ended. */
export async function waitForRound(page: Page, { host, living }: Stage, since: number) {
  const name = `:${living.organisation}`
  await expect.poll(() => host.lastAskedAt(), { timeout: 15_000, interval: 20 }).toBeGreaterThan(since) // prettier-ignore
  const isAtWork = () =>
    page.evaluate(async (end) => {
      const { held = [] } = await navigator.locks.query()
      return held.some((lock) => lock.name?.startsWith('planb-sync') && lock.name.endsWith(end))
    }, name)
  await expect.poll(isAtWork, { timeout: 60_000, interval: 30 }).toBe(false)
}

/** The edition is on the screen, its number can be dialled, and nothing false is anywhere: shown, stored or drawn. */
export async function expectShown(page: Page, edition: number): Promise<void> {
  await waitForText(page, stepOf(edition))
  const html = await page.content()
  expect(html).not.toContain(falseMark)
  expect(html).not.toContain(falseNumber)
  expect(await page.locator(`a[href="tel:${numberOf(edition)}"]`).count()).toBeGreaterThan(0)
  const drawn = await page.evaluate(async () => {
    const texts: string[] = []
    for (const name of await caches.keys()) {
      if (!name.startsWith('planb-copy')) continue
      const cache = await caches.open(name)
      for (const key of await cache.keys())
        texts.push((await (await cache.match(key))?.text()) ?? '')
    }
    return texts.join('\n')
  })
  expect(drawn).not.toContain(falseMark)
  expect(drawn).not.toContain(falseNumber)
}

/** A tap leads on and back: the app is there for whoever needs it. */
export async function expectUsable(page: Page): Promise<void> {
  await page.evaluate(() => (location.hash = '#/d/hemtjanst/contacts'))
  await page.getByText('Sjuksköterska kväll').first().waitFor({ timeout: 5_000 })
}

/** What the phone's own memory holds for managers, of what it met at this time or later. */
export async function notesSince(page: Page, stage: Stage, since: number): Promise<string[]> {
  const notes = await page.evaluate(async (organisation) => {
    const database = await new Promise<IDBDatabase>((done, fail) => {
      const opening = indexedDB.open(`planb:/:${organisation}`)
      opening.onsuccess = () => done(opening.result)
      opening.onerror = () => fail(new Error('no database'))
    })
    const row = await new Promise<{ value?: unknown } | undefined>((done) => {
      const reading = database.transaction('records').objectStore('records').get('notes')
      reading.onsuccess = () => done(reading.result as { value?: unknown } | undefined)
    })
    database.close()
    return (row?.value ?? []) as Noted[]
  }, stage.living.organisation)
  return [...new Set(notes.filter(({ at }) => Date.parse(at) >= since).map(({ code }) => code))]
}
