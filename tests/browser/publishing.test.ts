import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { manageSv } from '#i18n/manage-sv.ts'
import type { Contacts } from '#domain/schema/contacts.ts'
import type { Routine } from '#domain/schema/routine.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { beyondEdge, smallTargets, violations } from '../support/check-screen.ts'
import { becomeCoordinator } from '../support/office-phone.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { publishedBody } from '../support/published-body.ts'
import { joinDepartment, waitForText } from '../support/walk.ts'
import { writeDraft } from '../support/write-draft.ts'

/*
 * What a manager wrote is looked through, sent, and followed until the phones have it: online and not, alone and
 * at the same time as somebody else, and with a browser that is killed on the way.
 */
const t = manageSv
const contactsName = 'hemtjanst/contacts/contacts'
const routineName = 'hemtjanst/routine/tes-korlista'
let server: PlanBServer
let phones: Phone[] = []
let one: Page
let other: Page
let staff: Page
let contacts: Contacts
let routine: Routine

beforeAll(async () => {
  server = await startPlanB()
  phones = [await createPhone(), await createPhone(), await createPhone()]
  const pages = []
  for (const phone of phones) pages.push((await phone.open({ bypassCSP: true })).page)
  ;[one, other, staff] = pages as [Page, Page, Page]
  await joinDepartment(staff, server, 'hemtjanst')
  await becomeCoordinator(one, server)
  await becomeCoordinator(other, server)
  contacts = await publishedBody<Contacts>(contactsName)
  routine = await publishedBody<Routine>(routineName)
})
afterAll(async () => {
  for (const phone of phones) await phone.remove()
  await server.remove()
})

const title = (department: string) => `${server.app}#/edit/publish/${department}`

async function openPublish(page: Page): Promise<void> {
  await page.goto('about:blank')
  await page.goto(title('hemtjanst'))
  await page.locator('[data-page] > :not(header)').first().waitFor()
}

/** How many releases of home care there are, as they lie in the store. */
async function releases(): Promise<number> {
  return (await readdir(join(server.data, 'store/d/hemtjanst/head'))).length
}

async function publish(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Publicera (till \d+ telefon|$)/ }).click()
}

/** A draft on what was first published; what came since is merged. */
const onFirst = (name: string, base: object, body: object) => ({
  name,
  base: { gen: 1, v: 1, body: base },
  body,
})

function withNumber(at: number, number: string): Contacts {
  const changed = structuredClone(contacts)
  changed.contacts[at]!.number = number
  return changed
}

it('shows a changed number before and after, and staff have it within a minute', async () => {
  await openPublish(one)
  await waitForText(one, t.publish.none)
  await writeDraft(one, server, onFirst(contactsName, contacts, withNumber(0, '+46701740699')))
  await waitForText(one, t.change.number)
  const change = one.locator('.change.is-number')
  expect(await change.locator('del').innerText()).toBe('63')
  expect(await change.locator('ins').innerText()).toBe('99')
  await one.getByLabel(t.publish.reason).fill('Nytt nummer till sjuksköterskan')
  await publish(one)
  await waitForText(one, t.publish.done)
  const sent = Date.now()
  await staff.goto('about:blank')
  await staff.goto(`${server.app}#/d/hemtjanst/contacts`)
  await waitForText(staff, '070-174 06 99', 60_000)
  expect(Date.now() - sent).toBeLessThan(60_000)
})

it('counts the phones that have it', async () => {
  const bar = one.locator('.counting progress')
  await expect
    .poll(async () => (await bar.getAttribute('value')) === (await bar.getAttribute('max')), {
      timeout: 90_000,
    })
    .toBe(true)
  await waitForText(one, t.counting.all)
})

it('leaves for later what is not ticked', async () => {
  const changed = { ...routine, summary: `${routine.summary} (prövad)` }
  await writeDraft(one, server, onFirst(routineName, routine, changed))
  const added = { ...routine, title: 'När surfplattan inte startar', name: 'Surfplattan' }
  await writeDraft(one, server, { name: 'hemtjanst/routine/surfplattan', body: added })
  await one.getByLabel('Ta med: När surfplattan inte startar').uncheck()
  await publish(one)
  await waitForText(one, t.publish.done)
  await waitForText(one, 'När surfplattan inte startar')
  await waitForText(one, t.publish.later)
  // The word of the publication before may still stand there.
  await expect.poll(() => one.getByText('(prövad)').count()).toBe(0)
})

it('is not sent where something is missing, and leads to the place', async () => {
  await writeDraft(one, server, {
    name: 'hemtjanst/routine/surfplattan',
    body: { ...routine, title: 'När surfplattan inte startar', name: '' },
  })
  // What is only begun holds nothing else up.
  await waitForText(one, t.publish.unfinished)
  await one.getByLabel('Ta med: När surfplattan inte startar').check()
  await waitForText(one, t.publish.fix)
  const fix = one.getByRole('link', { name: t.publish.fixLink })
  expect(await fix.getAttribute('href')).toBe('#/edit/d/hemtjanst/routine/surfplattan?at=name')
  expect(await one.getByRole('button', { name: /^Publicera till/ }).isDisabled()).toBe(true)
})

it('waits without a network, is still there when the browser was closed, and goes by itself', async () => {
  await openPublish(other)
  const before = await releases()
  await server.stop()
  const changed = structuredClone(contacts)
  changed.contacts[2]!.for = 'Ring när nycklarna saknas'
  await writeDraft(other, server, onFirst(contactsName, contacts, changed))
  await publish(other)
  await waitForText(other, t.sending.waiting)
  await phones[1]!.close()
  const { app, coordinator, invitations } = server
  const again = await startPlanB({ port: server.port, data: server.data })
  server = { ...again, app, coordinator, invitations }
  other = (await phones[1]!.open({ bypassCSP: true })).page
  // Any page will do: nobody has to open the editor.
  await other.goto(`${server.app}#/d/hemtjanst/contacts`)
  await waitForText(other, 'Ring när nycklarna saknas', 60_000)
  await openPublish(other)
  await waitForText(other, t.publish.none)
  expect(await releases()).toBe(before + 1)
  // What the first manager changed meanwhile was merged, and is still there.
  await other.goto(`${server.app}#/d/hemtjanst/contacts`)
  await waitForText(other, '070-174 06 99')
})

it('can be taken back while it waits', async () => {
  await server.stop()
  await openPublish(one)
  await writeDraft(one, server, onFirst(contactsName, contacts, withNumber(3, '+46701740698')))
  await publish(one)
  await waitForText(one, t.sending.waiting)
  await one.getByRole('button', { name: t.sending.cancel }).click()
  await waitForText(one, t.change.number)
  expect(await one.getByText(t.sending.waiting).count()).toBe(0)
  const { app, coordinator, invitations } = server
  server = {
    ...(await startPlanB({ port: server.port, data: server.data })),
    app,
    coordinator,
    invitations,
  }
})

it.each(['mine', 'theirs'] as const)(
  'asks when both changed the same, and holds to %s',
  async (kept) => {
    const [mine, theirs] = kept === 'mine' ? ['71', '72'] : ['73', '74']
    const at = kept === 'mine' ? 4 : 5
    await openPublish(other)
    await openPublish(one)
    await writeDraft(
      other,
      server,
      onFirst(contactsName, contacts, withNumber(at, `+467017406${theirs}`)),
    )
    await publish(other)
    await waitForText(other, t.publish.done)
    // The first has not heard of it: both began from the same.
    const own = withNumber(at, `+467017406${mine}`)
    own.contacts[kept === 'mine' ? 0 : 1]!.for = `Ring när ${kept} är osäker`
    await writeDraft(one, server, onFirst(contactsName, contacts, own))
    await publish(one)
    await waitForText(one, t.conflict.title, 60_000)
    await waitForText(one, `070-174 06 ${mine}`)
    await waitForText(one, `070-174 06 ${theirs}`)
    const done = one.getByRole('button', { name: t.conflict.done })
    expect(await done.isDisabled()).toBe(true)
    expect(await violations(one)).toEqual([])
    expect([...(await beyondEdge(one)), ...(await smallTargets(one))]).toEqual([])
    await one.getByLabel(kept === 'mine' ? t.conflict.pickMine : t.conflict.pickTheirs).check()
    await done.click()
    await waitForText(one, t.publish.done, 60_000)
    await staff.goto('about:blank')
    await staff.goto(`${server.app}#/d/hemtjanst/contacts`)
    await waitForText(staff, `Ring när ${kept} är osäker`, 60_000)
    await waitForText(staff, `070-174 06 ${kept === 'mine' ? mine : theirs}`)
  },
)

it('is published once when the browser is killed while it is being sent', async () => {
  await openPublish(other)
  const before = await releases()
  const changed = structuredClone(contacts)
  changed.contacts[6]!.for = 'Ring efter klockan sju'
  await writeDraft(other, server, onFirst(contactsName, contacts, changed))
  // The answer never comes: the server has it, and the phone does not know.
  await other.route('**/store/d/hemtjanst', async (route) => {
    await route.fetch()
  })
  await publish(other)
  await waitForText(other, t.sending.doing)
  await other.waitForTimeout(2_000)
  await phones[1]!.kill()
  other = (await phones[1]!.open({ bypassCSP: true })).page
  await other.goto(`${server.app}#/d/hemtjanst/contacts`)
  await waitForText(other, 'Ring efter klockan sju', 60_000)
  await openPublish(other)
  await waitForText(other, t.publish.none, 60_000)
  expect(await releases()).toBe(before + 1)
})

it.each(['light', 'dark'] as const)('is looked through by anybody, in %s', async (colorScheme) => {
  await one.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await openPublish(one)
  await writeDraft(one, server, onFirst(contactsName, contacts, withNumber(3, '+46701740697')))
  await waitForText(one, t.change.number)
  expect(await violations(one)).toEqual([])
  for (const width of [320, 360]) {
    await one.setViewportSize({ width, height: 740 })
    expect([...(await beyondEdge(one)), ...(await smallTargets(one))]).toEqual([])
  }
  await one.addStyleTag({ content: 'html { font-size: 200% !important }' })
  expect(await beyondEdge(one)).toEqual([])
})
