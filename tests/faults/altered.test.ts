import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { sv } from '#i18n/sv.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { emptyPhone } from '../support/empty-phone.ts'
import { startFaultyLine, type FaultyLine } from '../support/faulty-line.ts'
import type { Interference } from '../support/interfering-proxy.ts'
import {
  isStored,
  joinDepartment,
  readFirstStep,
  routineAddress,
  waitForText,
  waitUntilLive,
  waitUntilStored,
} from '../support/walk.ts'

/*
 * One byte of each object in turn is another, or a captive portal's page comes in its place. Nothing
 * of it is kept or shown, what was there stays, and what is right arrives when the line is honest.
 */
const newStep = 'Ett nytt första steg, som just har publicerats.'
const lies: Interference[] = ['flip', 'html']

let line: FaultyLine
let firstStep: string
let joined: Phone
/** Those of the test that is run. */
const phones: Phone[] = []
let asked: string[]
/** Of the release that is the newest. */
let version = 1

beforeAll(async () => {
  firstStep = await readFirstStep()
  line = await startFaultyLine()
  joined = await createPhone()
  const { page } = await joined.open()
  await joinDepartment(page, line, 'hemtjanst')
  await joined.close()
  asked = [...new Set(line.takeLog())]
})
afterEach(async () => {
  line.mend()
  await line.revive()
  for (const phone of phones.splice(0)) await phone.remove()
})
afterAll(async () => {
  await joined.remove()
  await line.remove()
})

async function aPhone(like?: Phone): Promise<Phone> {
  const phone = await createPhone(like)
  phones.push(phone)
  return phone
}

describe.each(lies)('"%s" on a first visit', (lie) => {
  it('in the root, a hint, a head or a blob: nothing of it is kept, and it goes on by itself', async () => {
    const phone = await aPhone()
    const { page } = await phone.open()
    const wanted = asked.filter((path) => /^\/store\/(b\/|root\/1|d\/hem\w+\/(latest|head\/0001-0000000001))/.test(path)) // prettier-ignore
    expect(wanted.length).toBeGreaterThan(7)
    for (const path of lie === 'flip' ? wanted : oneOfEachKind(wanted)) {
      await emptyPhone(page, line.app)
      await lieAt(path, lie)
      await page.goto(line.invitations.hemtjanst ?? '')
      await line.waitFor((each) => each === path)
      await page.waitForTimeout(400)
      // A hint is only that: without it, the head is found all the same.
      if (!path.endsWith('/latest')) expect(await page.evaluate(isStored, 'hemtjanst'), path).toBe(false) // prettier-ignore
      line.mend()
      await waitUntilStored(page)
    }
    await page.goto(`${line.app}#${routineAddress}`)
    await waitForText(page, firstStep)
  }, 240_000)

  it('in a file of the app: it is not installed, and the next start is whole', async () => {
    const phone = await aPhone()
    const { page } = await phone.open()
    const wanted = asked.filter((path) => /^\/(index\.html|sw\.js|manifest\.webmanifest|assets\/(main|first|en|style)-.*)$/.test(path)) // prettier-ignore
    expect(wanted.length).toBeGreaterThan(3)
    for (const path of wanted) {
      await emptyPhone(page, line.app)
      await lieAt(path, lie)
      await page.goto(line.invitations.hemtjanst ?? '').catch(() => undefined)
      await line.waitFor((each) => each === path)
      await page.waitForTimeout(700)
      expect(await storedOtherwise(page), path).toEqual([])
      line.mend()
      // A script that lies in the browser's own cache is asked for past it by the worker: the first
      // start brings that, the next is whole. The first script itself is the browser's to check.
      if (path.startsWith('/assets/first-')) await forgetBrowserCache(page)
      await page.goto(line.app)
      await waitForWorker(page)
      await joinDepartment(page, line, 'hemtjanst')
      expect(await storedOtherwise(page), path).toEqual([])
    }
    await line.die()
    await phone.close()
    const reopened = (await phone.open()).page
    await reopened.goto(`${line.app}#${routineAddress}`)
    await waitForText(reopened, firstStep)
    await line.revive()
  }, 240_000)
})

describe('a script that comes false or cut on a first visit', () => {
  it.each<Interference>(['html', 'cut'])(
    '"%s": it is said, and all of it is there within a minute, though nobody does anything',
    async (lie) => {
      const phone = await aPhone()
      const { page } = await phone.open()
      line.takeLog()
      line.interfere((path) => (path.startsWith('/assets/main-') ? lie : 'pass'))
      await page.goto(line.invitations.hemtjanst ?? '')
      await waitForText(page, 'Den försöker igen av sig själv')
      await page.waitForTimeout(2000)
      line.mend()
      await waitUntilStored(page)
      expect(await storedOtherwise(page)).toEqual([])
    },
  )

  it('and one that is whole but fails: the page begins anew more and more seldom', async () => {
    const phone = await aPhone()
    const { page } = await phone.open({ serviceWorkers: 'block' })
    await page.route('**/assets/main-*', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: "throw new Error('fails')" }),
    )
    await page.addInitScript(() => {
      Math.random = () => 0.5
    })
    const starts: number[] = []
    page.on('load', () => starts.push(performance.now()))
    await page.goto(line.invitations.hemtjanst ?? '')
    await expect.poll(() => starts.length, { timeout: 40_000 }).toBe(3)
    // Four seconds, then eight.
    expect(starts[2]! - starts[1]!).toBeGreaterThan(7000)
  })

  it('and the very first script: the page says what to do', async () => {
    const phone = await aPhone()
    const { page } = await phone.open()
    line.interfere((path) => (path.startsWith('/assets/first-') ? 'html' : 'pass'))
    await page.goto(line.invitations.hemtjanst ?? '')
    await page.getByText('öppna länken igen').waitFor({ timeout: 15_000 })
    expect(await page.getByText('öppna länken igen').isVisible()).toBe(true)
  })
})

describe('the keys that a coordinator needs to read', () => {
  it.each(lies)(
    '"%s" in their place: nothing opens by it, and it goes on by itself',
    async (lie) => {
      const phone = await aPhone()
      const { page } = await phone.open()
      line.takeLog()
      await restore(page)
      await waitUntilStored(page, 'krisledning')
      await expect.poll(() => holdsRoutines(page, 'krisledning'), { timeout: 60_000 }).toBe(true)
      const blobs = new Set(line.takeLog().filter((path) => path.startsWith('/store/b/')))
      // What members do not ask for: the wraps of keys, and what other departments have.
      const others = [...blobs].filter((path) => !asked.includes(path))
      expect(others.length).toBeGreaterThan(4)
      await emptyPhone(page, line.app)
      line.interfere((path) => (others.includes(path) ? lie : 'pass'))
      await restore(page)
      await line.waitFor((path) => others.includes(path))
      await page.waitForTimeout(3000)
      expect(await holdsRoutines(page, 'krisledning')).toBe(false)
      line.mend()
      await expect.poll(() => holdsRoutines(page, 'krisledning'), { timeout: 60_000 }).toBe(true)
    },
    180_000,
  )
})

describe('on an update', () => {
  it.each(lies)('"%s" in a hint, a head, the manifest or a pack: the last good stays, then the new comes', async (lie) => {
    const before = lie === lies[0] ? firstStep : `${newStep} ${lies[0]}`
    const step = `${newStep} ${lie}`
    const start = await aPhone(joined)
    let page = (await start.open()).page
    if (lie !== lies[0]) {
      await page.goto(`${line.app}#${routineAddress}`)
      await waitForText(page, before)
      await page.waitForTimeout(2000)
    }
    await start.close()
    await line.publish(step)
    const probe = await aPhone(start)
    page = (await probe.open()).page
    line.takeLog()
    await page.goto(`${line.app}#${routineAddress}`)
    await waitForText(page, step)
    version += 1
    const head = `/store/d/hemtjanst/head/0001-${String(version).padStart(10, '0')}.jws`
    const update = [...new Set(line.takeLog())].filter((path) => path === head || /^\/store\/(b\/|d\/hemtjanst\/latest)/.test(path)) // prettier-ignore
    expect(update).toContain(head)
    await probe.remove()
    expect(update.length).toBeGreaterThan(2)
    for (const path of update) {
      const phone = await aPhone(start)
      page = (await phone.open()).page
      await lieAt(path, lie)
      await page.goto(`${line.app}#${routineAddress}`)
      await line.waitFor((each) => each === path)
      await page.waitForTimeout(400)
      if (!path.endsWith('/latest')) {
        await waitForText(page, before)
        expect(await page.innerText('body'), path).not.toContain(step)
      }
      await waitUntilLive(page)
      line.mend()
      // A return to the app: after a false head, it looks again as usual, within 45 seconds.
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
      await waitForText(page, step, 20_000)
      await phone.remove()
    }
    await start.remove()
  }, 240_000) // prettier-ignore
})

async function restore(page: Page): Promise<void> {
  await page.goto(line.coordinator)
  await page.getByRole('button', { name: sv.restore.yes }).click()
}

/** Whether the reading copy has a department's routines: they were stored, and opened. */
function holdsRoutines(page: Page, department: string): Promise<boolean> {
  return page.evaluate(async (id) => {
    const scope = new URL('./', location.href).pathname
    const pointer = await caches.match('https://reading-copy.invalid/current')
    if (!pointer) return false
    const pages = await caches.open(`planb-copy:${scope}:${await pointer.text()}`)
    const part = encodeURIComponent(`/d/${id}/routine/`)
    return (await pages.keys()).some(({ url }) => url.includes(part))
  }, department)
}

async function lieAt(path: string, lie: Interference): Promise<void> {
  line.takeLog()
  line.interfere((each) => (each === path ? lie : 'pass'))
}

/** One path of each folder: a page of HTML is refused by its type before anything else. */
function oneOfEachKind(paths: string[]): string[] {
  return [...new Map(paths.map((path) => [path.replace(/[^/]+$/, ''), path])).values()]
}

async function waitForWorker(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
}

async function forgetBrowserCache(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.clearBrowserCache')
  await session.detach()
}

/** Files of the app that lie in storage with other bytes than the host's. */
async function storedOtherwise(page: Page): Promise<string[]> {
  if (!page.url().startsWith('http')) return []
  const stored = await page.evaluate(async () => {
    const files: [string, string][] = []
    for (const name of await caches.keys()) {
      if (!name.includes('planb-shell')) continue
      const cache = await caches.open(name)
      for (const key of await cache.keys()) {
        const response = await cache.match(key)
        if (response && key.url.startsWith(location.origin))
          files.push([key.url, await response.text()])
      }
    }
    return files
  })
  const wrong: string[] = []
  for (const [url, text] of stored) {
    const direct = url.replace(`:${line.port}/`, `:${line.serverPort}/`).replace(/\?.*$/, '')
    if ((await (await fetch(direct)).text()) !== text) wrong.push(url)
  }
  return wrong
}
