import { afterEach, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { moreSv } from '#i18n/more-sv.ts'
import { sv } from '#i18n/sv.ts'
import { payloadOf, signHead } from '#release/head.ts'
import { createEpochSecret } from '#release/epoch-secret.ts'
import { publishRelease } from '#release/publish.ts'
import { versionCode } from '#release/version-code.ts'
import { headPath, latestPath, rootPath } from '#store/layout.ts'
import { nextRoot, signRoot, verifyNextRoot } from '#trust/root.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { testDocuments } from '../support/organisation.ts'
import {
  createTrustScene,
  daysAgo,
  firstStep,
  routineAddress,
  type TrustScene,
} from '../support/trust-scene.ts'
import { copyHolds, heldText, keyOf } from '../support/what-is-held.ts'
import { waitForText, waitUntilLive } from '../support/walk.ts'

/*
 * What somebody who reads meets of trust: TRUST's table "What people see", row by row, in a real browser
 * against the real server. Content goes on being readable in every row but the last.
 */
const start = '/d/hemtjanst'
const role = 'Enhetschef hemtjanst'
/** A number that is only in what must not come through. */
const falseNumber = '+46701740699'

let scene: TrustScene | undefined
let phone: Phone | undefined

afterEach(async () => {
  await phone?.remove()
  await scene?.remove()
  phone = undefined
  scene = undefined
})

async function joined(options: Parameters<typeof createTrustScene>[0] = {}) {
  scene = await createTrustScene(options)
  phone = await createPhone()
  const { page } = await phone.open()
  await scene.join(page)
  await show(page, start)
  await waitForText(page, 'Planerna fungerar utan internet')
  return { scene, phone, page }
}

/** Closes the browser and opens the app anew, as from the home screen. */
async function reopen(options: Parameters<Phone['open']>[0] = {}): Promise<Page> {
  await phone?.close()
  const { page } = await phone!.open(options)
  await page.goto(`${scene!.app}#${start}`)
  return page
}

async function show(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash
  }, `#${address}`)
  await page.locator('h1').first().waitFor()
}

async function expectReadable(page: Page): Promise<void> {
  await show(page, routineAddress)
  await waitForText(page, firstStep)
  await show(page, start)
}

const shownText = (page: Page) => page.evaluate(() => document.body.innerText)

/** A return to the app: it looks for news. */
async function lookAgain(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
}

async function removeShell(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const name of await caches.keys())
      if (name.includes('planb-shell')) await caches.delete(name)
  })
}

describe('who published, and when it was last confirmed', () => {
  it('is said on start and ready, offline too; staff see nothing else', async () => {
    const { page } = await joined({ published: 3 })
    await waitForText(page, `Publicerad av ${role}`)
    await waitForText(page, 'kontrollerad för 3 dagar sedan')
    expect(await page.locator('.notice').allInnerTexts()).not.toContain(sv.trust.doubtText)
    await scene?.stop()
    const again = await reopen()
    await waitForText(again, 'kontrollerad för 3 dagar sedan')
    expect(await again.locator('.offers .notice:visible').count()).toBe(0)
    await show(again, '/ready')
    await waitForText(again, 'kontrollerad för 3 dagar sedan')
    await expectReadable(again)
    expect(await shownText(again)).not.toMatch(/signatur|kryptera|epok|nyckelrotation|journal\b/i)
  })

  it('[U6] after 30 days: amber, whom to ring, and the code; also with no script and on the emergency page', async () => {
    const { page } = await joined({ published: 31 })
    const code = versionCode(scene!.organisation.last.hemtjanst!.head)
    await waitForText(page, sv.trust.old)
    const notice = page.locator('.notice.is-warning').first()
    expect(await notice.innerText()).toContain(role)
    expect(await notice.innerText()).toMatch(/inte bekräftade sedan \d+ \S+ \d{4}/)
    const size = await notice
      .locator('.version-code')
      .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
    expect(size).toBeGreaterThan(28)
    expect(await notice.locator('.version-code').innerText()).toBe(code)
    await expectReadable(page)
    await scene?.stop()

    const still = await reopen({ javaScriptEnabled: false })
    expect(await still.locator('.notice .version-code:visible').innerText()).toBe(code)
    await still.goto('about:blank')
    await still.goto(`${scene!.app}#${routineAddress}`)
    expect(await still.getByText(firstStep).first().isVisible()).toBe(true)
    // Over a routine, one line that leads there.
    expect(await still.locator('.notice .version-code:visible').count()).toBe(0)
    expect(await still.locator('.notice:visible').innerText()).toContain(sv.trust.old)
    const way = still.locator('.notice a:visible').first()
    expect(await way.getAttribute('href')).toBe(`#${start}`)

    const live = await reopen()
    await waitUntilLive(live)
    await removeShell(live)
    const emergency = await reopen()
    await waitForText(emergency, 'Planerna finns här ändå')
    expect(await emergency.locator('.page:target .version-code:visible').innerText()).toBe(code)
  })

  it('[U6] before 30 days the drawn page says nothing of it', async () => {
    await joined({ published: 29 })
    await scene?.stop()
    const page = await reopen({ javaScriptEnabled: false })
    await page.getByText('kontrollerad').first().waitFor()
    expect(await page.locator('.notice .version-code:visible').count()).toBe(0)
  })

  it('the code can be compared by phone: the same, not the same, not whole', async () => {
    const { page } = await joined({ published: 31 })
    await page.getByRole('link', { name: sv.trust.compare }).first().click()
    await page.getByRole('heading', { name: moreSv.compareTitle }).waitFor()
    const code = versionCode(scene!.organisation.last.hemtjanst!.head)
    await scene?.stop()
    await page.getByText(moreSv.spelled).first().click()
    await page.locator('.code-picture').first().waitFor()
    const field = page.getByLabel(moreSv.other)
    const compare = page.getByRole('button', { name: moreSv.compare, exact: true })
    await field.fill(code.toLowerCase().replace('-', ' '))
    await compare.click()
    await waitForText(page, 'Samma. Verksamheten hemtjanst')
    await field.fill(code.slice(0, 8) + (code.endsWith('0') ? '1' : '0'))
    await compare.click()
    await waitForText(page, moreSv.differs)
    await waitForText(page, 'Använd pärmen')
    expect(await shownText(page)).toContain(role)
    await field.fill('K7F2')
    await compare.click()
    await waitForText(page, moreSv.short)
  })

  it('stands on printed pages', async () => {
    const { page } = await joined()
    await show(page, routineAddress)
    await waitForText(page, firstStep)
    await page.emulateMedia({ media: 'print' })
    const code = versionCode(scene!.organisation.last.hemtjanst!.head)
    expect(await page.locator('.print-line').innerText()).toContain(code)
    const foot = await page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue('--print-foot'),
    )
    expect(foot).toContain(code)
  })
})

describe('a host that lies', () => {
  it('[U7] a false head, an older one and a fork: staff see nothing, and the last good stays', async () => {
    const { scene: on, page } = await joined()
    const held = on.organisation.last.hemtjanst!
    const garbage = new TextEncoder().encode('FALSKT')
    await on.store.putIfAbsent(headPath('hemtjanst', 1, held.v + 1), garbage)
    const other = await on.organisation.build('hemtjanst', testDocuments('hemtjanst', falseNumber))
    const stranger = on.organisation.rootKeys[0]!
    const fork = { ...payloadOf(held.head), manifest: payloadOf(held.head).manifest, edition: 99 }
    await on.store.putIfAbsent(
      headPath('hemtjanst', 1, held.v + 2),
      (await signHead({ ...fork, v: held.v, gen: 1 }, stranger)).bytes,
    )
    await on.store.replace(latestPath('hemtjanst'), new TextEncoder().encode('0001-0000000003'))
    expect(other.v).toBe(held.v + 1)
    const before = await page.locator('.trust').innerText()
    await lookAgain(page)
    await page.waitForTimeout(2500)
    expect(await page.locator('.offers .notice:visible').count()).toBe(0)
    expect(await page.locator('.trust').innerText()).toBe(before)
    await expectReadable(page)
    await show(page, '/ready')
    expect(await page.getByText(/sak(er)? någon har försökt/).count()).toBe(0)
  })

  it('a root that is named and withheld: amber with the code for staff', async () => {
    const { scene: on, page } = await joined()
    const { root } = on.organisation
    const ahead = { ...root, v: 2, hash: 'f'.repeat(64) } as typeof root
    await on.publish(testDocuments('hemtjanst'), { root: ahead })
    await lookAgain(page)
    await waitForText(page, sv.trust.withheld)
    await waitForText(page, versionCode(on.organisation.last.hemtjanst!.head))
    expect(await page.locator('.notice.is-stop').count()).toBe(0)
    await expectReadable(page)
  })

  it('[U7] a manager sees what was tried, and a withheld root in red', async () => {
    const { scene: on, page } = await joined()
    await page.goto('about:blank')
    await page.goto(`${on.app}#/restore/${await on.organisation.coordinatorText()}`)
    await page.getByRole('button', { name: sv.restore.yes }).click()
    await page.waitForFunction(() => location.hash === '#/departments')
    const held = on.organisation.last.hemtjanst!
    const { root } = on.organisation
    await on.store.putIfAbsent(
      headPath('hemtjanst', 1, held.v + 1),
      new TextEncoder().encode('FALSKT'),
    )
    const ahead = { ...root, v: 2, hash: 'f'.repeat(64) } as typeof root
    const built = await on.organisation.build('hemtjanst', testDocuments('hemtjanst'), { root: ahead, v: held.v + 2 } as never) // prettier-ignore
    await publishRelease(on.store, built)
    await show(page, start)
    await lookAgain(page)
    await waitForText(page, sv.trust.withheldText, 60_000)
    expect(await page.locator('.notice.is-stop').count()).toBe(1)
    await show(page, '/ready')
    const link = page.getByRole('link', { name: /\d+ sak(er)? någon har försökt/ })
    await link.waitFor({ timeout: 30_000 })
    expect(await link.getAttribute('href')).toBe('#/edit/tried')
    await expectReadable(page)
  })

  it('plans in a format only a newer app reads: said, and what is here goes on being shown', async () => {
    const { scene: on, page } = await joined()
    const held = on.organisation.last.hemtjanst!
    const next = { ...payloadOf(held.head), v: held.v + 1, edition: 2, format: 99, minFormat: 99 }
    const signed = await signHead(next, on.organisation.publishers.hemtjanst!)
    await on.store.putIfAbsent(headPath('hemtjanst', 1, held.v + 1), signed.bytes)
    await on.store.replace(latestPath('hemtjanst'), new TextEncoder().encode('0001-0000000002'))
    await lookAgain(page)
    await waitForText(page, sv.trust.newer)
    await expectReadable(page)
    const button = page.getByRole('button', { name: sv.trust.newerYes, exact: true })
    expect(await button.count()).toBe(0)
    await on.stop()
    const again = await reopen()
    await waitForText(again, sv.trust.newer)
    await expectReadable(again)
    await expect.poll(() => copyHolds(again, sv.trust.newer), { timeout: 20_000 }).toBe(true)
    const still = await reopen({ javaScriptEnabled: false })
    await still.getByText(sv.trust.newer).first().waitFor()
    // A newer app lies on the host: it is looked for by itself, and taken when somebody says so.
    await on.start()
    await on.updateApp()
    const updated = await reopen()
    await updated.getByRole('button', { name: sv.trust.newerYes, exact: true }).click()
    await updated.waitForEvent('load')
    await waitUntilLive(updated)
    await expectReadable(updated)
  })
})

describe('what the coordinator changes', () => {
  it('a new code for others than this phone: asked for, and the old plans stay', async () => {
    const { scene: on, page } = await joined()
    on.organisation.epochs.hemtjanst = await createEpochSecret(2)
    await on.publish(testDocuments('hemtjanst', falseNumber))
    await lookAgain(page)
    await waitForText(page, sv.trust.needsNewCode)
    await expectReadable(page)
    expect(await page.innerHTML('main')).not.toContain(falseNumber)
    await expect.poll(() => copyHolds(page, sv.trust.needsNewCode), { timeout: 20_000 }).toBe(true)
    await on.stop()
    const still = await reopen({ javaScriptEnabled: false })
    await still.getByText(sv.trust.needsNewCode).first().waitFor()
  })

  it('[U8] a wiped phone: "Din tillgång har avslutats", and the plans are gone from every place that held them', async () => {
    const { scene: on, page } = await joined()
    const device = (await keyOf(page)).kid
    const { root, rootKeys } = on.organisation
    const next = nextRoot(root, { issued: new Date().toISOString(), wiped: [device] })
    const { bytes } = await signRoot(next, [rootKeys[0]!])
    await on.store.putIfAbsent(rootPath(2), bytes)
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    // The root is asked for on full rounds: the next start is one.
    const told = await reopen()
    await waitForText(told, sv.trust.ended, 60_000)
    expect(await shownText(told)).not.toContain('TES')
    await expect.poll(() => heldText(told, firstStep), { timeout: 20_000 }).toEqual([])
    await expect.poll(() => copyHolds(told, sv.trust.ended), { timeout: 20_000 }).toBe(true)
    await on.stop()

    const offline = await reopen()
    await waitForText(offline, sv.trust.ended)
    await show(offline, routineAddress)
    await offline.waitForTimeout(500)
    expect(await shownText(offline)).not.toContain(firstStep)

    const still = await reopen({ javaScriptEnabled: false })
    await still.getByText(sv.trust.ended).first().waitFor()
    expect(await still.getByText(firstStep).count()).toBe(0)

    const live = await reopen()
    await waitUntilLive(live)
    await removeShell(live)
    const emergency = await reopen()
    await waitForText(emergency, sv.trust.ended)
    expect(await emergency.content()).not.toContain(firstStep)
  })
})

describe('the phone itself', () => {
  it('[U9] a clock that goes wrong: said calmly, content shown, nothing called old', async () => {
    const { page } = await joined({ published: 3 })
    await page.clock.setFixedTime(daysAgo(400))
    await page.reload()
    await waitUntilLive(page)
    await waitForText(page, sv.trust.clock)
    expect(await page.locator('.notice.is-warning, .notice.is-stop').count()).toBe(0)
    await expectReadable(page)
  })

  it('is named by whoever has it, when they like; the name is kept', async () => {
    const { page } = await joined()
    const field = page.getByLabel(sv.start.phoneName)
    await field.waitFor()
    expect(await field.inputValue()).not.toBe('')
    await field.fill('Hemtjänst norr bil 3')
    await page.getByRole('button', { name: moreSv.nameOfferYes }).click()
    await waitForText(page, moreSv.nameSaved)
    await scene?.stop()
    const again = await reopen()
    await waitForText(again, 'Publicerad av')
    await again.waitForTimeout(1500)
    expect(await shownText(again)).not.toContain(sv.start.phoneName)
    await show(again, '/ready')
    await again.getByLabel(moreSv.nameLabel).waitFor()
    expect(await again.getByLabel(moreSv.nameLabel).inputValue()).toBe('Hemtjänst norr bil 3')
  })

  it('shows the way to the managers’ screens when a role comes, with no reload, and takes it away again', async () => {
    const { scene: on, page } = await joined()
    await show(page, '/ready')
    await page.getByRole('link', { name: moreSv.enrol }).waitFor()
    await page.evaluate(() => Object.assign(window, { isSamePage: true }))
    const { kid, jwk } = await keyOf(page)
    const { root, rootKeys } = on.organisation
    const before = root.departments.hemtjanst!
    const issued = new Date().toISOString()
    const approved = nextRoot(root, {
      issued,
      keys: { ...root.keys, [kid]: jwk },
      roles: { ...root.roles, [kid]: 'Samordnare' },
      departments: { ...root.departments, hemtjanst: { ...before, publish: [...before.publish, kid] } }, // prettier-ignore
    } as never)
    const second = await signRoot(approved, [rootKeys[0]!])
    await on.store.putIfAbsent(rootPath(2), second.bytes)
    await page.evaluate(() => {
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await page.getByRole('link', { name: sv.edit.title }).waitFor({ timeout: 100_000 })
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
    expect(await page.getByRole('link', { name: moreSv.enrol }).count()).toBe(0)
    const held = await verifyNextRoot(second.bytes, root)
    const back = { issued, keys: root.keys, roles: root.roles, departments: { ...root.departments, hemtjanst: { ...before, gen: before.gen + 1 } } } // prettier-ignore
    const third = await signRoot(nextRoot(held, back as never), [rootKeys[0]!])
    await on.store.putIfAbsent(rootPath(3), third.bytes)
    await lookAgain(page)
    await page.getByRole('link', { name: moreSv.enrol }).waitFor({ timeout: 100_000 })
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
    // A head under the old generation counts no longer; what is here goes on being read.
    await expectReadable(page)
  }, 180_000)
})
