import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editorEn } from '#i18n/editor-en.ts'
import { editorSv } from '#i18n/editor-sv.ts'
import { sv } from '#i18n/sv.ts'
import { headPath, latestPath, parseVersionName } from '#store/layout.ts'
import { encodeEnrolment, enrolmentWords } from '#trust/enrolment.ts'
import { decodeInvitation } from '#trust/invitation.ts'
import { createAgreementKey, createSigningKey } from '#trust/keys.ts'
import { toTypedText } from '#trust/typed-text.ts'
import { understandLink } from '#trust/understand-link.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { beyondEdge, smallTargets, violations } from '../support/check-screen.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { joinDepartment, waitForText } from '../support/walk.ts'

/*
 * Every screen of managers and of the coordinator, in both languages and both schemes: axe-core finds
 * nothing, nothing scrolls sideways at 320 pixels, what is to be tapped can be hit with a glove.
 */
const screens: Record<string, string> = {
  home: '#/edit',
  'asking for the right': '#/edit/enrol',
  approving: '#/edit/approve',
  people: '#/edit/people',
  phones: '#/edit/phones/hemtjanst',
  'what all share': '#/edit/common',
  'phones of a department that is none': '#/edit/phones/finns-inte',
  tried: '#/edit/tried',
  keys: '#/edit/keys',
  mirrors: '#/edit/mirrors',
  'not found': '#/edit/finns-inte',
}

let server: PlanBServer
let phones: Phone[] = []
let page: Page
let request: { payload: string; words: string[] }

beforeAll(async () => {
  server = await startPlanB()
  const staff = await createPhone()
  phones = [staff]
  await joinDepartment((await staff.open()).page, server, 'hemtjanst')
  const coordinator = await createPhone()
  phones.push(coordinator)
  page = (await coordinator.open({ bypassCSP: true })).page
  await page.goto(server.coordinator)
  await page.getByRole('button', { name: sv.restore.yes }).click()
  await page.waitForFunction(() => location.hash === '#/departments')
  request = await makeRequest()
  screens['a request'] = `#/edit/approve/${request.payload}`
  screens['a request that is cut'] = `#/edit/approve/${request.payload.slice(0, -9)}`
  await open('#/edit/keys')
  const replace = await page.locator('a[href^="#/edit/keys/replace/"]').first().getAttribute('href')
  screens['replacing a key'] = replace ?? ''
  await open('#/edit/phones/hemtjanst')
  await page.locator('.phone-item').first().waitFor()
})
afterAll(async () => {
  for (const phone of phones) await phone.remove()
  await server.remove()
})

async function makeRequest() {
  const link = understandLink(server.invitations.hemtjanst ?? '')
  const asked = {
    organisation: decodeInvitation(link?.payload ?? '').organisation,
    signing: (await createSigningKey({ extractable: false })).jwk,
    agreement: (await createAgreementKey({ extractable: false })).jwk,
    role: 'Enhetschef hemtjänst norr',
    departments: ['hemtjanst'],
  }
  return { payload: encodeEnrolment(asked), words: await enrolmentWords(asked) }
}

async function open(address: string): Promise<void> {
  await page.goto(`${server.app}${address}`)
  await page.waitForFunction(() => document.documentElement.dataset.live !== undefined)
  await page.locator('[data-page] > :not(header)').first().waitFor()
  await page.waitForTimeout(250)
}

const texts = { sv: editorSv, en: editorEn }

describe.each(['sv', 'en'] as const)('in %s', (language) => {
  const t = texts[language]

  beforeAll(async () => {
    await page.goto(`${server.app}#/ready`)
    const name = language === 'sv' ? 'Svenska' : 'English'
    await page.getByText(name, { exact: true }).first().click()
    await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language)
  })

  it.each(['light', 'dark'] as const)('axe-core finds nothing in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 360, height: 740 })
    const found: Record<string, string[]> = {}
    const note = async (name: string) => {
      const here = await violations(page)
      if (here.length > 0) found[name] = here
    }
    for (const [name, address] of Object.entries(screens)) {
      await open(address)
      await note(name)
    }
    await open('#/edit/people')
    await page.getByRole('button', { name: t.people.revoke }).first().click()
    // [M11] Nothing is taken away before it is known which version stays.
    const yes = page.getByRole('button', { name: t.people.askYes })
    await expect.poll(() => yes.isEnabled(), { timeout: 20_000 }).toBe(true)
    await note('a question')
    await page.keyboard.press('Escape')
    await open('#/edit/phones/hemtjanst')
    await page.getByRole('button', { name: t.rotate.open }).click()
    await note('changing the code')
    expect(found).toEqual({})
  })

  it('nothing scrolls sideways at 320, and everything can be hit', async () => {
    await page.setViewportSize({ width: 320, height: 640 })
    const found: Record<string, string[]> = {}
    for (const [name, address] of Object.entries(screens)) {
      await open(address)
      const here = [...(await beyondEdge(page)), ...(await smallTargets(page))]
      if (here.length > 0) found[name] = here
    }
    await open('#/edit/phones/hemtjanst')
    await page.getByRole('button', { name: t.rotate.open }).click()
    const here = [...(await beyondEdge(page)), ...(await smallTargets(page))]
    if (here.length > 0) found['changing the code'] = here
    expect(found).toEqual({})
  })
})

it('would find a fault with axe-core, and what reaches beyond the edge, if there were any', async () => {
  await open('#/edit')
  await page.evaluate(() => {
    const main = document.querySelector('main')
    main?.append(document.createElement('img'))
    const wide = main?.appendChild(document.createElement('div'))
    if (wide) wide.style.width = '2000px'
  })
  expect((await violations(page)).join()).toContain('image-alt')
  expect(await beyondEdge(page)).not.toEqual([])
  await page.reload()
})

it('shows who asks, for what, and the words the other phone shows', async () => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await open(screens['a request'] ?? '')
  await page.locator('.words-box li').first().waitFor()
  expect(await page.locator('.words-box li').allTextContents()).toEqual(request.words)
  expect(await page.getByLabel(editorEn.approve.role).inputValue()).toBe(
    'Enhetschef hemtjänst norr',
  )
  expect(await page.locator('input[value="hemtjanst"]').isChecked()).toBe(true)
  expect(await page.locator('input[value="hemsjukvard"]').isChecked()).toBe(false)
})

it('takes the lines that were typed, and says which character is wrong', async () => {
  const lines = toTypedText(request.payload)
  const wrong = lines.map((line, index) =>
    index === 1 ? line.replace(/.(?=...$)/, (found) => (found === '7' ? '4' : '7')) : line,
  )
  expect(wrong).not.toEqual(lines)
  await open('#/edit/approve')
  await page.locator('textarea').fill(wrong.join('\n'))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await waitForText(page, 'Line 2')
  await page.locator('textarea').fill(lines.join('\n').toLowerCase())
  await page.locator('form .is-main').click()
  await page.locator('.words-box li').first().waitFor()
  expect(await page.locator('.words-box li').allTextContents()).toEqual(request.words)
})

it('says of an address that is no copy of this organisation that nothing was added', async () => {
  await open('#/edit/mirrors')
  const add = async (address: string) => {
    await page.locator('form input').fill(address)
    await page.locator('form .is-main').click()
  }
  await add('inte en adress')
  await waitForText(page, editorEn.mirrors.answer['no-address'])
  await add(`${server.app}inget-har/`)
  await waitForText(page, editorEn.mirrors.answer.other)
  await add('http://127.0.0.1:9/')
  await waitForText(page, editorEn.mirrors.answer.silent)
  expect(await page.locator('main .rows > li').count()).toBe(1)
})

it('tells a manager in plain words what was tried, and what to do', async () => {
  const store = join(server.data, 'store')
  const latest = parseVersionName(await readFile(join(store, latestPath('hemtjanst')), 'utf8'))
  if (latest === undefined) throw new Error('no version')
  const next = headPath('hemtjanst', latest.gen, latest.v + 1)
  const other = headPath('hemsjukvard', 1, 1)
  await writeFile(join(store, next), await readFile(join(store, other)))
  await open('#/edit/tried')
  await waitForText(page, editorEn.tried.code['bad-head'].title, 30_000)
  const text = await page.innerText('main')
  expect(text).toContain(editorEn.tried.code['bad-head'].did)
  expect(text).toContain(editorEn.tried.code['bad-head'].do)
  expect(text).toContain(`${server.app}store/`)
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 640 })
  expect(await beyondEdge(page)).toEqual([])
  await open('#/edit')
  await waitForText(page, editorEn.home.triedLink)
})

it('is red for who manages when a change of who may publish is held back', async () => {
  await page.setViewportSize({ width: 360, height: 740 })
  await open(screens['a request'] ?? '')
  await page.getByRole('button', { name: editorEn.approve.yes }).click()
  await waitForText(page, 'Done. Enhetschef hemtjänst norr', 60_000)
  const phone = await createPhone()
  phones.push(phone)
  const { page: held } = await phone.open({ bypassCSP: true })
  await held.route('**/store/root/2.jws', (route) => route.fulfill({ status: 404 }))
  await held.goto(server.coordinator)
  await held.getByRole('button', { name: sv.restore.yes }).click()
  await held.waitForFunction(() => location.hash === '#/departments')
  await held.goto(`${server.app}#/edit`)
  const red = held.locator('.notice.is-stop', {
    hasText: editorSv.tried.code['withheld-root'].title,
  })
  await red.waitFor({ timeout: 60_000 })
  expect(await violations(held)).toEqual([])
  await held.goto(`${server.app}#/edit/tried`)
  await held.locator('.tried.is-grave').first().waitFor()
  expect(await held.innerText('main')).toContain(editorSv.tried.code['withheld-root'].do)
})
