import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { buildApp } from '#cli/build-app.ts'
import { editorSv } from '#i18n/editor-sv.ts'
import { sv } from '#i18n/sv.ts'
import { allAttacks } from '../support/attacks/all-attacks.ts'
import { expectShown, notesSince, openRoutine, waitForRound } from '../support/attacks/hostile-page.ts' // prettier-ignore
import { memberAttacks } from '../support/attacks/member-attacks.ts'
import { createStage, type Stage } from '../support/attacks/scene.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { journalOf } from '../support/journal-of.ts'
import { stepOf } from '../support/living-organisation.ts'
import { waitForText, waitUntilLive, waitUntilStored } from '../support/walk.ts'

/*
 * The coordinator's phone on a host that has turned hostile: what comes after a round (beats, and what members tell),
 * and the page that says what was tried. In Node: src/sync/adversarial-members.test.ts.
 */
let stage: Stage
let phone: Phone
let page: Page

beforeAll(async () => {
  const { appDirectory } = await buildApp(resolve(import.meta.dirname, '../..'), () => undefined)
  stage = await createStage({ appDirectory })
  await stage.living.publish()
  phone = await createPhone()
  page = (await phone.open()).page
  await page.goto(`${stage.host.app}#/restore/${await stage.living.coordinatorText()}`)
  await page.getByRole('button', { name: sv.restore.yes }).click()
  await waitUntilStored(page, stage.living.department)
})
afterAll(async () => {
  await phone.remove()
  await stage.close()
})

const rows = Map.groupBy(memberAttacks, ({ row }) => row)
describe.each([...rows])('%s', (_row, attacks) => {
  it.each(attacks)('$name', async (attack) => {
    const shown = await stage.begin(attack)
    stage.host.takeLog()
    const from = Date.now()
    await openRoutine(page, stage.host.app)
    await waitForRound(page, stage, from)
    await expectShown(page, shown)
    const asked: string[] = []
    const isFollowed = () =>
      asked.push(...stage.host.takeLog()) > 0 &&
      ['d/hemtjanst/beat.jws', 'd/hemtjanst/log'].every((path) => asked.includes(path))
    await expect.poll(isFollowed, { timeout: 15_000 }).toBe(true)
    await page.waitForTimeout(200)
    const noted = () => notesSince(page, stage, from)
    await expect.poll(noted, { timeout: 10_000 }).toEqual([...attack.notes])
    await stage.end()
  })
})

describe('flood', () => {
  it('10,000 journal entries: the plans are there at once, and the app is usable', async () => {
    const { living, host } = stage
    const journal = await journalOf(living, living.department)
    const member = await journal.phone()
    const entries: string[] = []
    for (let n = 0; n < 1_000; n++) {
      entries.push(new TextDecoder().decode((await journal.joined(member, `Telefon ${n}`)).bytes))
    }
    let at = 0
    host.lie((path) => {
      if (path !== `d/${living.department}/log`) return undefined
      // Each ten times over, in any order: a host may repeat what it likes.
      const some = Array.from({ length: 200 }, (_, i) => entries[((at + i) * 7) % entries.length])
      at += 200
      const answer = { entries: some, next: `a.${at}`, more: at < 10_000 }
      return new TextEncoder().encode(JSON.stringify(answer))
    })
    await living.publish()
    await openRoutine(page, host.app)
    await waitForText(page, stepOf(living.edition))
    await expect.poll(() => at, { timeout: 60_000 }).toBeGreaterThan(1_000)
    await page.evaluate(() => (location.hash = '#/d/hemtjanst/contacts'))
    await page.getByText('Sjuksköterska kväll').first().waitFor({ timeout: 10_000 })
    host.mend()
  })
})

describe('what was tried', () => {
  const code = (one: string) => {
    const { code: texts } = editorSv.tried
    return one in texts ? texts[one as keyof typeof texts].title : one
  }

  it('stands on the manager’s page, each with the host that offered it', async () => {
    const wanted = ['bad-head', 'bad-root', 'bad-blob', 'bad-hint', 'cannot-open', 'fork', 'withheld-root', 'missing-blob'] // prettier-ignore
    for (const note of wanted) {
      const attack = allAttacks.find(({ notes }) => notes.length === 1 && notes[0] === note)!
      await stage.begin(attack)
      const from = Date.now()
      await openRoutine(page, stage.host.app)
      const noted = () => notesSince(page, stage, from)
      await expect.poll(noted, { timeout: 15_000 }).toContain(note)
      const edition = await stage.end()
      await openRoutine(page, stage.host.app)
      await waitForText(page, stepOf(edition))
    }
    await page.goto('about:blank')
    await page.goto(`${stage.host.app}#/edit/tried`)
    await waitUntilLive(page)
    for (const note of wanted) await waitForText(page, code(note))
    await waitForText(page, `${stage.host.app}store/`)
  })
})
