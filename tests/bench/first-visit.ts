import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createPhone } from '../support/browser-profile.ts'
import { freePort, runPlanB, startPlanB } from '../support/planb-server.ts'
import { startSlowProxy, type Exchange } from '../support/slow-proxy.ts'
import { joinDepartment, waitUntilStored } from '../support/walk.ts'
import type { Figure } from './main.ts'

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
 * A first visit to the example's home care (8 plans, 40 contacts, 6 forms and more) over 1.6 Mbit/s
 * with 150 ms round trip, until app and plans are stored; then one phone number is changed and
 * published, and the bytes and time until the phone has it are counted. Bytes are those on the wire.
 */
export async function measureFirstVisit(): Promise<Figure[]> {
  const server = await startPlanB()
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
  await joinDepartment(page, slow, 'hemtjanst')
  await waitUntilStored(page)
  const storedAfter = performance.now() - started
  const storedBytes = line.received()
  const storedRequests = line.requests()
  logExchanges('first visit', line.log())

  const changed = await mkdtemp(join(tmpdir(), 'planb-plans-'))
  await cp(plans, changed, { recursive: true })
  const contacts = join(changed, 'hemtjanst/contacts.yaml')
  const text = await readFile(contacts, 'utf8')
  const number = /number: "(\+4670174\d{4})"/.exec(text)?.[1]
  if (!number) throw new Error('no number to change')
  await writeFile(contacts, text.replaceAll(number, '+46701740699'))
  await page.waitForTimeout(3000)
  line.reset()
  const { code, stderr } = await runPlanB(server.data, ['publish', changed])
  if (code !== 0) throw new Error(`publish: ${stderr}`)
  const published = performance.now()
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.goto(`${slow.app}#/d/hemtjanst/contacts`)
  await page.getByText('070-174 06 99').first().waitFor({ timeout: 90_000 })
  const changedAfter = performance.now() - published
  await page.waitForTimeout(1000)
  const changedBytes = line.received()
  logExchanges('one changed number', line.log())
  await phone.remove()
  await line.close()
  await server.remove()
  await rm(changed, { recursive: true, force: true })
  return [
    {
      name: 'first visit until everything is stored, bytes',
      value: storedBytes / 1000,
      unit: 'kB',
      limit: 260,
      note: `${storedRequests} requests`,
    },
    {
      name: 'first visit until everything is stored, time',
      value: storedAfter,
      unit: 'ms',
      limit: 3000,
      note: '1.6 Mbit/s, 150 ms',
    },
    { name: 'one changed number, bytes', value: changedBytes / 1000, unit: 'kB', limit: 20 },
    { name: 'one changed number, time after the app looks', value: changedAfter, unit: 'ms' },
  ]
}
