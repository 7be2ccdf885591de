import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentHost, type TakenOverPort } from '../support/dead-hosts.ts'
import { startFaultyLine, type FaultyLine } from '../support/faulty-line.ts'
import { createFirefoxProfile, findFirefox } from '../support/firefox.ts'
import { readFirstStep, routineAddress } from '../support/walk.ts'
import { createWebKitProfile, hasWebKit } from '../support/webkit.ts'

/*
 * The other two engines: an update is half fetched when the host falls silent. The browser is closed and
 * opened again: the version before is there, and it is the app that shows it.
 */
const newStep = 'Ett nytt första steg, som just har publicerats.'

let line: FaultyLine
let firstStep: string
let silent: TakenOverPort | undefined

beforeAll(async () => {
  firstStep = await readFirstStep()
})
beforeEach(async () => {
  line = await startFaultyLine()
})
afterEach(async () => {
  await silent?.close()
  silent = undefined
  await line.remove()
})

/** An update of which every object but the packs arrives; then nothing answers any more. */
async function publishHalf(): Promise<void> {
  await line.publish(newStep)
  line.takeLog()
  let blobs = 0
  line.interfere((path) => (path.startsWith('/store/b/') && (blobs += 1) > 1 ? 'cut' : 'pass'))
}

async function fallSilent(): Promise<void> {
  await line.die()
  silent = await silentHost(line.port)
}

const isNewBlob = (path: string) => path.startsWith('/store/b/')

describe.runIf(findFirefox())('Firefox', () => {
  it('reads the old version after an update was half fetched', async () => {
    const profile = await createFirefoxProfile()
    try {
      let page = await profile.open()
      await page.goto(line.invitations.hemtjanst ?? '')
      await page.waitForFunction(stored, { polling: 200, timeout: 60_000 })
      await profile.close()
      await publishHalf()
      page = await profile.open()
      await page.goto(`${line.app}#${routineAddress}`)
      await line.waitFor(isNewBlob)
      await new Promise((done) => setTimeout(done, 500))
      await fallSilent()
      await profile.close()
      page = await profile.open()
      await page.goto(`${line.app}#${routineAddress}`, { waitUntil: 'domcontentloaded' })
      await page.waitForFunction(`document.documentElement.dataset.live !== undefined && document.body.innerText.includes(${JSON.stringify(firstStep)})`, { polling: 100, timeout: 20_000 }) // prettier-ignore
      expect(await page.evaluate('document.body.innerText')).not.toContain(newStep)
      await expect.poll(() => silent?.hits() ?? 0).toBeGreaterThan(0)
    } finally {
      await profile.remove()
    }
  })
})

describe.runIf(hasWebKit())('WebKitGTK', () => {
  it('reads the old version after an update was half fetched', async () => {
    const profile = await createWebKitProfile()
    const until = (condition: string) =>
      `(async () => { for (let i = 0; i < 150; i += 1) { if (await (${condition})) break; await new Promise((done) => setTimeout(done, 200)) } return document.body.innerText })()`
    const live = 'document.documentElement.dataset.live !== undefined'
    try {
      const joined = await profile.run(line.invitations.hemtjanst ?? '', until(stored))
      expect(joined).toContain('TES: din körlista')
      await publishHalf()
      const halfFetched = profile.run(`${line.app}#${routineAddress}`, `new Promise((done) => setTimeout(() => done(document.body.innerText), 6000))`) // prettier-ignore
      await line.waitFor(isNewBlob)
      await new Promise((done) => setTimeout(done, 300))
      await fallSilent()
      expect(await halfFetched).toContain(firstStep)
      const text = await profile.run(`${line.app}#${routineAddress}`, until(live))
      expect(text).toContain(firstStep)
      expect(text).not.toContain(newStep)
    } finally {
      await profile.remove()
    }
  })
})

/** `isStored` of walk.ts as an expression, for engines that take text only. */
const stored = `(async () => {
  const registration = await navigator.serviceWorker.getRegistration()
  if (registration?.active?.state !== 'activated' || !(await caches.has('planb-copy:/'))) return false
  const pointer = await (await caches.open('planb-copy:/')).match('https://reading-copy.invalid/current')
  if (!pointer) return false
  const pages = await caches.open('planb-copy:/:' + (await pointer.text()))
  const address = encodeURIComponent('${routineAddress}')
  return (await pages.match('https://reading-copy.invalid/page?a=' + address)) !== undefined
})()`
