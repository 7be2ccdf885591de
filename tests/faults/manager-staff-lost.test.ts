import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editorSv } from '#i18n/editor-sv.ts'
import { moreSv } from '#i18n/more-sv.ts'
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
let poster: string

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

/** What has the focus, as a line of text; empty where nothing has. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document
    return activeElement === document.body ? '' : (activeElement?.textContent ?? '')
  })

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
    // What was pressed is gone from the page: who goes by keyboard stands at what came of it.
    await expect.poll(() => focused(coordinator)).toContain(`kan publicera för ${title}`)
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
    await manager.getByRole('button', { name: editorSv.rotate.open }).press('Enter')
    await expect
      .poll(() => focused(manager))
      .toBe(editorSv.phones.title.replace('{{title}}', title))
    for (const text of [editorSv.rotate.posters, editorSv.rotate.read])
      await waitForText(manager, text)
    await manager.getByLabel('Borttappad').uncheck()
    await manager.getByRole('button', { name: editorSv.rotate.button, exact: true }).click()
    const change = manager.getByRole('button', { name: editorSv.rotate.button, exact: true })
    await manager.getByRole('dialog').getByRole('button', { name: editorSv.rotate.no }).click()
    expect(await focused(manager)).toBe(await change.innerText())
    await change.press('Enter')
    await manager.getByRole('button', { name: editorSv.rotate.yes }).press('Enter')
    const done = editorSv.rotate.done.replace('{{title}}', title)
    await waitForText(manager, done, 60_000)
    await expect.poll(() => focused(manager)).toContain(done)
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
    const ended = editorSv.needs.ended.replace('{{titles}}', title)
    await waitForBySync(manager, ended)
    expect(await manager.innerText('main')).not.toContain(editorSv.needs.publisherText)
    // Once on whatever page is open, until it is closed; and whenever the pages for publishing are opened.
    const once = sv.offer.roleEnded.replace('{{titles}}', title)
    expect(await manager.innerText('body')).toContain(once)
    await manager.reload()
    await waitUntilLive(manager)
    expect(await manager.innerText('body')).not.toContain(once)
    for (const address of ['/edit', '/edit/phones/hemtjanst']) {
      await goTo(manager, address)
      await waitForText(manager, ended)
      await waitForText(manager, editorSv.needs.endedText)
    }
    await goTo(staff, '/edit')
    await waitForText(staff, editorSv.home.ask)
    expect(await staff.innerText('body')).not.toContain(editorSv.needs.endedText)
    for (const page of [manager, staff]) {
      await goTo(page, routineAddress)
      await waitForText(page, firstStep)
    }
  })

  it('a new invitation of the coordinator lets a phone in', async () => {
    await goTo(coordinator, '/edit/invite/hemtjanst')
    await coordinator.locator('form .is-main').click()
    await coordinator.waitForFunction(() => /invite\/hemtjanst\/./.test(location.hash))
    poster = await coordinator.locator('.invite-link').inputValue()
    const next = await openPhone()
    await joinDepartment(next, { invitations: { hemtjanst: poster } }, 'hemtjanst')
    await goTo(next, routineAddress)
    await waitForText(next, firstStep)
  })
})

describe('three phones join by one poster, and nobody does anything more', () => {
  const alike: { page: Page; id: string }[] = []
  const rowOf = (id: string) => coordinator.locator('.phone-item', { hasText: id })
  const nameField = (page: Page) => page.getByLabel(sv.start.phoneName)

  beforeAll(async () => {
    // The other browsers have done their part.
    for (const phone of phones.slice(1)) await phone.remove()
    for (let count = 0; count < 3; count += 1) {
      const page = await openPhone()
      await joinDepartment(page, { invitations: { hemtjanst: poster } }, 'hemtjanst')
      alike.push({ page, id: '' })
    }
  })

  it('each asks what it is called, with the usual name written, below what helps at once', async () => {
    const { page } = alike[0]!
    await nameField(page).waitFor()
    expect(await nameField(page).inputValue()).toBe('Dator')
    const top = async (selector: string) =>
      (await page.locator(selector).first().boundingBox())?.y ?? Number.NaN
    expect(await top('.calls')).toBeLessThan(await top('.first-card'))
    expect(await top('.first-card')).toBeLessThan(await top('.name-asked'))
    expect(await top('.name-asked')).toBeLessThan(await top('#can-go-down'))
    // No keyboard comes up that nobody asked for.
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('INPUT')
    await page.getByRole('button', { name: moreSv.nameOfferNo }).click()
    await nameField(page).waitFor({ state: 'detached' })
    await goTo(page, routineAddress)
    await waitForText(page, firstStep)
    await goTo(page, '/d/hemtjanst')
    expect(await page.locator('.name-asked').count()).toBe(0)
  })

  it('each shows beside its name an id of its own', async () => {
    for (const each of alike) {
      await goTo(each.page, '/ready')
      const line = each.page.getByText(`${moreSv.nameNow} Dator.`)
      await line.waitFor()
      each.id = await line.locator('.number').innerText()
      expect(each.id).toMatch(/^[0-9A-Z]{3}-[0-9A-Z]{3}$/)
      expect(await each.page.locator('#phone-name').innerText()).toContain(each.id)
    }
    expect(new Set(alike.map(({ id }) => id)).size).toBe(3)
  })

  it('the coordinator tells them apart: in the list, and where the code is changed', async () => {
    await goTo(coordinator, '/edit/phones/hemtjanst')
    for (const { id } of alike) await waitForBySync(coordinator, id)
    const names: string[] = []
    for (const { id } of alike) {
      const text = await rowOf(id).innerText()
      expect(text).toMatch(/Med sedan i dag \d\d:\d\d · .*inbjudan \S{8}/)
      names.push(await rowOf(id).locator('.check-title [dir]').innerText())
    }
    // By when they joined: the number grows.
    const numbers = names.map((name) => Number(/^Dator (\d+)$/.exec(name)?.[1]))
    expect(numbers[0]).toBeGreaterThan(1)
    expect(numbers).toEqual([numbers[0], numbers[0]! + 1, numbers[0]! + 2])
    await coordinator.getByRole('button', { name: editorSv.rotate.open }).click()
    const rows = coordinator.locator('.check-row')
    for (const [at, { id }] of alike.entries()) {
      const text = await rows.filter({ hasText: id }).innerText()
      expect(text).toContain(names[at])
      expect(text).toContain('inbjudan')
    }
    await coordinator.getByRole('button', { name: editorSv.rotate.no }).click()
  })

  it('one is named where it was asked for, and keeps its id in the list', async () => {
    const { page, id } = alike[1]!
    await goTo(page, '/d/hemtjanst')
    await nameField(page).fill('Bil 7')
    await page.getByRole('button', { name: moreSv.nameOfferYes }).click()
    await waitForText(page, moreSv.nameSaved)
    await waitForBySync(coordinator, 'Bil 7')
    expect(await rowOf(id).innerText()).toContain('Bil 7')
  })

  it('one that leaves is in the list no more, and is not offered to come along', async () => {
    const { page, id } = alike[0]!
    await rowOf(id).waitFor()
    await goTo(page, '/ready')
    await page.getByRole('button', { name: sv.ready.leave }).first().click()
    await page.getByRole('button', { name: sv.ready.leaveYes }).click()
    await expect
      .poll(
        async () => {
          await comeBack(coordinator)
          return rowOf(id).count()
        },
        { timeout: 60_000, interval: 1500 },
      )
      .toBe(0)
    await coordinator.getByRole('button', { name: editorSv.rotate.open }).click()
    await coordinator.locator('.check-row').first().waitFor()
    expect(await coordinator.innerText('main')).not.toContain(id)
    await coordinator.getByRole('button', { name: editorSv.rotate.no }).click()
    alike.shift()
  })

  it('the one whose id was read out is emptied, and no other', async () => {
    const { page, id } = alike.at(-1)!
    await rowOf(id).getByRole('button').click()
    const dialog = coordinator.getByRole('dialog')
    const { name, invitation, joined, lastSaid } = editorSv.phones
    const facts = await dialog.locator('.facts').innerText()
    for (const text of [id, name, editorSv.phones.id, invitation, joined, lastSaid])
      expect(facts).toContain(text)
    expect(facts).toMatch(/Dator \d+/)
    expect(facts).toMatch(/i dag \d\d:\d\d/)
    await dialog.getByRole('button', { name: editorSv.wipe.yes }).click()
    await waitForText(coordinator, editorSv.wipe.doneText, 40_000)
    await waitForBySync(page, sv.trust.ended)
    for (const each of alike.slice(0, -1)) {
      await comeBack(each.page)
      await goTo(each.page, routineAddress)
      await waitForText(each.page, firstStep)
      expect(await each.page.innerText('body')).not.toContain(sv.trust.ended)
    }
  })
})
