import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { blobsOf, type Head } from '#release/head.ts'
import { createPhone } from '../support/browser-profile.ts'
import { freePort, runPlanB, startPlanB } from '../support/planb-server.ts'
import { startSlowProxy, type Exchange } from '../support/slow-proxy.ts'
import { waitUntilStored } from '../support/walk.ts'
import type { Figure } from './main.ts'
import { writePlansOfSize } from './plans-of-size.ts'

const plans = resolve(import.meta.dirname, '../../plans')

/** With PLANB_BENCH_LOG set, every request of the run on stderr: where each byte and each wait goes. */
function logExchanges(title: string, exchanges: readonly Exchange[]): void {
  if (process.env.PLANB_BENCH_LOG === undefined) return
  console.error(`${title}: from and to (ms), bytes, of these headers, status, path`)
  for (const { path, status, bytes, headerBytes, from, to } of exchanges) {
    const columns = [from.toFixed(0), to.toFixed(0), bytes, headerBytes, status]
    console.error(`${columns.map((value) => String(value).padStart(7)).join(' ')} ${path}`)
  }
}

/**
 * A first visit over 1.6 Mbit/s with 150 ms round trip, until app and plans are stored: once with a home
 * care of DESIGN's size, which the limits are for, and once with the whole example. Then one phone number
 * is changed and published, and the bytes and time until the phone has it are counted. Bytes are those
 * on the wire; the list `rest`, which follows when all is stored, is counted under `sizes`.
 */
export async function measureFirstVisit(): Promise<Figure[]> {
  const sized = await visit({ ofSize: true })
  await sized.close()
  const whole = await visit({ ofSize: false })
  const changed = await changeNumber(whole)
  await whole.close()
  return [
    {
      name: 'first visit until everything is stored, bytes',
      value: sized.bytes / 1000,
      unit: 'kB',
      limit: 260,
      note: `${sized.requests} requests; 8 plans, 40 contacts, 6 forms, and gemensamt`,
    },
    {
      name: 'of that, the app and one department (without gemensamt)',
      value: (sized.bytes - sized.commonBytes) / 1000,
      unit: 'kB',
    },
    {
      name: 'first visit until everything is stored, time',
      value: sized.time,
      unit: 'ms',
      limit: 3000,
      note: '1.6 Mbit/s, 150 ms',
    },
    {
      name: 'of that, until the plans can be read (stored, reading copy not yet)',
      value: sized.readableTime,
      unit: 'ms',
    },
    {
      name: 'first visit, the whole example, bytes',
      value: whole.bytes / 1000,
      unit: 'kB',
      note: `${whole.requests} requests`,
    },
    { name: 'first visit, the whole example, time', value: whole.time, unit: 'ms' },
    { name: 'one changed number, bytes', value: changed.bytes / 1000, unit: 'kB', limit: 20 },
    { name: 'one changed number, time after the app looks', value: changed.time, unit: 'ms' },
  ]
}

type Visit = Awaited<ReturnType<typeof visit>>

async function visit({ ofSize }: { ofSize: boolean }) {
  const server = await startPlanB()
  if (ofSize) {
    const folder = await mkdtemp(join(tmpdir(), 'planb-plans-'))
    await writePlansOfSize(folder)
    await publish(server.data, folder)
    await rm(folder, { recursive: true })
  }
  const line = await startSlowProxy({
    target: server.port,
    port: await freePort(),
    bitsPerSecond: 1_600_000,
    roundTrip: 150,
  })
  const phone = await createPhone()
  const { page } = await phone.open()
  const through = (url: string) => url.replace(`:${server.port}/`, `:${line.port}/`)
  const slow = {
    ...server,
    app: through(server.app),
    invitations: Object.fromEntries(
      Object.entries(server.invitations).map(([name, url]) => [name, through(url)]),
    ),
  }
  line.reset()
  const started = performance.now()
  const reading = page
    .waitForFunction(
      (texts) => texts.every((text) => document.body?.innerText.includes(text)),
      ['TES: din körlista', 'Jag vet inte vad som är fel'],
      { polling: 50, timeout: 60_000 },
    )
    .then(() => performance.now() - started)
  await page.goto(slow.invitations.hemtjanst ?? '')
  await waitUntilStored(page)
  const time = performance.now() - started
  const readableTime = await reading
  const bytes = line.received()
  const requests = line.requests()
  const common = await objectsOf(join(server.data, 'store'), 'gemensamt')
  const commonBytes = line
    .log()
    .filter(({ path }) => common.some((object) => path.endsWith(object)))
    .reduce((sum, exchange) => sum + exchange.bytes, 0)
  logExchanges(ofSize ? "first visit, DESIGN's size" : 'first visit, the example', line.log())
  const close = async () => {
    await phone.remove()
    await line.close()
    await server.remove()
  }
  return { bytes, commonBytes, requests, time, readableTime, server: slow, line, page, close }
}

/** Paths in the store, as they end, of what a department's newest release is fetched by. */
async function objectsOf(store: string, department: string): Promise<string[]> {
  const folder = join(store, 'd', department)
  const latest = (await readFile(join(folder, 'latest'), 'utf8')).trim()
  const head = await readFile(join(folder, 'head', `${latest}.jws`), 'utf8')
  const payload = JSON.parse(Buffer.from(head.split('.')[1] ?? '', 'base64url').toString()) as Head
  return [`/d/${department}/latest`, `/d/${department}/head/${latest}.jws`, ...blobsOf(payload).map(({ hash }) => `/b/${hash}`)] // prettier-ignore
}

async function changeNumber({ server, line, page }: Visit) {
  const folder = await mkdtemp(join(tmpdir(), 'planb-plans-'))
  await cp(plans, folder, { recursive: true })
  const contacts = join(folder, 'hemtjanst/contacts.yaml')
  const text = await readFile(contacts, 'utf8')
  const number = /number: "(\+4670174\d{4})"/.exec(text)?.[1]
  if (!number) throw new Error('no number to change')
  await writeFile(contacts, text.replaceAll(number, '+46701740699'))
  // What follows a first visit has to be done before bytes are counted again.
  await page.waitForTimeout(5000)
  line.reset()
  await publish(server.data, folder)
  const published = performance.now()
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.goto(`${server.app}#/d/hemtjanst/contacts`)
  await page.getByText('070-174 06 99').first().waitFor({ timeout: 90_000 })
  const time = performance.now() - published
  await page.waitForTimeout(1000)
  logExchanges('one changed number', line.log())
  await rm(folder, { recursive: true })
  return { bytes: line.received(), time }
}

async function publish(data: string, folder: string): Promise<void> {
  const { code, stderr } = await runPlanB(data, ['publish', folder])
  if (code !== 0) throw new Error(`publish: ${stderr}`)
}
