import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type * as OpenRelease from '#release/open-release.ts'
import type { Page } from 'playwright-core'
import type { PlanBDocument } from '#domain/schema/document.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { testDocuments } from '../support/organisation.ts'
import { createTrustScene, routineAddress, type TrustScene } from '../support/trust-scene.ts'
import { waitForText, waitUntilLive } from '../support/walk.ts'

/*
 * A publisher who went bad: the release is signed as it should be, sealed as it should be, and every text in
 * it is an attack on whoever reads. In a real browser, live, without script, and on the emergency page.
 */
const evil = [
  '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>',
  '<svg onload="window.hacked=1"><style>*{display:none}</style>',
  '</div></div></main><base href="https://evil.example/"><iframe srcdoc="<script>top.hacked=1</script>"></iframe>',
  '[Ring 112](javascript:window.hacked=1) [Ring](tel:*21*0701740605%23) [Gå med](#/join/JAEAXQAI) [x](data:text/html,<script>1</script>)',
  '**[a](//evil.example)** *[b](http://evil.example)* [c](#/edit/approve/x)',
  'Ring \u202e5060-471\u202c nu \u2067och\u2069 \u202d070',
  '<meta http-equiv="refresh" content="0;url=https://evil.example"><form action="https://evil.example"><button>Ring</button></form>',
  '{{constructor.constructor("window.hacked=1")()}} ${window.hacked=1} $t(x) {{title}}',
]
const badNumbers = ['*21*0701740605#', '+46701740605,1', '+46701740605;ext=1', '+46\u202e701740605', '\u200e+46701740605', '112#'] // prettier-ignore

/** The publisher's own tool builds without asking whether anybody will take it; readers ask all the same. */
vi.mock('#release/open-release.ts', async (original) => {
  const real = await original<typeof OpenRelease>()
  const asGiven: typeof real.readDocument = (department, entry) =>
    ({ ...entry, department }) as never
  return { ...real, readDocument: asGiven }
})

let scene: TrustScene
let phone: Phone
let page: Page
const requests: string[] = []
const dialogs: string[] = []

beforeAll(async () => {
  scene = await createTrustScene({ documents: hostileDocuments() })
  phone = await createPhone()
  page = await opened()
  await scene.join(page)
})
afterAll(async () => {
  await phone.remove()
  await scene.remove()
})

async function opened(options: Parameters<Phone['open']>[0] = {}): Promise<Page> {
  await phone.close()
  const { context, page: fresh } = await phone.open(options)
  context.on('request', (request) => requests.push(request.url()))
  fresh.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  return fresh
}

/** Every text of the department is evil; the numbers are those a schema would refuse, beside one it takes. */
function hostileDocuments(): PlanBDocument[] {
  let at = 0
  const bad = (text: string) => `${text} ${evil[at++ % evil.length]}`
  return [
    ...testDocuments('hemtjanst').map((document) => {
      const spoil = (value: unknown, key = ''): unknown => {
        if (Array.isArray(value)) return value.map((each) => spoil(each))
        if (value instanceof Object)
          return Object.fromEntries(
            Object.entries(value).map(([name, each]) => [name, spoil(each, name)]),
          )
        const isText = ['title', 'name', 'summary', 'for', 'text'].includes(key)
        return isText && typeof value === 'string' ? bad(value) : value
      }
      return { ...document, body: spoil(document.body) } as PlanBDocument
    }),
    {
      department: 'hemtjanst',
      kind: 'contacts',
      id: 'falska',
      body: {
        title: 'Falska nummer',
        contacts: badNumbers.map((number, index) => ({
          id: `falsk-${index}`,
          title: bad('Ring'),
          number,
        })),
      },
    } as unknown as PlanBDocument,
  ]
}

const pages = ['/d/hemtjanst', routineAddress, '/d/hemtjanst/contacts', '/d/hemtjanst/routines', '/search?q=ring', '/ready'] // prettier-ignore

async function expectHarmless(on: Page, where: string): Promise<void> {
  const found = await on.evaluate(() => ({
    hacked: 'hacked' in window,
    elements: [...document.querySelectorAll('main :is(script, iframe, style, base, meta, object, embed, img, link), main form[action]')].map((each) => each.outerHTML.slice(0, 80)), // prettier-ignore
    handlers: [...document.querySelectorAll('main *')].filter((each) => each.getAttributeNames().some((name) => name.startsWith('on'))).length, // prettier-ignore
    links: [...document.querySelectorAll('main a[href]')].map((each) => each.getAttribute('href')),
    turned: /[\u202a-\u202e\u2066-\u2069]/.test(document.querySelector('main')?.textContent ?? ''),
  }))
  const allowed = /^(#content$|#\/(d\/|search|ready|compare|departments|join$|contacts|edit(\/(enrol|phones-it))?$)|#$|tel:(\+[1-9]\d{6,14}|112|1177|11313|11414)$|sms:\+\d+$)/ // prettier-ignore
  const odd = found.links.filter((href) => !allowed.test(href ?? ''))
  expect({ where, ...found, links: odd }).toEqual({
    where,
    hacked: false,
    elements: [],
    handlers: 0,
    links: [],
    turned: false,
  })
  expect(new URL(on.url()).origin).toBe(new URL(scene.app).origin)
}

it('[U1]–[U4] runs no script, goes nowhere, dials no code and turns nothing round, page by page', async () => {
  for (const address of pages) {
    await page.goto(`${scene.app}#${address}`)
    await waitUntilLive(page)
    await page.locator('h1').first().waitFor()
    await page.waitForTimeout(150)
    await expectHarmless(page, address)
  }
  await page.goto(`${scene.app}#${routineAddress}`)
  await waitForText(page, 'Hämta pärmen')
  // It is there to be read, as text.
  await waitForText(page, '<img src=x onerror')
})

it('clicking all there is to click in the plan leaves the app where it is', async () => {
  await page.goto(`${scene.app}#${routineAddress}`)
  await waitForText(page, 'Hämta pärmen')
  const bare = await page.locator('main').getByText('Ring 112', { exact: false }).all()
  expect(bare.length).toBeGreaterThan(0)
  for (const each of bare.slice(0, 5)) await each.click({ force: true, position: { x: 4, y: 4 } })
  await expectHarmless(page, 'after clicks')
})

it('[U1]–[U4] nor without script, nor on the emergency page', async () => {
  await scene.stop()
  for (const address of pages.slice(0, 4)) {
    const still = await opened({ javaScriptEnabled: false })
    await still.goto(`${scene.app}#${address}`)
    await still.locator('h1').first().waitFor()
    await expectHarmless(still, `${address}, no script`)
  }
  const live = await opened()
  await live.goto(`${scene.app}#${routineAddress}`)
  await waitUntilLive(live)
  await live.evaluate(async () => {
    for (const name of await caches.keys())
      if (name.includes('planb-shell')) await caches.delete(name)
  })
  const emergency = await opened()
  await emergency.goto(`${scene.app}#${routineAddress}`)
  await waitForText(emergency, 'Planerna finns här ändå')
  await waitForText(emergency, '<img src=x onerror')
  await expectHarmless(emergency, 'emergency page')
})

it('asked no other host for anything', () => {
  expect(requests.filter((url) => !url.startsWith(scene.app))).toEqual([])
  expect(dialogs).toEqual([])
})
