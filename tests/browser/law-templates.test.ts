import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillTemplate } from '#app/editor/law/fill-template.ts'
import { textsOf } from '#app/editor/law/law-template.ts'
import { lawTemplates } from '#app/editor/law/law-templates.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { beyondEdge, smallTargets, violations } from '../support/check-screen.ts'
import { readPrintedText } from '../support/read-printed.ts'
import { startRealOrganisation, type RealOrganisation } from '../support/real-organisation.ts'
import { waitForText } from '../support/walk.ts'

/* A coordinator takes the templates for law and agreements: reads, prints and downloads them. */
const name = 'Ås & "Norra" kommun'
let organisation: RealOrganisation
let phone: Phone
let page: Page

const open = async (address: string) => {
  await page.goto('about:blank')
  await page.goto(`${organisation.app}#${address}`)
}
const openTemplate = async (id: string) => {
  await open(`/edit/law/${id}`)
  await page.locator('.law-box').waitFor()
}

beforeAll(async () => {
  organisation = await startRealOrganisation(name, 'krisledning=Krisledning')
  phone = await createPhone()
  page = (await phone.open({ bypassCSP: true })).page
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(organisation.coordinator)
  await page.getByRole('button', { name: 'Ja, lägg in nycklarna' }).click()
  await waitForText(page, 'Sköta planerna')
}, 120_000)
afterAll(async () => {
  await phone.remove()
  await organisation.remove()
})

it('leads there from what the coordinator does for the whole organisation, and from the first day', async () => {
  for (const from of ['/edit', '/edit/begin']) {
    await open(from)
    await page.getByRole('link', { name: /Mallar för lag och avtal/ }).click()
    await expect.poll(() => page.locator('main .rows a').count()).toBe(lawTemplates.length)
  }
  expect([await beyondEdge(page), await smallTargets(page), await violations(page)]).toEqual([
    [],
    [],
    [],
  ])
})

describe.each(lawTemplates.map((template) => [template.id, template] as const))(
  '%s',
  (id, template) => {
    const texts = textsOf(fillTemplate(template, name))

    it('is read at 360 pixels, light and dark, by everybody', async () => {
      await page.setViewportSize({ width: 360, height: 740 })
      await openTemplate(id)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        expect([colorScheme, await violations(page)]).toEqual([colorScheme, []])
      }
      expect([await beyondEdge(page), await smallTargets(page)]).toEqual([[], []])
      expect(await page.locator('main h2').first().innerText()).toBe('Läs det här först')
    })

    it('prints all of it on A4, and nothing of the screen around it', async () => {
      await page.setViewportSize({ width: 1280, height: 800 })
      await openTemplate(id)
      // A part may hold what does not fit on it: that would be cut.
      await page.emulateMedia({ media: 'print' })
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('.law *')]
          .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0)
          .map((each) => `${each.tagName}: ${each.textContent.slice(0, 40)}`),
      )
      expect(cut).toEqual([])
      const pages = await readPrintedText(page)
      if (pages === undefined) return
      // Words are divided at the edge of a line, and numbered pages come between: letters alone are compared.
      const letters = (text: string) => text.replace(/[^\p{L}\d]/gu, '')
      const printed = letters(pages.join('').replaceAll(/^\d+ \(\d+\)$/gm, ''))
      const missing = texts.filter((text) => !printed.includes(letters(text)))
      expect(missing).toEqual([])
      expect(printed).not.toContain('Laddaner')
      // One more page at most than what stands on pages of its own and the box before it need.
      const own = template.sections.filter(({ ownPage }) => ownPage === true).length
      expect(pages.length).toBeLessThanOrEqual(own + 4)
    })
  },
)

it('is downloaded as text and as a page, made on the phone', async () => {
  await openTemplate('private-numbers')
  const take = async (button: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ])
    return {
      name: download.suggestedFilename(),
      text: await readFile(await download.path(), 'utf8'),
    }
  }
  const text = await take('Ladda ner text')
  expect(text.name).toBe('private-numbers.txt')
  expect(text.text.startsWith('\uFEFFPrivata nummer')).toBe(true)
  expect(text.text).toContain(`${name} vill kunna nå dig`)
  const html = await take('Ladda ner sida')
  expect(html.name).toBe('private-numbers.html')
  expect(html.text).toContain('Ås &amp; &quot;Norra&quot; kommun vill kunna nå dig')
})

it('says so where there is no such template', async () => {
  await open('/edit/law/nothing')
  await waitForText(page, 'Den mallen finns inte')
})
