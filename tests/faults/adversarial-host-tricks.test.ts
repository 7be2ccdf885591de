import { resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { buildApp } from '#cli/build-app.ts'
import { sv } from '#i18n/sv.ts'
import { createMemoryStore } from '#store/memory.ts'
import { createEpochSecret } from '#release/epoch-secret.ts'
import { encodeInvitation } from '#trust/invitation.ts'
import type { PublicJwk } from '#trust/keys.ts'
import { hintOf } from '../support/attacks/attack.ts'
import { falseNumber, stolenHead } from '../support/attacks/forge.ts'
import { expectShown, joinStage, notesSince, openRoutine, waitForRound } from '../support/attacks/hostile-page.ts' // prettier-ignore
import { createStage, type Stage } from '../support/attacks/scene.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { createHostileHost, type HostileHost, type Lie } from '../support/hostile-host.ts'
import { editionDocuments, falseMark, stepOf } from '../support/living-organisation.ts'
import { waitForText, waitUntilLive } from '../support/walk.ts'

/*
 * What a host alone cannot offer: a phone with a wrong clock, false links, a second host, a flood. One phone, in the
 * built app; the order of the tests is that of its life.
 */
let stage: Stage
let mirror: HostileHost
let phone: Phone
let page: Page

beforeAll(async () => {
  const { appDirectory } = await buildApp(resolve(import.meta.dirname, '../..'), () => undefined)
  stage = await createStage({ appDirectory })
  const { store, organisation } = stage.living
  mirror = await createHostileHost({ store, organisation })
  phone = await createPhone()
  page = (await phone.open()).page
  await joinStage(page, stage)
})
afterEach(() => {
  stage.host.mend()
  mirror.mend()
})
afterAll(async () => {
  await phone.remove()
  await Promise.all([stage.close(), mirror.close()])
})

const years = 365 * 24 * 3600_000

describe('wrong clock', () => {
  it.each([
    ['fifteen years ahead', 15 * years],
    ['fifteen years behind', -15 * years],
  ])('%s: nothing is refused, the next edition arrives', async (_name, shift) => {
    const edition = await stage.living.publish()
    const tab = await page.context().newPage()
    await tab.addInitScript((ms) => {
      const Real = Date
      globalThis.Date = class extends Real {
        constructor(...given: [] | [number]) {
          if (given.length > 0) super(...(given as [number]))
          else super(Real.now() + ms)
        }
        static override now() {
          return Real.now() + ms
        }
      } as DateConstructor
    }, shift)
    await page.goto('about:blank')
    await openRoutine(tab, stage.host.app)
    await expectShown(tab, edition)
    if (shift < 0) {
      await tab.evaluate(() => (location.hash = '#/ready'))
      await waitForText(tab, sv.trust.clock)
    }
    await tab.close()
  })
})

describe('stranger’s organisation', () => {
  it('a link into it asks first, with its own words; it never takes the place of what is here', async () => {
    const { stranger, living } = stage
    const store = createMemoryStore()
    const theirs = editionDocuments(`${falseMark} steg.`, falseNumber)
    await stranger.publish(store, living.department, theirs, { previous: undefined })
    const host = await createHostileHost({ store, organisation: stranger.organisation })
    try {
      const invitation = { ...stranger.invitation(living.department), mirror: `${host.app}store/` }
      await page.goto('about:blank')
      await page.goto(`${stage.host.app}#/join/${encodeInvitation(invitation)}`)
      await waitForText(page, sv.join.other)
      const words = await page.locator('.check-words li').allInnerTexts()
      expect(words).toHaveLength(8)
      await page.getByRole('button', { name: sv.routine.cancel }).click()
      await openRoutine(page, stage.host.app)
      await expectShown(page, living.edition)
      expect(host.takeLog()).toEqual([])

      await page.goto('about:blank')
      await page.goto(`${stage.host.app}#/join/${encodeInvitation(invitation)}`)
      await page.getByRole('button', { name: sv.join.otherYes }).click()
      await waitForText(page, 'TES')
      // Whoever has added it chooses whose plans are shown; no page ever shows both.
      await page.evaluate(() => (location.hash = '#/departments'))
      await expect.poll(() => page.locator('.list-head').count()).toBeGreaterThan(1)
      await page.locator('section a', { hasText: 'hemtjanst' }).first().click()
      await openRoutine(page, stage.host.app)
      await expectShownAlone(living.edition)
    } finally {
      await host.close()
    }
  })
})

/** Ours is on the page, and nothing of theirs beside it. */
async function expectShownAlone(edition: number) {
  await waitForText(page, stepOf(edition))
  const text = await page.innerText('body')
  expect(text).not.toContain(falseMark)
}

describe('a false link', () => {
  it('with a root that does not exist cuts nobody off', async () => {
    const { living } = stage
    const link = encodeInvitation({
      ...living.invitation(),
      root: { v: living.root.v + 1, hash: 'f'.repeat(64) },
      floor: { gen: 99, v: 1, epoch: 2 },
      epochKey: crypto.getRandomValues(new Uint8Array(32)),
    })
    await page.goto('about:blank')
    await page.goto(`${stage.host.app}#/join/${link}`)
    await waitForText(page, 'TES')
    await living.changeRoot({ reviewBy: '2027-09-01T08:00:00.000Z' })
    await living.revoke()
    const edition = await living.publish()
    await openRoutine(page, stage.host.app)
    await expectShownAlone(edition)
  })

  it('with a false key of the next epoch locks nobody out of it', async () => {
    const { living } = stage
    const link = encodeInvitation({
      ...living.invitation(),
      floor: { ...living.invitation().floor, epoch: 2 },
      epochKey: crypto.getRandomValues(new Uint8Array(32)),
    })
    await page.goto('about:blank')
    await page.goto(`${stage.host.app}#/join/${link}`)
    await waitForText(page, 'TES')
    const { device, agreement } = await identity()
    living.epochs[living.department] = await createEpochSecret(2)
    const edition = await living.publish({
      epoch: living.epochs[living.department]!,
      recipients: { [device]: agreement },
    })
    await openRoutine(page, stage.host.app)
    await expectShownAlone(edition)
  })
})

describe('arbitrary content', () => {
  it('another department’s keys in the place of the new epoch’s: what is here stays, then the new one comes', async () => {
    const { living, host } = stage
    const before = living.edition
    const { device, agreement } = await identity()
    living.epochs[living.department] = await createEpochSecret(3)
    const recipients = { [device]: agreement }
    const edition = await living.publish({ epoch: living.epochs[living.department]!, recipients })
    const theirs = await living.bytes(`b/${living.last.gemensamt!.head.keys[0]}`)
    const path = `b/${living.newest.head.keys[0]}`
    host.lie((asked) => (asked === path ? theirs : undefined))
    const from = Date.now()
    await openRoutine(page, host.app)
    await expect
      .poll(() => notesSince(page, stage, from), { timeout: 10_000 })
      .toContain('bad-blob')
    await expectShownAlone(before)
    expect(await page.innerText('body')).not.toContain(stepOf(edition))
    host.mend()
    await openRoutine(page, host.app)
    await expectShownAlone(edition)
  })
})

/** Who the phone is in the organisation: what a rotation wraps the new key for. */
function identity(): Promise<{ device: string; agreement: PublicJwk }> {
  return page.evaluate(async (organisation) => {
    const database = await new Promise<IDBDatabase>((done) => {
      const opening = indexedDB.open(`planb:/:${organisation}`)
      opening.onsuccess = () => done(opening.result)
    })
    const row = await new Promise<{ value: { device: string; agreement: PublicJwk } }>((done) => {
      const reading = database.transaction('records').objectStore('records').get('device')
      reading.onsuccess = () => done(reading.result as { value: { device: string; agreement: PublicJwk } }) // prettier-ignore
    })
    database.close()
    return row.value
  }, stage.living.organisation)
}

describe('bad mirror, slow mirror', () => {
  it('a second host is named by the root', async () => {
    const { living } = stage
    const stores = [
      { url: 'store/', write: true },
      { url: `${mirror.app}store/`, write: false },
    ]
    await living.changeRoot({ stores })
    const edition = await living.publish()
    await openRoutine(page, stage.host.app)
    await expectShownAlone(edition)
    await openRoutine(page, stage.host.app)
    await expect.poll(() => mirror.lastAskedAt(), { timeout: 10_000 }).toBeGreaterThan(0)
  })

  it.each<Lie>(['drip', 'silent', 'endless', 'page', 'absent', 'busy'])(
    '"%s" from the mirror hides nothing of the host',
    async (lie) => {
      mirror.lie(() => lie)
      const edition = await stage.living.publish()
      await openRoutine(page, stage.host.app)
      await expectShownAlone(edition)
    },
  )

  it.each<Lie>(['drip', 'silent', 'endless', 'page', 'absent', 'busy'])(
    '"%s" from the host hides nothing of the mirror',
    async (lie) => {
      stage.host.lie(() => lie)
      const edition = await stage.living.publish()
      await openRoutine(page, stage.host.app)
      await expectShownAlone(edition)
    },
  )

  it('"drip" at blobs only, after a quick hint and head: they come from the other', async () => {
    mirror.lie((path) => (path.startsWith('b/') ? 'drip' : undefined))
    const edition = await stage.living.publish()
    await openRoutine(page, stage.host.app)
    await expectShownAlone(edition)
  })
})

describe('flood', () => {
  it('a fork is still there for managers after 300 squatted numbers', async () => {
    const { living, host } = stage
    const from = Date.now()
    const { head } = living.newest
    const path = living.headPath(living.newest)
    const scene = { living, next: living.newest } as Parameters<typeof stolenHead>[0]
    const fork = await stolenHead(scene, { issued: '2026-03-13T09:00:00Z', prev: head.hash })
    const forking = (asked: string) => (asked === path ? fork : undefined)
    host.lie(forking)
    mirror.lie(forking)
    await openRoutine(page, host.app)
    await expect.poll(() => notesSince(page, stage, from), { timeout: 10_000 }).toContain('fork')
    const junk = new TextEncoder().encode(falseMark)
    host.lie((asked) => (asked.includes('/head/') ? junk : undefined))
    mirror.lie((asked) => (asked.endsWith('latest') ? hintOf({ gen: 9999, v: 1 }) : 'absent'))
    const since = Date.now()
    await openRoutine(page, host.app)
    await waitForRound(page, stage, since)
    await expect
      .poll(() => notesSince(page, stage, since), { timeout: 10_000 })
      .toContain('bad-head')
    expect(await notesSince(page, stage, from)).toContain('fork')
  })

  it('300 POSTs of strangers: all refused, and a phone gets the next edition meanwhile', async () => {
    const { host, living } = stage
    const body = crypto.getRandomValues(new Uint8Array(2000))
    const targets = ['root', 'd/hemtjanst', 'd/hemtjanst/log', 'd/hemtjanst/beat']
    const posts = Array.from({ length: 300 }, (_, i) =>
      fetch(`${host.app}store/${targets[i % 4]}`, { method: 'POST', body }).then(
        ({ status }) => status,
      ),
    )
    const edition = await living.publish()
    await openRoutine(page, host.app)
    await expectShownAlone(edition)
    const statuses = new Set(await Promise.all(posts))
    for (const status of statuses) expect(status).toBeGreaterThanOrEqual(400)
    await waitUntilLive(page)
  })
})
