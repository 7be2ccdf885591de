import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editorSv } from '#i18n/editor-sv.ts'
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
 * A manager is let in, changes the code, and is put out again, with everybody's browser open all the while:
 * the coordinator's, the manager's, one of the staff, and a phone that somebody has lost. Done by the
 * screens; what a phone learns, it learns by itself.
 */
const role = 'Enhetschef hemtjänst norr'
const title = 'Hemtjänst'

let server: PlanBServer
let firstStep: string
const phones: Phone[] = []
let coordinator: Page
let manager: Page
let staff: Page
let lost: Page

async function openPhone(): Promise<Page> {
  const phone = await createPhone()
  phones.push(phone)
  return (await phone.open()).page
}

beforeAll(async () => {
  firstStep = await readFirstStep()
  server = await startPlanB()
  coordinator = await openPhone()
  await coordinator.goto(server.coordinator)
  await coordinator.getByRole('button', { name: sv.restore.yes }).click()
  await coordinator.waitForFunction(() => location.hash === '#/departments')
  manager = await openPhone()
  staff = await openPhone()
  lost = await openPhone()
  for (const page of [manager, staff, lost]) await joinDepartment(page, server, 'hemtjanst')
  await nameIt(staff, 'Bil 3')
  await nameIt(lost, 'Borttappad')
  for (const page of [staff, lost]) await goTo(page, routineAddress)
})
afterAll(async () => {
  for (const phone of phones) await phone.remove()
  await server.remove()
})

/** In the page that is open: no reload, as by a tap. */
async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash
  }, `#${address}`)
  await page.locator('h1').first().waitFor()
}

async function nameIt(page: Page, name: string): Promise<void> {
  await goTo(page, '/ready')
  const field = page.locator('#phone-name input')
  await field.fill(name)
  await page.locator('#phone-name button').click()
  await page.locator('#phone-name .notice.is-good').waitFor()
}

const words = (page: Page) => page.locator('.words-box li').allTextContents()
const isSamePage = (page: Page) => page.evaluate(() => 'isSamePage' in window)
const markPage = (page: Page) => page.evaluate(() => Object.assign(window, { isSamePage: true }))
const requestLink = () => manager.getByLabel(editorSv.enrol.link).inputValue()

/** Asks the stores anew, as returning to the app does: faster than waiting for the next look. */
async function comeBack(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
}

/** Until a phone shows it, coming back to it now and then. */
async function waitForBySync(page: Page, text: string): Promise<void> {
  await expect
    .poll(
      async () => {
        await comeBack(page)
        return page.evaluate(() => document.body.innerText)
      },
      { timeout: 60_000, interval: 1500 },
    )
    .toContain(text)
}

describe('a manager is let in', () => {
  it('asks with a code and eight words, which stay when the page is left', async () => {
    await goTo(manager, '/edit')
    await waitForText(manager, editorSv.home.ask)
    await manager.getByRole('link', { name: editorSv.home.ask }).click()
    await manager.getByLabel(editorSv.enrol.role).fill(role)
    await manager.getByRole('button', { name: editorSv.enrol.show }).click()
    await manager.locator('.words-box li').first().waitFor()
    const shown = await words(manager)
    expect(shown).toHaveLength(8)
    await goTo(manager, '/edit')
    await goTo(manager, '/edit/enrol')
    await manager.locator('.words-box li').first().waitFor()
    expect(await words(manager)).toEqual(shown)
    await markPage(manager)
  })

  it('is asked for by staff in vain: those pages are the coordinator’s', async () => {
    await goTo(staff, '/edit/people')
    await waitForText(staff, editorSv.needs.coordinator)
    expect(await staff.innerText('main')).not.toContain(editorSv.people.approve)
    await goTo(staff, '/edit/phones/hemtjanst')
    await waitForText(staff, editorSv.needs.publisher)
    await goTo(staff, routineAddress)
  })

  it('another code than a request is told by what it is', async () => {
    await goTo(coordinator, '/edit/approve')
    await coordinator.locator('textarea').fill(server.invitations.hemtjanst ?? '')
    await coordinator.getByRole('button', { name: editorSv.approve.use }).click()
    await waitForText(coordinator, editorSv.error.isInvitation)
    await coordinator.locator('textarea').fill((await requestLink()).slice(0, -12))
    await coordinator.getByRole('button', { name: editorSv.approve.use }).click()
    await waitForText(coordinator, editorSv.error.cut)
  })

  it('the coordinator sees the same words, and a "no" signs nothing', async () => {
    await coordinator.locator('textarea').fill(await requestLink())
    await coordinator.getByRole('button', { name: editorSv.approve.use }).click()
    await coordinator.locator('.words-box li').first().waitFor()
    expect(await words(coordinator)).toEqual(await words(manager))
    await coordinator.getByRole('button', { name: editorSv.approve.no }).click()
    await waitForText(coordinator, editorSv.approve.refused)
    await goTo(coordinator, '/edit/people')
    await waitForText(coordinator, editorSv.people.title)
    expect(await coordinator.innerText('main')).not.toContain(role)
  })

  it('a network that dies midway loses nothing: running it again finishes', async () => {
    const link = await requestLink()
    await goTo(coordinator, new URL(link).hash.slice(1))
    const yes = coordinator.getByRole('button', { name: editorSv.approve.yes })
    await yes.waitFor()
    // The list of keys arrives; what follows it does not.
    const heads = '**/store/d/*'
    await coordinator.route(heads, (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    )
    await yes.click()
    await waitForText(coordinator, editorSv.work.failed, 40_000)
    expect(await coordinator.innerText('main')).toContain(editorSv.error.network)
    await coordinator.unroute(heads)
    await coordinator.getByRole('button', { name: editorSv.work.again }).click()
    await waitForText(coordinator, `kan publicera för ${title}`, 40_000)
  })

  it('the manager’s app sees it by itself, without a reload', async () => {
    await waitForText(manager, editorSv.enrol.done.replace('{{titles}}', title), 40_000)
    expect(await isSamePage(manager)).toBe(true)
    await manager.getByRole('link', { name: editorSv.enrol.doneLink }).click()
    await waitForText(manager, editorSv.home.phones)
    await goTo(coordinator, '/edit/people')
    await waitForText(coordinator, role)
  })
})

describe('the code is changed', () => {
  it('the manager sees every phone by its name, and what it holds', async () => {
    await goTo(manager, '/edit/phones/hemtjanst')
    for (const label of ['Bil 3', 'Borttappad']) await waitForBySync(manager, label)
  })

  it('leaves out the phone that is unticked', async () => {
    await manager.getByRole('button', { name: editorSv.rotate.open }).click()
    for (const text of [editorSv.rotate.posters, editorSv.rotate.read])
      await waitForText(manager, text)
    await manager.getByLabel('Borttappad').uncheck()
    await manager.getByRole('button', { name: editorSv.rotate.button, exact: true }).click()
    await manager.getByRole('button', { name: editorSv.rotate.yes }).click()
    await waitForText(manager, editorSv.rotate.done.replace('{{title}}', title), 60_000)
    await manager.getByRole('link', { name: editorSv.rotate.invite }).click()
    await manager.waitForFunction(() => location.hash === '#/edit/invite/hemtjanst')
  })

  it('staff notice nothing, and come along', async () => {
    await goTo(manager, '/edit/phones/hemtjanst')
    const behind = manager.locator('.phone-item', { hasText: editorSv.phones.behindCode })
    await expect
      .poll(
        async () => {
          await comeBack(staff)
          await comeBack(manager)
          return (await behind.allInnerTexts()).filter((text) => text.includes('Bil 3'))
        },
        { timeout: 60_000, interval: 1500 },
      )
      .toEqual([])
    await waitForBySync(manager, 'Bil 3')
    const text = await staff.innerText('body')
    expect(text).toContain(firstStep)
    expect(text).not.toContain(sv.trust.needsNewCode)
  })

  it('the lost phone keeps what it has and is told to ask for a new code', async () => {
    await waitForBySync(lost, sv.trust.needsNewCode)
    expect(await lost.innerText('body')).toContain(firstStep)
  })

  it('the invitation of before lets nobody in', async () => {
    const late = await openPhone()
    await late.goto(server.invitations.hemtjanst ?? '')
    await waitUntilLive(late)
    await waitForBySync(late, sv.missing.oldCode)
    expect(await late.innerText('body')).not.toContain(firstStep)
  })
})

describe('the lost phone is emptied, and the manager put out', () => {
  it('the coordinator empties it: at the next contact nothing is left on it', async () => {
    await goTo(coordinator, '/edit/phones/hemtjanst')
    await waitForBySync(coordinator, 'Borttappad')
    await coordinator.getByRole('button', { name: `${editorSv.wipe.button}: Borttappad` }).click()
    await waitForText(coordinator, editorSv.wipe.what)
    await coordinator.getByRole('button', { name: editorSv.wipe.yes }).click()
    await waitForText(coordinator, editorSv.wipe.doneText, 40_000)
    await waitForBySync(lost, sv.trust.ended)
    expect(await lost.innerText('body')).not.toContain(firstStep)
    await lost.reload()
    await waitUntilLive(lost)
    expect(await lost.innerText('body')).not.toContain(firstStep)
  })

  it('staff are as they were', async () => {
    await comeBack(staff)
    await staff.waitForTimeout(2000)
    const text = await staff.innerText('body')
    expect(text).toContain(firstStep)
    expect(text).not.toContain(sv.trust.ended)
  })

  it('the manager’s right is taken away: the screens say so by themselves, the plans stay', async () => {
    await goTo(manager, '/edit/phones/hemtjanst')
    await goTo(coordinator, '/edit/people')
    await coordinator.getByRole('button', { name: `${editorSv.people.revoke}: ${role}` }).click()
    await waitForText(coordinator, editorSv.people.askNow)
    await coordinator.getByText(editorSv.which.left, { exact: true }).click()
    await coordinator.getByRole('button', { name: editorSv.people.askYes }).click()
    await waitForText(coordinator, editorSv.people.goneText, 40_000)
    await waitForBySync(manager, editorSv.needs.publisher)
    for (const page of [manager, staff]) {
      await goTo(page, routineAddress)
      await waitForText(page, firstStep)
    }
  })

  it('a new invitation of the coordinator lets a phone in', async () => {
    await goTo(coordinator, '/edit/invite/hemtjanst')
    await coordinator.locator('form .is-main').click()
    await coordinator.waitForFunction(() => /invite\/hemtjanst\/./.test(location.hash))
    const link = await coordinator.locator('.invite-link').inputValue()
    const next = await openPhone()
    await joinDepartment(next, { invitations: { hemtjanst: link } }, 'hemtjanst')
    await goTo(next, routineAddress)
    await waitForText(next, firstStep)
  })
})
