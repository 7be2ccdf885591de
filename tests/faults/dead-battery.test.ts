import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { startFaultyLine, type FaultyLine } from '../support/faulty-line.ts'
import {
  joinDepartment,
  readFirstStep,
  routineAddress,
  waitForText,
  waitUntilLive,
} from '../support/walk.ts'

/*
 * The battery dies in the middle: the browser's processes get SIGKILL. Afterwards the host is dead. What
 * the phone shows is the old or the new, never nothing where there was something.
 */
const newStep = 'Ett nytt första steg, som just har publicerats.'

let line: FaultyLine
let firstStep: string
let joined: Phone
let phone: Phone
let page: Page

beforeAll(async () => {
  firstStep = await readFirstStep()
  line = await startFaultyLine()
  joined = await createPhone()
  await joinDepartment((await joined.open()).page, line, 'hemtjanst')
  await joined.close()
})
afterEach(() => phone.remove())
afterAll(async () => {
  await joined.remove()
  await line.remove()
})

async function reopen(): Promise<void> {
  page = (await phone.open()).page
  await page.goto(`${line.app}#${routineAddress}`)
}

const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

describe('during the first download', () => {
  it.each([300, 1000, 2200])(
    '%i ms in: what is there opens, and the link brings the rest',
    async (moment) => {
      phone = await createPhone()
      page = (await phone.open()).page
      void page.goto(line.invitations.hemtjanst ?? '').catch(() => undefined)
      await wait(moment)
      await phone.kill()
      await line.die()
      page = (await phone.open()).page
      // Without a worker yet, the browser says itself that there is no connection.
      const isThere = await page.goto(`${line.app}#${routineAddress}`).then(
        () => true,
        () => false,
      )
      if (isThere) {
        await waitUntilLive(page)
        expect((await page.innerText('body')).length).toBeGreaterThan(40)
      }
      await line.revive()
      page = await page.context().newPage()
      await joinDepartment(page, line, 'hemtjanst')
      await line.die()
      await phone.close()
      await reopen()
      await waitForText(page, firstStep)
      await line.revive()
    },
  )
})

describe('during an update', () => {
  beforeAll(() => line.publish(newStep))

  it.each([300, 700, 1200, 2200])(
    '%i ms in: the old or the new, and then the new',
    async (moment) => {
      phone = await createPhone(joined)
      page = (await phone.open()).page
      void page.goto(`${line.app}#${routineAddress}`).catch(() => undefined)
      await wait(moment)
      await phone.kill()
      await line.die()
      await reopen()
      await page.waitForFunction(
        (steps) => steps.some((step) => document.body.innerText.includes(step)),
        [firstStep, newStep],
        { timeout: 10_000, polling: 50 },
      )
      await waitUntilLive(page)
      const shown = await page.innerText('body')
      expect(shown.includes(firstStep) || shown.includes(newStep)).toBe(true)
      await line.revive()
      await waitForText(page, newStep, 30_000)
    },
  )
})

describe('with the database damaged on the disk', () => {
  const done = () => Promise.resolve()
  const damages: [string, (path: string, name: string) => Promise<void>][] = [
    ['parts of every file overwritten', (path) => overwrite(path)],
    ['its log overwritten', (path, name) => (name.endsWith('.log') ? overwrite(path) : done())],
    ['its manifest gone', (path, name) => (name.startsWith('MANIFEST') ? rm(path) : done())],
    ['every file empty', (path) => writeFile(path, '')],
  ]
  /** Chromium begins a database it finds broken anew; without its manifest it opens none ever again. */
  const beyondRepair = 'its manifest gone'

  it.each(damages)('%s: the plans can be read', async (name, damage) => {
    phone = await createPhone(joined)
    await line.die()
    const folder = join(phone.directory, 'Default', 'IndexedDB')
    const databases = (await readdir(folder)).filter((name) => name.includes(`_${line.port}.`))
    expect(databases.length).toBeGreaterThan(0)
    for (const database of databases)
      for (const entry of await readdir(join(folder, database), {
        withFileTypes: true,
        recursive: true,
      }))
        // prettier-ignore
        if (entry.isFile()) await damage(join(entry.parentPath, entry.name), entry.name)
    await reopen()
    await waitForText(page, firstStep)
    // After every attempt at the database, too.
    await wait(6000)
    await waitForText(page, firstStep)
    await page.evaluate(() => {
      location.hash = '#/d/hemtjanst'
    })
    await waitForText(page, 'TES: din körlista')
    if (name === beyondRepair) return line.revive()
    // The next day, with the host back, the link mends it.
    await line.revive()
    await page.goto('about:blank')
    await page.goto(line.invitations.hemtjanst ?? '')
    await waitUntilLive(page)
    await waitForText(page, 'TES: din körlista')
    await page.goto(`${line.app}#${routineAddress}`)
    await page.waitForFunction(
      (steps) => steps.some((step) => document.body.innerText.includes(step)),
      [firstStep, newStep],
      { polling: 100 },
    )
  })
})

async function overwrite(path: string): Promise<void> {
  const bytes = await readFile(path)
  for (let at = 16; at < bytes.length; at += 1 + (at % 97)) bytes[at] = (bytes[at] ?? 0) ^ 0x5a
  await writeFile(path, bytes)
}
