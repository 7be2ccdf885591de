import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync, zipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPlans } from '#library/read-plans.ts'
import { writePlans } from '#library/write-plans.ts'
import { readPlansFolder } from '#cli/read-plans-folder.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { beyondEdge, smallTargets } from '../support/check-screen.ts'
import { becomeCoordinator } from '../support/office-phone.ts'
import { startPlanB, type PlanBServer } from '../support/planb-server.ts'
import { waitForText } from '../support/walk.ts'

/* Plans leave the app as files and come back, without a change that nobody made. */
let server: PlanBServer
let phone: Phone
let page: Page
let folder: string
/** What the app gave, by path. */
let texts: Map<string, string>

beforeAll(async () => {
  server = await startPlanB()
  folder = await mkdtemp(join(tmpdir(), 'planb-files-'))
  phone = await createPhone()
  page = (await phone.open()).page
  await page.setViewportSize({ width: 360, height: 740 })
  await becomeCoordinator(page, server)
  await page.goto(`${server.app}#/edit/files`)
  // The other departments' plans arrive one after the other.
  await waitForText(page, '148 dokument ur 5 verksamheter')
}, 180_000)
afterAll(async () => {
  await phone.remove()
  await server.remove()
  await rm(folder, { recursive: true, force: true })
})

async function take(button: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

async function choose(...files: { name: string; bytes: Uint8Array | string }[]): Promise<void> {
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(
      files.map(({ name, bytes }) => ({
        name,
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(bytes),
      })),
    )
}

describe('taking plans out', () => {
  it('gives every document as YAML, the same as is written from what is published', async () => {
    const { name, bytes } = await take('Filer att redigera')
    expect(name).toMatch(/^planb-alla-\d{4}-\d\d-\d\d\.zip$/)
    texts = new Map(Object.entries(unzipSync(bytes)).map(([path, file]) => [path, strFromU8(file)]))
    const { texts: plans } = await readPlansFolder(join(import.meta.dirname, '../../plans'))
    const { documents } = readPlans(plans)
    expect([...texts]).toEqual([...writePlans(documents)])
    // Taken out twice it is the same file.
    expect((await take('Filer att redigera')).bytes.equals(bytes)).toBe(true)
  })

  it('gives one readable file, of one department too, that opens with nothing else', async () => {
    await page.getByLabel('Vilka planer?').selectOption('hemtjanst')
    const { name, bytes } = await take('En läsbar fil')
    expect(name).toMatch(/^planb-hemtjanst-.*\.html$/)
    const file = join(folder, 'read.html')
    await writeFile(file, bytes)
    const other = await page.context().newPage()
    const asked: string[] = []
    other.on('request', (request) => asked.push(request.url()))
    await other.goto(`file://${file}`)
    expect(await other.title()).toBe('Hemtjänst')
    await other.getByRole('link', { name: /När TES inte fungerar/ }).click()
    expect(await other.locator('article').count()).toBeGreaterThan(30)
    expect(asked).toEqual([`file://${file}`])
    await other.close()
  })

  it('gives a public version that says so', async () => {
    const { name, bytes } = await take('Offentlig version')
    expect(name).toContain('-offentlig.html')
    expect(bytes.toString()).toContain('Offentlig version av Hemtjänst')
    await page.getByLabel('Vilka planer?').selectOption('')
  })

  it('fits a small phone', async () => {
    expect([await beyondEdge(page), await smallTargets(page)]).toEqual([[], []])
  })
})

describe('taking plans in', () => {
  it('finds nothing to take in where nothing was changed', async () => {
    const files = Object.fromEntries(
      [...texts].map(([path, text]) => [`plans/${path}`, Buffer.from(text)]),
    )
    await choose({ name: 'samma.zip', bytes: zipSync(files) })
    await waitForText(page, 'Det finns inget att ta in.')
  })

  it('makes drafts of what is new or changed, and publishes nothing', async () => {
    const routine = texts.get('hemtjanst/routines/tes-korlista.yaml')!
    const changed = routine.replace(/^title: .*$/m, 'title: När TES inte fungerar i dag')
    await choose({
      name: 'hem.zip',
      bytes: zipSync({
        'hemtjanst/routines/tes-korlista.yaml': Buffer.from(changed),
        'hemtjanst/routines/ny-rutin.yaml': Buffer.from(
          routine.replace(/^title: .*$/m, 'title: Ny rutin').replace(/^name: .*$/m, 'name: Ny'),
        ),
        'hemtjanst/department.yaml': Buffer.from(texts.get('hemtjanst/department.yaml')!),
      }),
    })
    await waitForText(page, 'Vad ska tas in?')
    expect(await page.locator('.check-row').count()).toBe(2)
    await waitForText(page, '1 är oförändrad')
    await page.getByRole('button', { name: 'Gör 2 utkast' }).click()
    await waitForText(page, '2 utkast är gjorda')
    expect(
      await page.getByRole('link', { name: 'Se utkasten i Hemtjänst' }).getAttribute('href'),
    ).toBe('#/edit/d/hemtjanst')
  })

  it('puts nothing in the place of a draft unless it is asked to', async () => {
    const routine = texts.get('hemtjanst/routines/tes-korlista.yaml')!
    await choose({
      name: 'en.zip',
      bytes: zipSync({
        'hemtjanst/routines/tes-korlista.yaml': Buffer.from(
          routine.replace(/^title: .*$/m, 'title: Ännu en'),
        ),
      }),
    })
    await waitForText(page, 'Det finns redan ett utkast: det byts ut')
    expect(await page.getByRole('checkbox').isChecked()).toBe(false)
    expect(await page.getByRole('button', { name: 'Gör 0 utkast' }).isDisabled()).toBe(true)
  })

  it.each([
    ['a file that is no zip', 'x.zip', 'inte en zip', 'Zip-filen går inte att öppna.'],
    [
      'a zip without plans',
      'tom.zip',
      zipSync({ 'a.docx': Buffer.from('x') }),
      'Där finns inga YAML-filer.',
    ],
    [
      'a mistake, with its line',
      'fel.zip',
      zipSync({
        'hemtjanst/contacts.yaml': Buffer.from(
          'title: Nummer\ncontacts:\n  - id: a\n    title: A\n    number: 070\n',
        ),
      }),
      'hemtjanst/contacts.yaml, rad 5',
    ],
    [
      'a file in the wrong folder',
      'mapp.zip',
      zipSync({
        'hemtjanst/rutiner/a.yaml': Buffer.from('title: A\n'),
        'hemtjanst/department.yaml': Buffer.from('title: H\nfirstNumbers: []\n'),
      }),
      'Filen ligger i fel mapp.',
    ],
    [
      'names that climb out of the folder',
      'ut.zip',
      zipSync({ '../../hemtjanst/../x.yaml': Buffer.from('title: A\n') }),
      'Där finns inga YAML-filer.',
    ],
    [
      'a file far too large for a plan',
      'stor.zip',
      zipSync({ 'hemtjanst/routines/stor.yaml': new Uint8Array(30 * 1024 * 1024) }),
      'Filen är för stor för att vara en plan.',
    ],
  ])('says what is wrong with %s', async (_, name, bytes, said) => {
    await choose({ name, bytes })
    await waitForText(page, said)
  })
})
