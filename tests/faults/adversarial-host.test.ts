import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { buildApp } from '#cli/build-app.ts'
import { allAttacks } from '../support/attacks/all-attacks.ts'
import {
  expectShown,
  expectUsable,
  joinStage,
  notesSince,
  openRoutine,
  waitForRound,
} from '../support/attacks/hostile-page.ts'
import { createStage, type Stage } from '../support/attacks/scene.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { waitForText } from '../support/walk.ts'
import { stepOf } from '../support/living-organisation.ts'

/*
 * The host a phone has joined from turns hostile, and offers every attack there is in the list, to the built
 * app in a real browser. One phone meets them all, one after the other: what one attack left behind would show in
 * the next. The same list in Node: src/sync/adversarial-attacks.test.ts.
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
  await joinStage(page, stage)
})
afterAll(async () => {
  await phone.remove()
  await stage.close()
})

const rows = Map.groupBy(allAttacks, ({ row }) => row)
describe.each([...rows])('%s', (_row, attacks) => {
  it.each(attacks)('$name', async (attack) => {
    const shown = await stage.begin(attack)
    const from = Date.now()
    await openRoutine(page, stage.host.app)
    // What takes for ever is watched for some seconds: a person would not look longer.
    if (attack.isSlow) await page.waitForTimeout(3_000)
    else await waitForRound(page, stage, from)
    await expectShown(page, shown)
    await expectUsable(page)
    const noted = () => notesSince(page, stage, from)
    // They are written beside the round, which does not wait for them.
    await expect.poll(noted).toEqual(expect.arrayContaining([...attack.notes]))
    if (attack.notes.length === 0) expect(await noted()).toEqual([])

    const edition = await stage.end()
    await openRoutine(page, stage.host.app)
    await waitForText(page, stepOf(edition))
  })
})
