import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { becomeCoordinator } from '../support/office-phone.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { joinDepartment, routineAddress, waitForText } from '../support/walk.ts'

/*
 * The ten commonest tasks of a manager, done by the screens on a phone of 360 × 740, from the page "Sköta planerna"
 * until it says that it is done: `node tests/bench/usability.ts` writes the table in docs/usability.md.
 *
 * A script has no hands and reads nothing, so a person's time is reckoned by the keystroke-level model (Card, Moran
 * and Newell 1983): 1.3 s for each tap (pointing and pressing), 0.28 s for each letter, 1.35 s to make up one's mind
 * on each new page; and what the app made them wait, as measured.
 */
const seconds = { tap: 1.3, letter: 0.28, page: 1.35 }

interface Measured {
  task: string
  taps: number
  letters: number
  pages: number
  waited: number
}

/** Counts what a person does, and how long the app takes to answer. */
class Hand {
  taps = 0
  letters = 0
  pages = 0
  waited = 0
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** A tap, until what it leads to is there. */
  async tap(target: Locator, until?: Locator): Promise<void> {
    await target.first().waitFor({ timeout: 60_000 })
    const before = new URL(this.page.url()).hash
    this.taps += 1
    const from = performance.now()
    await target.first().click()
    await until?.first().waitFor({ timeout: 90_000 })
    this.waited += (performance.now() - from) / 1000
    if (new URL(this.page.url()).hash !== before) this.pages += 1
  }

  /** What is typed into a field, which is tapped first. */
  async type(target: Locator, text: string): Promise<void> {
    this.taps += 1
    this.letters += text.length
    await target.first().fill(text)
  }

  /** Pasting: a tap on the field, and two more for the menu. */
  async paste(target: Locator, text: string): Promise<void> {
    this.taps += 3
    await target.first().fill(text)
  }

  async choose(target: Locator, label: string): Promise<void> {
    this.taps += 2
    await target.first().selectOption({ label })
  }

  link(name: string | RegExp): Locator {
    return this.page.getByRole('link', { name })
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name })
  }

  text(text: string): Locator {
    return this.page.getByText(text)
  }
}

/** What stands under home care on the first page. */
const own = (hand: Hand, name: string | RegExp) =>
  hand.page
    .locator('section', { has: hand.page.getByRole('heading', { name: 'Hemtjänst', exact: true }) })
    .getByRole('link', { name })
const place = (hand: Hand, at: string) => hand.page.locator(`[data-place="${at}"]`)
const saved = (hand: Hand) => hand.page.locator('.write-saved.is-saved')

/** From a page that is written on, to the phones. */
async function publish(hand: Hand, reason = ''): Promise<void> {
  await hand.tap(
    hand.page.locator('.write-bar a', { hasText: 'Publicera' }),
    hand.text('Det här ändras'),
  )
  if (reason !== '') await hand.type(hand.page.getByLabel('Varför ändras det?'), reason)
  await hand.tap(hand.button(/^Publicera till/), hand.page.getByText('Publicerat', { exact: true }))
}

async function toDocuments(hand: Hand): Promise<void> {
  await hand.tap(own(hand, 'Skriv, ändra, lägg till'), hand.page.locator('.write-kinds .row'))
}

const tasks: [task: string, walk: (hand: Hand) => Promise<void>][] = [
  [
    'Change a phone number and publish it',
    async (hand) => {
      await toDocuments(hand)
      await hand.tap(hand.link('Telefonlista, hemtjänsten'), hand.page.locator('.write-entry'))
      await hand.tap(hand.page.locator('.write-option', { hasText: 'Planerare Norr' }))
      await hand.type(
        hand.page.locator('.write-entry-fields [data-place$="/number"]'),
        '0701740698',
      )
      await saved(hand).waitFor()
      await publish(hand, 'Nytt nummer')
    },
  ],
  [
    'Write a new routine with five steps and publish it',
    async (hand) => {
      await toDocuments(hand)
      await hand.tap(hand.link('Ny rutin'), hand.page.getByLabel('Vad ska den heta?'))
      await hand.type(hand.page.getByLabel('Vad ska den heta?'), 'När porttelefonen inte fungerar')
      await hand.tap(hand.button('Börja skriva'), place(hand, 'summary'))
      await hand.type(place(hand, 'summary'), 'Så kommer du in när portkoden inte svarar.')
      await hand.type(place(hand, 'for'), 'Du som arbetar i kväll')
      await hand.tap(hand.button('Lägg till ett steg'))
      const steps = [
        'Ring på hos brukaren och be om hjälp.',
        'Ring den som har nyckelskåpet.',
        'Hämta reservnyckeln och kvittera på papper.',
        'Ring planeraren om du blir mer än en kvart sen.',
        'Räkna: har alla på listan fått besök?',
      ]
      for (const [at, step] of steps.entries()) {
        await hand.page.keyboard.insertText(step)
        hand.letters += step.length
        if (at < steps.length - 1) await hand.page.keyboard.press('Enter')
      }
      await saved(hand).waitFor()
      await publish(hand)
    },
  ],
  [
    'Take in twenty numbers from a list in Excel',
    async (hand) => {
      await toDocuments(hand)
      await hand.tap(hand.link('Telefonlista, hemtjänsten'), hand.page.locator('.write-entry'))
      await hand.tap(hand.button('Klistra in eller läs in en lista'))
      const rows = Array.from({ length: 20 }, (_, at) => `Grupp ${at + 1}\t08-465 004 ${60 + at}`)
      await hand.paste(hand.page.locator('.contacts-table textarea'), rows.join('\n'))
      await hand.tap(hand.button('Lägg in 20 rader'), saved(hand))
      await publish(hand)
    },
  ],
  [
    'Mend what somebody has reported',
    async (hand) => {
      await hand.tap(own(hand, 'Fel som anmälts'), hand.text('flik 5'))
      await hand.tap(hand.link('Ändra'), place(hand, 'summary'))
      await hand.type(place(hand, 'summary'), 'Vem du ska till, och i vilken ordning.')
      await saved(hand).waitFor()
      await publish(hand)
      await hand.page.goBack()
      await hand.page.goBack()
      hand.taps += 2
      await hand.tap(hand.button('Klart'), hand.text('Inget nytt'))
    },
  ],
  [
    'Tell the situation: mail does not work',
    async (hand) => {
      await hand.tap(
        hand.link('Läge nu'),
        hand.page.getByRole('group', { name: 'E-post', exact: true }),
      )
      await hand.tap(
        hand.page
          .getByRole('group', { name: 'E-post', exact: true })
          .getByRole('button', { name: 'Fungerar inte', exact: true }),
      )
      await hand.tap(hand.button('Publicera läget'), hand.text('Läget är publicerat'))
    },
  ],
  [
    'Say that a plan has been read through',
    async (hand) => {
      await toDocuments(hand)
      await hand.tap(
        hand.page
          .locator('.write-kinds section', { hasText: 'Kontinuitetsplaner' })
          .getByRole('link')
          .first(),
        hand.page.locator('.write-bar'),
      )
      await hand.tap(hand.button(/^Jag har läst igenom/), saved(hand))
      await publish(hand)
    },
  ],
  [
    'See what the departments’ plans lack',
    async (hand) => {
      await hand.tap(hand.link('Överblick'), hand.page.locator('.overview-department'))
      await hand.tap(hand.text('De som behöver något'))
    },
  ],
  [
    'Bring a number back as it was',
    async (hand) => {
      await hand.tap(own(hand, 'Historik'), hand.page.locator('main .row'))
      await hand.tap(
        hand.page.locator('main .row').last(),
        hand.button(/^Ta tillbaka som i version/),
      )
      await hand.tap(hand.button(/^Ta tillbaka som i version/), hand.link('Titta igenom'))
      await hand.tap(hand.link('Titta igenom'), hand.text('Det här ändras'))
      await hand.tap(
        hand.button(/^Publicera till/),
        hand.page.getByText('Publicerat', { exact: true }),
      )
    },
  ],
  [
    'Invite a new phone',
    async (hand) => {
      await hand.tap(own(hand, 'Bjud in'), hand.button('Gör en ny inbjudan'))
      await hand.type(hand.page.getByLabel('Var ska den användas?'), 'Kontoret Norr')
      await hand.tap(hand.button('Gör en ny inbjudan'), hand.page.locator('.invite-link'))
    },
  ],
  [
    'See which phones have the newest version',
    async (hand) => {
      await hand.tap(own(hand, /Telefoner/), hand.text('Bil 3'))
    },
  ],
]

/** Somebody who reads has said that something is wrong, from a phone with a name. */
async function tellOfFault(page: Page, server: PlanBServer): Promise<void> {
  await page.goto(`${server.app}#/ready`)
  await page.locator('#phone-name input').fill('Bil 3')
  await page.locator('#phone-name button').click()
  await page.goto(`${server.app}#${routineAddress}`)
  await page.getByRole('button', { name: /Fel i planen/ }).click()
  await page.getByLabel(/Vad är fel/).fill('Pärmen står i flik 5, inte i flik 4.')
  await page.getByRole('button', { name: 'Skicka' }).click()
  await waitForText(page, 'Tack')
}

const server = await startPlanB()
const phones: Phone[] = [await createPhone(), await createPhone()]
const measured: Measured[] = []
try {
  const [page, staff] = (await Promise.all(phones.map((phone) => phone.open()))).map(
    (opened) => opened.page,
  ) as [Page, Page]
  await joinDepartment(staff, server, 'hemtjanst')
  await becomeCoordinator(page, server)
  await tellOfFault(staff, server)
  const only = process.argv.slice(2).map(Number)
  for (const [at, [task, walk]] of tasks.entries()) {
    if (only.length > 0 && !only.includes(at + 1)) continue
    await page.goto('about:blank')
    await page.goto(`${server.app}#/edit`)
    await page.locator('h1').waitFor()
    const hand = new Hand(page)
    await walk(hand)
    const { taps, letters, pages, waited } = hand
    measured.push({ task, taps, letters, pages, waited })
    console.log(lineOf(at, hand, task))
  }
  if (only.length === 0) await writeTable()
} finally {
  for (const phone of phones) await phone.remove()
  await server.remove()
}

function lineOf(
  at: number,
  { taps, letters, pages, waited }: Omit<Measured, 'task'>,
  task: string,
) {
  const person = taps * seconds.tap + letters * seconds.letter + pages * seconds.page + waited
  const shown = (value: number) => value.toFixed(value < 10 ? 1 : 0)
  return `| ${at + 1} | ${task} | ${taps} | ${letters} | ${shown(waited)} | ${shown(person)} |`
}

async function writeTable(): Promise<void> {
  const file = resolve(import.meta.dirname, '../../docs/usability.md')
  const text = await readFile(file, 'utf8')
  const rows = measured.map((one, at) => lineOf(at, one, one.task))
  const head = [
    '| | task | taps | letters | the app (s) | a person (s) |',
    '| --- | --- | --- | --- | --- | --- |',
  ]
  const table = [...head, ...rows].join('\n')
  await writeFile(
    file,
    text.replace(/(<!-- measured -->)[^]*?(<!-- \/measured -->)/, `$1\n\n${table}\n\n$2`),
  )
}
