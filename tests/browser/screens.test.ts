import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { joinDepartment, waitForText } from '../support/walk.ts'

/*
 * Every screen, in both languages and both schemes: axe-core finds nothing, nothing scrolls sideways at
 * 320 pixels, and what is to be tapped can be hit with a glove.
 */
const screens: Record<string, string> = {
  start: '#/d/hemtjanst',
  routines: '#/d/hemtjanst/routines',
  'phone trees': '#/d/hemtjanst/phone-trees',
  forms: '#/d/hemtjanst/forms',
  contacts: '#/d/hemtjanst/contacts',
  routine: '#/d/hemtjanst/routine/tes-korlista',
  'unapproved routine': '#/d/hemtjanst/routine/el',
  'first card': '#/d/gemensamt/routine/jag-vet-inte',
  plan: '#/d/hemtjanst/plan/utfora-besok',
  'phone tree': '#/d/hemtjanst/phone-tree/kvall',
  form: '#/d/hemtjanst/form/anteckning-vid-besok',
  exercise: '#/d/hemtjanst/exercise/kvall-utan-tes',
  situation: '#/d/gemensamt/situation/ovning-natet-nere-2026-10',
  search: '#/search?q=mejlen%20%C3%A4r%20nere',
  'search without a question': '#/search',
  'search without a hit': '#/search?q=qqqqzzzz',
  ready: '#/ready',
  compare: '#/compare',
  join: '#/join',
  'join, a cut link': '#/join/JAEAXQAI',
  restore: '#/restore',
  departments: '#/departments',
  'not found': '#/d/hemtjanst/routine/finns-inte',
}

const axeSource = await readFile(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

let server: PlanBServer
let phone: Phone
let page: Page

beforeAll(async () => {
  server = await startPlanB()
  phone = await createPhone()
  // The page's own policy forbids scripts from elsewhere: axe is brought in past it, for the test only.
  page = (await phone.open({ bypassCSP: true })).page
  await joinDepartment(page, server, 'hemtjanst')
})
afterAll(async () => {
  await phone.remove()
  await server.remove()
})

describe.each(['sv', 'en'] as const)('in %s', (language) => {
  beforeAll(async () => {
    await page.goto(`${server.app}#/ready`)
    const name = language === 'sv' ? 'Svenska' : 'English'
    await page.getByText(name, { exact: true }).first().click()
    await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language)
  })

  describe.each(['light', 'dark'] as const)('and %s', (colorScheme) => {
    beforeAll(() => page.emulateMedia({ colorScheme, reducedMotion: 'reduce' }))

    it.each(Object.entries(screens))('%s has nothing that axe-core finds', async (_, address) => {
      await page.setViewportSize({ width: 360, height: 740 })
      await open(address)
      expect(await violations(page)).toEqual([])
    })
  })

  it.each(Object.entries(screens))('%s does not scroll sideways at 320', async (_, address) => {
    await page.setViewportSize({ width: 320, height: 640 })
    await open(address)
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
        .filter((element) => getComputedStyle(element).position !== 'absolute')
        .map(
          (element) =>
            `${element.tagName}.${element.className}: ${element.textContent.slice(0, 40)}`,
        )
        .slice(0, 5),
    )
    expect(wide).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  })
})

it('would find a fault with axe-core if there were one', async () => {
  await open('#/ready')
  await page.evaluate(() => document.querySelector('main')?.append(document.createElement('img')))
  expect((await violations(page)).join()).toContain('image-alt')
  await page.reload()
})

it('keeps what is to be tapped at least 48 pixels high, and text at its size', async () => {
  await page.setViewportSize({ width: 360, height: 740 })
  for (const address of Object.values(screens)) {
    await open(address)
    const small = await page.evaluate(() => {
      const isShown = (element: Element) => element.getClientRects().length > 0
      const targets = [...document.querySelectorAll('a[href], button, summary, select, textarea')]
      return targets
        .filter(isShown)
        .filter((element) => !element.closest('p, .visually-hidden, .skip-link, .skip'))
        .filter((element) => element.getBoundingClientRect().height < 47.5)
        .map(
          (element) =>
            `${element.tagName}.${element.className}: ${element.textContent.slice(0, 30)}`,
        )
    })
    expect({ address, small }).toEqual({ address, small: [] })
  }
  await open(screens.routine ?? '')
  const sizes = await page.evaluate(() => ({
    body: Number.parseFloat(getComputedStyle(document.body).fontSize),
    step: Math.min(
      ...[...document.querySelectorAll('ol li p')].map((element) =>
        Number.parseFloat(getComputedStyle(element).fontSize),
      ),
    ),
  }))
  expect(sizes.body).toBeGreaterThanOrEqual(17)
  expect(sizes.step).toBeGreaterThanOrEqual(17)
})

it('can be used from the keyboard: skip link, search, result, back', async () => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto('about:blank')
  await open('#/d/hemtjanst')
  await page.keyboard.press('Tab')
  const first = await page.evaluate(() => document.activeElement?.textContent ?? '')
  expect(first).toMatch(/innehåll|content/i)
  await page.locator('input[type="search"], input[role="searchbox"]').first().focus()
  await page.keyboard.type('körlista')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => location.hash.startsWith('#/search'))
  const hit = page.locator('main a[href*="/routine/tes-korlista"]').first()
  await hit.focus()
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => location.hash.endsWith('/routine/tes-korlista'))
  await page.goBack()
  await page.waitForFunction(() => location.hash.startsWith('#/search'))
})

it('prints a form as a sheet to write on', async () => {
  await page.setViewportSize({ width: 1024, height: 800 })
  const shown = (selector: string) => page.locator(`${selector} >> visible=true`).count()
  try {
    await open('#/d/hemtjanst/form/korlista-for-hand')
    await page.emulateMedia({ media: 'print' })
    expect(await shown('.sheet table:first-of-type tbody tr')).toBe(25)
    expect(await page.evaluate(() => document.body.innerText)).not.toMatch(/Används i|Bygger på/)
    expect(await page.locator('.numbered li').first().textContent()).toMatch(/^Vänd/)
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('.sheet th')]
        .filter((cell) => cell.scrollWidth > cell.clientWidth)
        .map((cell) => cell.textContent),
    )
    expect(cut).toEqual([])
    await page.emulateMedia({ media: 'screen' })
    await open('#/d/hemtjanst/form/anteckning-vid-besok')
    await page.emulateMedia({ media: 'print' })
    expect(await shown('.is-lines .sheet-line')).toBe(3 + 8)
    await page.emulateMedia({ media: 'screen' })
    expect(await shown('.on-paper')).toBe(0)
    for (const address of [screens.form, screens['phone tree'], screens.routine]) {
      await open(address ?? '')
      expect(await shown('.tool.is-print')).toBe(1)
    }
  } finally {
    await page.emulateMedia({ media: 'screen' })
  }
})

it('says whose a printed routine is, from which edition and when, and no hints for the screen', async () => {
  await page.setViewportSize({ width: 1024, height: 800 })
  await open(screens.routine ?? '')
  await page.emulateMedia({ media: 'print' })
  const text = await page.evaluate(() => document.body.innerText)
  const foot = await page.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue('--print-foot'),
  )
  await page.emulateMedia({ media: 'screen' })
  expect(text).toMatch(/Hemtjänst · (Utgåva|Edition) \d+ · (Utskriven|Printed) \d+/)
  expect(foot).toMatch(/· Hemtjänst · (Utgåva|Edition) \d+/)
  expect(text).not.toMatch(/Bocka av ett steg|Tick a step/)
})

it.each([320, 360])('does not scroll sideways at %i with text of twice the size', async (width) => {
  await page.setViewportSize({ width, height: 740 })
  const wide: Record<string, unknown> = {}
  for (const address of Object.values(screens)) {
    await open(address)
    const found = await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
      for (const details of document.querySelectorAll('details')) details.open = true
      return {
        width: document.documentElement.scrollWidth,
        cut: [...document.querySelectorAll('.bar a, .call, h1')]
          .filter((element) => element.scrollWidth > element.clientWidth + 1)
          .map((element) => element.textContent),
        hidden: document.querySelector('h1')?.clientWidth === 0,
      }
    })
    if (found.width > width || found.cut.length > 0 || found.hidden) wide[address] = found
  }
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
  expect(wide).toEqual({})
})

it('keeps what must be read in a crisis at 17 pixels or more', async () => {
  await page.setViewportSize({ width: 320, height: 640 })
  const small: string[] = []
  for (const address of [screens.start, screens.routine, screens['phone tree'], screens.contacts]) {
    await open(address ?? '')
    small.push(
      ...(await page.evaluate(() =>
        [...document.querySelectorAll('.call *, .paper-link *, .button, .tool, .bar a, .number')]
          .filter((element) => element.closest('.meta, .visually-hidden, summary') === null)
          .filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) < 17)
          .map((element) => `${element.className}: ${element.textContent}`),
      )),
    )
  }
  expect(small).toEqual([])
})

it('marks search results as the language they stand in', async () => {
  await page.goto(`${server.app}#/ready`)
  await page.getByText('English', { exact: true }).first().click()
  await page.waitForFunction(() => document.documentElement.lang === 'en')
  await open('#/search?q=visit%20list')
  const marks = await page.evaluate(() =>
    [...document.querySelectorAll('main .row :is(strong, .under)')].map((element) => ({
      lang: element.closest('[lang]')?.getAttribute('lang'),
      text: element.textContent,
    })),
  )
  expect(marks.length).toBeGreaterThan(2)
  const english = marks.filter(({ text }) => /\b(the|and|when|with|you|visit)\b/i.test(text))
  expect(english.length).toBeGreaterThan(2)
  expect(english.filter(({ lang }) => lang !== 'en')).toEqual([])
})

it('says of a department that has not arrived that it is not on the phone', async () => {
  const other = await createPhone()
  const far = await startPlanB()
  try {
    const { page: tab } = await other.open()
    await joinDepartment(tab, far, 'hemtjanst')
    await far.stop()
    await tab.goto('about:blank')
    await tab.goto(far.invitations.krisledning ?? '')
    await tab.waitForFunction(() => document.documentElement.dataset.live !== undefined)
    await waitForText(tab, 'Krisledning finns inte i telefonen än')
    const show = async (address: string) => {
      await tab.goto(`${far.app}${address}`)
      await waitForText(tab, 'Krisledning finns inte i telefonen än')
      return await tab.evaluate(() => document.querySelector('main')?.innerText ?? '')
    }
    const start = await show('#/d/krisledning')
    expect(start.indexOf('finns inte i telefonen')).toBeLessThan(start.indexOf('112'))
    expect(await show('#/d/krisledning/routines')).toContain('gäller alla')
    const home = await show('#/d/hemtjanst')
    expect(home).not.toContain('fungerar utan internet')
    const ready = await show('#/ready')
    expect(ready).not.toContain('Redo.')
    await waitForText(tab, 'Krisledning saknas.')
  } finally {
    await other.remove()
    await far.remove()
  }
})

async function open(address: string): Promise<void> {
  await page.goto(`${server.app}${address}`)
  await page.waitForFunction(() => document.documentElement.dataset.live !== undefined)
  await page.locator('h1').first().waitFor()
  await page.waitForTimeout(80)
}

/** What axe-core finds against WCAG 2.1 AA and its best practices, as short sentences. */
async function violations(on: Page): Promise<string[]> {
  if (!(await on.evaluate(() => 'axe' in globalThis))) await on.addScriptTag({ content: axeSource })
  return await on.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe }
    const { violations: found } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return found.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html.slice(0, 120))
          .slice(0, 3)
          .join(' | ')}`,
    )
  })
}

interface Axe {
  run(
    context: Document,
    options: { runOnly: string[] },
  ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}
