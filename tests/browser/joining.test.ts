import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hexOf } from '#trust/bytes.ts'
import { checkWords } from '#trust/check-words.ts'
import { encodeEnrolment } from '#trust/enrolment.ts'
import { createInvitationId, encodeInvitation } from '#trust/invitation.ts'
import { createAgreementKey, createSigningKey, randomBytes } from '#trust/keys.ts'
import { encodeRestorePayload } from '#trust/restore-payload.ts'
import { understandLink } from '#trust/understand-link.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { becomeCoordinator } from '../support/office-phone.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { readPrinted } from '../support/read-printed.ts'
import { joinDepartment, waitForText, waitUntilLive, waitUntilStored } from '../support/walk.ts'

/*
 * What people do to links and codes on the way: each either is understood, or says in plain words what is wrong
 * with it and what to do; none ends in an empty page, and none takes anything away.
 */
let server: PlanBServer
let phone: Phone
let page: Page
let link: string

beforeAll(async () => {
  server = await startPlanB()
  link = server.invitations.hemtjanst!
})
afterAll(() => server.remove())

describe('on a phone that has joined nothing', () => {
  beforeAll(async () => {
    phone = await createPhone()
    page = (await phone.open()).page
  })
  afterAll(() => phone.remove())

  const cut = 'Länken är avkortad'
  it.each<[string, (whole: string) => string, string]>([
    ['cut in the middle', (whole) => whole.slice(0, -60), cut],
    ['cut by one character', (whole) => whole.slice(0, -1), cut],
    ['cut soon after its beginning', (whole) => whole.slice(0, whole.indexOf('JAE') + 12), cut],
    ['all in small letters', (whole) => whole.toLowerCase(), 'stora och små bokstäver'],
    ['with one character wrong', (whole) => swap(whole, 30), 'Länken är felskriven'],
    ['with no invitation in it', () => 'https://planb.example.se/', 'ingen inbjudan'],
    ['that is a sentence', () => 'Jag har ingen kod, kan du hjälpa mig?', 'ingen inbjudan'],
    ['of a manager who wants to publish', () => enrolment, 'Det där är en chefs kod'],
  ])('says what is wrong with a pasted link %s', async (_, change, said) => {
    await paste('#/join', 'Klistra in länken', 'Använd inbjudan', change(link))
    await waitForText(page, said)
    expect(await page.evaluate(() => location.hash)).toBe('#/join')
  })

  it.each<[string, (whole: string) => string, string]>([
    ['cut', (whole) => whole.slice(0, -40), cut],
    ['mistyped', (whole) => swap(whole, 40), 'Länken är felskriven'],
  ])('says what is wrong with an opened link that is %s', async (_, change, said) => {
    await page.goto('about:blank')
    await page.goto(change(link))
    await waitForText(page, said)
    // The key does not stay in the address bar; every way in is offered at once.
    expect(page.url()).toBe(`${server.app}#/join`)
    await waitForText(page, 'Skriv av koden från papper')
  })

  it('says what is wrong with keys before it asks anything', async () => {
    const whole = `${server.app}#/restore/${encodeRestorePayload({ type: 'recovery-key', organisation: hexOf(randomBytes(32)), recovery: randomBytes(32) })}`
    for (const [given, said] of [
      [whole.slice(0, -9), cut],
      [swap(whole, 50), 'Länken är felskriven'],
      ['hej', 'ingen återställningskod'],
      [enrolment, 'Det där är en chefs kod'],
    ] as const) {
      await paste('#/restore', 'Länk eller kod', 'Återställ', given)
      await waitForText(page, said)
      expect(await page.locator('dialog').count()).toBe(0)
    }
    await paste('#/restore', 'Länk eller kod', 'Återställ', whole)
    await waitForText(page, 'Vill du lägga in återställningsnyckeln')
  })

  it('takes a paper key given where one joins to where it belongs', async () => {
    await paste('#/join', 'Klistra in länken', 'Använd inbjudan', server.coordinator)
    await waitForText(page, 'Vill du lägga in samordnarens nycklar')
    await page.getByRole('button', { name: 'Nej' }).click()
    expect(await page.evaluate(() => location.hash)).toBe('#/restore')
  })
})

describe('is understood', () => {
  it.each<[string, (whole: string) => string]>([
    [
      'wrapped by a mail gateway',
      (whole) => `https://safe.example/?url=${encodeURIComponent(whole)}&d=1`,
    ],
    [
      'wrapped twice',
      (whole) =>
        `https://a.example/?u=${encodeURIComponent(`https://b.example/?url=${encodeURIComponent(whole)}`)}`,
    ],
    ['with its # escaped twice', (whole) => whole.replace('#', '%2523')],
    ['broken over lines and quoted', (whole) => whole.replaceAll(/(.{30})/g, '$1\r\n> ')],
  ])('a link pasted %s', async (_, change) => {
    await onNewPhone(async (tab) => {
      page = tab
      await paste('#/join', 'Klistra in länken', 'Använd inbjudan', change(link))
      await hasJoined(tab)
    })
  })

  it.each(['%23', '%2523'])(
    'a link opened with %s for its #, on a new phone and on one that has joined',
    async (escaped) => {
      await onNewPhone(async (tab) => {
        const mangled = link.replace('#', escaped)
        await tab.goto(mangled)
        await hasJoined(tab)
        await waitUntilStored(tab)
        await tab.goto('about:blank')
        await tab.goto(mangled)
        await hasJoined(tab)
      })
    },
  )

  it('an invitation given where keys are restored: it joins', async () => {
    await onNewPhone(async (tab) => {
      page = tab
      await paste('#/restore', 'Länk eller kod', 'Återställ', link)
      await hasJoined(tab)
    })
  })
})

describe('on a phone that has joined', () => {
  beforeAll(async () => {
    phone = await createPhone()
    page = (await phone.open()).page
    await joinDepartment(page, server, 'hemtjanst')
  })
  afterAll(() => phone.remove())

  it('another organisation is asked about, with its own words, and added, never in place of the first', async () => {
    const organisation = hexOf(randomBytes(32))
    const other = `${server.app}#/join/${encodeInvitation({
      organisation,
      department: 'hemtjanst',
      root: { v: 1, hash: organisation },
      floor: { gen: 1, v: 1, epoch: 1 },
      id: createInvitationId(),
      epochKey: randomBytes(32),
      flags: 0,
    })}`
    await page.goto('about:blank')
    await page.goto(other)
    await waitForText(page, 'En annan kommun än den du har')
    const words = await page.locator('dialog .check-words > li').allInnerTexts()
    expect(words.map((word) => word.trim())).toEqual(checkWords(organisation))
    await page.getByRole('button', { name: 'Avbryt' }).click()
    await page.goto('about:blank')
    await page.goto(`${server.app}#/departments`)
    await waitForText(page, 'Hemtjänst')
    const held = await page.locator('main').innerText()

    await page.goto('about:blank')
    await page.goto(other)
    await page.getByRole('button', { name: 'Orden stämmer, lägg till' }).click()
    await page.waitForFunction(() => location.hash === '#/d/hemtjanst')
    await page.goto(`${server.app}#/departments`)
    await page.waitForFunction(
      (before) => document.querySelector('main')?.innerText !== before,
      held,
    )
    await waitForText(page, 'Lövåsa kommun')
    // The first organisation's plans are where they were: its own link goes straight there.
    await page.goto('about:blank')
    await page.goto(link)
    await hasJoined(page)
    await page.goto(`${server.app}#/ready`)
    const own = await page.locator('.check-words > li').allInnerTexts()
    expect(own.map((word) => word.trim())).not.toEqual(checkWords(organisation))
  })
})

it('a shortcut whose address is the invitation opens the start page each time, also when the host is dead', async () => {
  const own = await startPlanB()
  const shared = await createPhone()
  try {
    let tab = (await shared.open()).page
    await joinDepartment(tab, own, 'hemtjanst')
    await shared.close()
    await own.stop()
    for (let starts = 0; starts < 2; starts++) {
      tab = (await shared.open()).page
      await tab.goto(own.invitations.hemtjanst!)
      await hasJoined(tab)
      await waitUntilLive(tab)
      expect(tab.url()).toBe(`${own.app}#/d/hemtjanst`)
      const text = await tab.innerText('body')
      expect(text).not.toMatch(/Det gick inte|Vi når inte|Läser inbjudan|Försök igen/)
      await shared.close()
    }
  } finally {
    await shared.remove()
    await own.remove()
  }
})

it('leaving says what goes and that a new code is needed; nothing of it is left to read, and one can come back', async () => {
  await onNewPhone(async (tab) => {
    await joinDepartment(tab, server, 'hemtjanst')
    await tab.goto(`${server.app}#/ready`)
    await tab.getByRole('button', { name: 'Ta bort: Hemtjänst' }).click()
    const asked = await tab.locator('dialog').innerText()
    expect(asked).toContain('försvinner från den här telefonen')
    expect(asked).toContain('ny inbjudan')
    await tab.getByRole('button', { name: 'Ja, ta bort' }).click()
    await tab.goto(`${server.app}#/d/hemtjanst/routine/tes-korlista`)
    await waitForText(tab, 'Sidan finns inte i telefonen')
    // What all have in common came with it, and went with it.
    await tab.goto(`${server.app}#/`)
    await waitForText(tab, 'Planerna kommer med en inbjudan')
    for (let tries = 0; (await copiedPages(tab)).length > 0; tries++) {
      expect(tries, (await copiedPages(tab)).join()).toBeLessThan(40)
      await tab.waitForTimeout(250)
    }
    await tab.goto('about:blank')
    await tab.goto(link)
    await hasJoined(tab)
  })
})

it('a paper key is restored by typing its lines, with one character wrong at first', async () => {
  let typed: string[] = []
  await onNewPhone(async (tab) => {
    await becomeCoordinator(tab, server)
    await tab.goto(`${server.app}#/edit/keys`)
    await tab.getByRole('button', { name: 'Skriv ut', exact: false }).first().click()
    await tab.locator('dialog .button.is-main, dialog .button.is-stop').first().click()
    await tab.locator('.key-copy').waitFor()
    typed = await tab.locator('.key-copy .typed-lines > li').allInnerTexts()
    const text = await tab.locator('.key-copy').innerText()
    expect(text).toContain('Återställningsnyckel')
    expect(text).toContain('Om det försvinner')
    expect(text).toContain('Underskrift')
    // Of the page around it nothing is printed.
    const printed = await readPrinted(tab)
    expect(printed.pages).toBe(1)
    expect(understandLink(printed.codes[0]!)?.kind).toBe('restore')
  })
  expect(typed.length).toBeGreaterThan(3)
  await onNewPhone(async (tab) => {
    await tab.goto(`${server.app}#/restore`)
    await tab.getByRole('button', { name: 'Skriv av koden från papper' }).click()
    await tab.getByLabel('Rad 1', { exact: true }).waitFor()
    for (const [index, line] of typed.entries()) {
      const field = tab.getByLabel(`Rad ${index + 1}`, { exact: true })
      if (index === 0) {
        await field.fill(swap(line, '01 AB'.length))
        await waitForText(tab, 'Rad 1, tecken 3, i grupp 1')
      }
      await field.fill(line)
    }
    await tab.getByRole('button', { name: 'Använd koden' }).click()
    await tab.getByRole('button', { name: 'Ja, lägg in nyckeln' }).click()
    // The recovery key reads every department.
    await waitForText(tab, 'Hemsjukvård', 60_000)
    await tab.goto(`${server.app}#/d/hemtjanst/routine/tes-korlista`)
    await waitForText(tab, 'Första 15 minuterna', 60_000)
  })
})

const signing = await createSigningKey({ extractable: false })
const agreement = await createAgreementKey({ extractable: false })
const enrolment = encodeEnrolment({
  organisation: hexOf(randomBytes(32)),
  signing: signing.jwk,
  agreement: agreement.jwk,
  role: 'Enhetschef',
  departments: ['hemtjanst'],
})

/** The text with one character changed, after the address. */
function swap(text: string, at: number): string {
  const from = Math.max(text.indexOf('AE', text.indexOf('#') + 1), 0)
  const index = text.includes('#') ? from + at : at
  return text.slice(0, index) + (text[index] === 'K' ? 'M' : 'K') + text.slice(index + 1)
}

async function paste(address: string, label: string, button: string, text: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(`${server.app}${address}`)
  await page.getByLabel(label).fill(text)
  await page.getByRole('button', { name: button, exact: true }).click()
}

/** Addresses of a department's pages that lie in clear text on the phone. */
async function copiedPages(tab: Page): Promise<string[]> {
  return await tab.evaluate(async () => {
    const found: string[] = []
    for (const name of await caches.keys())
      if (name.startsWith('planb-copy:'))
        for (const request of await (await caches.open(name)).keys())
          if (decodeURIComponent(request.url).includes('/d/')) found.push(request.url)
    return found
  })
}

async function hasJoined(tab: Page): Promise<void> {
  await tab.waitForFunction(() => location.hash === '#/d/hemtjanst')
  await waitForText(tab, 'TES: din körlista')
}

async function onNewPhone(work: (tab: Page) => Promise<void>): Promise<void> {
  const one = await createPhone()
  try {
    await work((await one.open()).page)
  } finally {
    await one.remove()
  }
}
