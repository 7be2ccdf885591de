import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paperEn } from '#i18n/paper-en.ts'
import { paperSv } from '#i18n/paper-sv.ts'
import { drawKeyCopies } from '#paper/draw-html.ts'
import { keyCopyPages } from '#paper/key-copy.ts'
import { hexOf } from '#trust/bytes.ts'
import { decodeInvitation } from '#trust/invitation.ts'
import { createSigningKey, randomBytes } from '#trust/keys.ts'
import { encodeRestorePayload } from '#trust/restore-payload.ts'
import { toTypedText } from '#trust/typed-text.ts'
import { understandLink } from '#trust/understand-link.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { becomeCoordinator, makeInvitation, openInvite } from '../support/office-phone.ts'
import { runPlanB, startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { readPrinted } from '../support/read-printed.ts'
import { waitForText, waitUntilStored } from '../support/walk.ts'

/*
 * A coordinator makes an invitation in the app; other browsers join by each form of it: the picture of its
 * code, its link, its lines typed by hand; and it goes on paper. Nothing here needs a camera.
 */
let server: PlanBServer
let office: Phone
let page: Page
let invitation: Awaited<ReturnType<typeof makeInvitation>>
let picture: Buffer

beforeAll(async () => {
  server = await startPlanB()
  office = await createPhone()
  page = (await office.open({ bypassCSP: true })).page
  await becomeCoordinator(page, server)
  invitation = await makeInvitation(page, server, 'affisch i personalrummet')
  picture = await page.locator('.paper-code').screenshot()
})
afterAll(async () => {
  await office.remove()
  await server.remove()
})

it('shows code, link, lines to type and the eight words, and what to be careful about', async () => {
  const { link, typed, words } = invitation
  expect(link.startsWith(`${server.app}#/join/`)).toBe(true)
  const made = decodeInvitation(understandLink(link)!.payload)
  expect(made).toMatchObject({ department: 'hemtjanst', floor: { epoch: 1 } })
  // A new one of its own: not the one that `npm start` printed.
  const first = decodeInvitation(understandLink(server.invitations.hemtjanst!)!.payload)
  expect(made.id).not.toBe(first.id)
  expect(made.organisation).toBe(first.organisation)
  expect(typed.length).toBeGreaterThan(5)
  expect(words).toHaveLength(8)
  const text = await page.innerText('main')
  expect(text).toContain('Alla som ser koden kommer in')
  expect(text).toContain('gäller tills koden byts')
})

it('lists what was made, with its place and day, and says how all of them end', async () => {
  await openInvite(page, server)
  const text = await page.innerText('main')
  expect(text).toContain('affisch i personalrummet')
  expect(text).toMatch(/Gjord \d+ \S+ \d{4}/)
  expect(text).toContain('Byt kod för verksamheten')
  await page.getByRole('link', { name: /affisch i personalrummet/ }).click()
  await page.locator('.invite-link').waitFor()
  expect(await page.locator('.invite-link').inputValue()).toBe(invitation.link)
})

it('cannot be made on a phone that only reads', async () => {
  await onNewPhone(async (tab) => {
    await tab.goto(server.invitations.hemtjanst!)
    await waitUntilStored(tab)
    await tab.goto(`${server.app}#/edit/invite/hemtjanst`)
    await waitForText(tab, 'Den här telefonen kan inte bjuda in')
  })
})

describe('another phone joins', () => {
  it('by a picture of the code, and counts as one that came that way', async () => {
    await onNewPhone(async (tab) => {
      await tab.goto(`${server.app}#/join`)
      await tab
        .locator('input[type="file"]')
        .setInputFiles({ name: 'kod.png', mimeType: 'image/png', buffer: picture })
      await hasJoined(tab)
      // The same organisation, whatever the address says.
      await tab.goto(`${server.app}#/ready`)
      const shown = await tab.locator('.check-words > li').allInnerTexts()
      expect(shown.map((word) => word.trim())).toEqual(invitation.words)
      // It tells so by itself, when it has got the plans; and the office hears of it at its next round.
      await untilTheOfficeSays('Telefoner som kom den vägen: 1')
    })
  })

  it('by the link pasted, broken over lines by a mail program', async () => {
    await onNewPhone(async (tab) => {
      await tab.goto(`${server.app}#/join`)
      await tab
        .getByLabel('Klistra in länken')
        .fill(invitation.link.replaceAll(/(.{40})/g, '$1\n> '))
      await tab.getByRole('button', { name: 'Använd inbjudan' }).click()
      await hasJoined(tab)
    })
  })

  it('by its lines typed: a wrong character is pointed out, and put right', async () => {
    await onNewPhone(async (tab) => {
      await tab.goto(`${server.app}#/join`)
      await tab.getByRole('button', { name: 'Skriv av koden från papper' }).click()
      const field = (line: number) => tab.getByLabel(`Rad ${line}`, { exact: true })
      await field(1).waitFor()
      const spoilt = spoil(invitation.typed[1]!)
      for (const [index, line] of invitation.typed.entries()) {
        // The typing goes on in the next line by itself.
        expect(
          await field(index + 1).evaluate((element) => element === document.activeElement),
        ).toBe(true)
        await tab.keyboard.type((index === 1 ? spoilt.text : line).slice(3).toLowerCase())
        if (index !== 1) continue
        const said = `Rad 2, tecken 7, i grupp 2: du skrev ${spoilt.found}. Det ska nog vara ${spoilt.right}.`
        await waitForText(tab, said)
        expect(await field(2).getAttribute('aria-invalid')).toBe('true')
        // Announced: the message stands in a live region that the field points to.
        const region = tab.locator(`[id="${await field(2).getAttribute('aria-describedby')}"]`)
        expect(await region.getAttribute('role')).toBe('status')
        expect(await region.innerText()).toContain(said)
        expect(await tab.locator('mark').innerText()).toBe(spoilt.found)
        expect(await violations(tab)).toEqual([])
        await tab.getByRole('button', { name: `Byt ${spoilt.found} mot ${spoilt.right}` }).click()
        await waitForText(tab, 'Rad 2 stämmer.')
        await field(3).focus()
      }
      await tab.getByRole('button', { name: 'Använd koden' }).click()
      await hasJoined(tab)
    })
  })

  it('by all lines pasted at once; where one is wrong it is shown', async () => {
    await onNewPhone(async (tab) => {
      await tab.goto(`${server.app}#/join`)
      const spoilt = invitation.typed.map((line, index) => (index === 2 ? spoil(line).text : line))
      await tab.getByLabel('Klistra in länken').fill(spoilt.join('\n'))
      await tab.getByRole('button', { name: 'Använd inbjudan' }).click()
      await waitForText(tab, 'Rad 3, tecken 7')
      await tab.getByRole('button', { name: /^Byt / }).click()
      await tab.getByRole('button', { name: 'Använd koden' }).click()
      await hasJoined(tab)
    })
  })
})

describe('on paper', () => {
  it('the poster is one A4 sheet whose code is read from a 150-dpi picture', async () => {
    await openPoster()
    expect(await cutOff()).toEqual([])
    const printed = await readPrinted(page)
    expect(printed).toEqual({ pages: 1, codes: [invitation.link] })
    const text = await page.locator('.poster').innerText()
    for (const word of invitation.words) expect(text).toContain(word.replace(/^\d\s*/, ''))
    for (const line of invitation.typed) expect(text).toContain(line)
    expect(text).toMatch(/utgåva \d+ · utskriven \d+/)
    expect(await page.locator('.poster [dir="rtl"]').getAttribute('lang')).toBe('ar')
  })

  it('the poster holds long names, a long address and a longer code too', async () => {
    await openPoster()
    await page.evaluate(() => {
      const set = (selector: string, text: string) => {
        for (const element of document.querySelectorAll(selector)) element.textContent = text
      }
      set('.poster h2', 'Trygghetslarm och nattpatrull, södra kommundelen')
      document.querySelector('.poster h2')!.className = 'is-longer'
      set('.poster-address', 'beredskap.planb.mellersta-landskommun.se')
      for (const part of document.querySelectorAll('.poster-languages > section > p'))
        part.textContent = `${part.textContent} beredskap.planb.mellersta-landskommun.se`
      const lines = document.querySelector('.poster .typed-lines')!
      for (let more = 0; more < 3; more++) lines.append(lines.firstElementChild!.cloneNode(true))
    })
    expect(await cutOff()).toEqual([])
    expect((await readPrinted(page)).pages).toBe(1)
  })

  it('each key has one sheet of its own, in the file that the command line writes too', async () => {
    const organisation = hexOf(randomBytes(32))
    const payloads = [
      encodeRestorePayload({
        type: 'root-key',
        organisation,
        signing: {
          kid: (await createSigningKey({ extractable: false })).kid,
          secret: randomBytes(32),
        },
        mirror: 'https://store.planb.mellersta-landskommun.se/',
      }),
      encodeRestorePayload({ type: 'recovery-key', organisation, recovery: randomBytes(32) }),
    ]
    const codes = payloads.map(
      (payload) => `https://planb.mellersta-landskommun.se/#/restore/${payload}`,
    )
    for (const [language, texts] of [
      ['sv', paperSv.keyCopy],
      ['en', paperEn.keyCopy],
    ] as const) {
      const pages = keyCopyPages({
        organisation: 'Mellersta landskommun',
        words: invitation.words,
        made: '23 nov. 2026',
        texts,
        copies: payloads.map((payload, index) => ({
          ...(index === 0 ? { kind: 'root-key', number: 2, of: 3 } : { kind: 'recovery-key' }),
          name: 'q'.repeat(43),
          code: codes[index]!,
          typed: toTypedText(payload),
        })),
      })
      await onNewPhone(async (tab) => {
        await tab.setContent(drawKeyCopies(pages, language))
        expect(await readPrinted(tab)).toEqual({ pages: 2, codes })
      })
    }
  })

  it('the page for those who run the phones names every address, needs no role, and no secret stands on it', async () => {
    await onNewPhone(async (tab) => {
      await tab.goto(server.invitations.hemtjanst!)
      await waitUntilStored(tab)
      await tab.goto(`${server.app}#/edit/phones-it`)
      await waitForText(tab, 'Adresser att släppa fram')
      const text = await tab.innerText('main')
      expect(text).toContain(new URL(server.app).origin)
      expect(text).toContain('Flygplansläge')
      expect(text).not.toContain('#/join/')
    })
    await page.goto(`${server.app}${invitation.address.replace('/invite/', '/phones-it/')}`)
    await waitForText(page, invitation.link)
  })
})

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it.each([
    ['new invitations', '#/edit/invite/hemtjanst'],
    ['an invitation', ''],
    ['its poster', 'poster'],
    ['for those who run the phones', '#/edit/phones-it'],
  ])('%s has nothing that axe-core finds, nor scrolls sideways', async (_, address) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 320, height: 700 })
    const own = address === 'poster' ? invitation.address.replace('/invite/', '/poster/') : address
    await page.goto(`${server.app}${own === '' ? invitation.address : own}`)
    await page.locator('main h1').waitFor()
    await page.waitForTimeout(400)
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    // A code is black on white, also on a dark page.
    const code = page.locator('.paper-code path').first()
    if (address === '') expect(await code.getAttribute('fill')).toBe('#fff')
    await page.setViewportSize({ width: 360, height: 740 })
  })
})

it('an invitation ends when the code is changed: it says so here, lets nobody read, and a new one does', async () => {
  const rotated = await runPlanB(server.data, ['rotate', 'hemtjanst'])
  expect(rotated.code, rotated.stderr).toBe(0)
  await untilTheOfficeSays('Gäller inte längre: koden är bytt.')
  await page.goto(`${server.app}${invitation.address}`)
  await waitForText(page, 'Gäller inte längre')
  expect(await page.locator('.paper-code').count()).toBe(0)

  await onNewPhone(async (tab) => {
    await tab.goto(invitation.link)
    await waitForText(tab, 'Koden du använde är bytt.', 60_000)
    expect(await tab.innerText('body')).not.toMatch(/TES: din körlista|Hämtar|av sig själva/)
    const renewed = await makeInvitation(page, server, 'ny affisch')
    await tab.goto('about:blank')
    await tab.goto(renewed.link)
    await hasJoined(tab)
  })
})

async function onNewPhone(work: (tab: Page) => Promise<void>): Promise<void> {
  const phone = await createPhone()
  try {
    await work((await phone.open({ bypassCSP: true })).page)
  } finally {
    await phone.remove()
  }
}

/** Opens the list anew now and then: a round of sync is made at each start. */
async function untilTheOfficeSays(text: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    await openInvite(page, server)
    const error = await waitForText(page, text, 20_000).catch((problem: unknown) => problem)
    if (error === undefined) return
    if (tries === 3) throw error
  }
}

async function hasJoined(tab: Page): Promise<void> {
  await tab.waitForFunction(() => location.hash === '#/d/hemtjanst')
  await waitForText(tab, 'TES: din körlista')
}

async function openPoster(): Promise<void> {
  await page.setViewportSize({ width: 1024, height: 800 })
  await page.goto(`${server.app}${invitation.address.replace('/invite/', '/poster/')}`)
  await page.locator('.poster').waitFor()
}

/** Parts of the sheet that stand outside it, or in another. */
async function cutOff(): Promise<string[]> {
  return await page.evaluate(() => {
    const body = document.querySelector('.poster-body')!
    const sheet = document.querySelector('.poster')!.getBoundingClientRect()
    const outside = [...body.querySelectorAll('p, li, h2, h3, footer')]
      .filter((element) => {
        const box = element.getBoundingClientRect()
        return box.bottom > sheet.bottom || box.right > sheet.right + 1 || box.left < sheet.left
      })
      .map((element) => element.textContent)
    const parts = [...body.children].map((part) => part.getBoundingClientRect())
    const overlaps = parts.flatMap((box, at) =>
      at > 0 && box.top < parts[at - 1]!.bottom - 1 ? [`part ${at} lies on part ${at - 1}`] : [],
    )
    return [...outside, ...overlaps]
  })
}

/** A line with its seventh character (of the code) changed to one that is easily mistaken for another. */
function spoil(line: string): { text: string; found: string; right: string } {
  const at = '01 ABCD EF'.length
  const right = line[at]!
  const found = right === 'X' ? 'Y' : 'X'
  return { text: line.slice(0, at) + found + line.slice(at + 1), found, right }
}

const axeSource = await readFile(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

async function violations(on: Page): Promise<string[]> {
  if (!(await on.evaluate(() => 'axe' in globalThis))) await on.addScriptTag({ content: axeSource })
  return await on.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(
          context: Document,
          options: { runOnly: string[] },
        ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
      }
    }
    const { violations: found } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return found.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
    )
  })
}
