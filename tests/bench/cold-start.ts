import { createServer } from 'node:http'
import { once } from 'node:events'
import type { Page } from 'playwright-core'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { joinDepartment, routineAddress, readFirstStep } from '../support/walk.ts'
import { startPlanB } from '../support/planb-server.ts'
import type { Figure } from './main.ts'
import { medianOf } from './median.ts'

const rounds = 7
const slowdown = 4

/**
 * Browser closed, host dead, CPU four times slower: from the navigation until the routine's first step
 * is painted. Beside it, in the same run and turn by turn, a bare static page with the same text and a
 * twenty-line worker.
 */
export async function measureColdStart(): Promise<Figure[]> {
  const firstStep = await readFirstStep()
  const server = await startPlanB()
  const app = await createPhone()
  let { page } = await app.open()
  await joinDepartment(page, server, 'hemtjanst')
  await page.goto(`${server.app}#${routineAddress}`)
  await page.getByText(firstStep).first().waitFor()
  const html = await page.evaluate(() => document.querySelector('main')?.outerHTML ?? '')
  await app.close()
  await server.stop()

  const bare = await createPhone()
  const bareHost = await serveBarePage(html)
  page = (await bare.open()).page
  await page.goto(bareHost.url)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await bare.close()
  await bareHost.close()

  const times = { bare: [] as number[], app: [] as number[], deep: [] as number[] }
  for (let round = 0; round < rounds; round += 1) {
    times.bare.push(await timeUntilReadable(bare, bareHost.url, firstStep))
    times.deep.push(await timeUntilReadable(app, `${server.app}#${routineAddress}`, firstStep))
  }
  await app.remove()
  await bare.remove()
  await server.remove()
  const bareMedian = medianOf(times.bare)
  const deepMedian = medianOf(times.deep)
  return [
    { name: 'cold start, bare static page', value: bareMedian, unit: 'ms', note: spread(times.bare) },
    { name: 'cold start, routine by deep link', value: deepMedian, unit: 'ms', note: spread(times.deep) },
    {
      name: 'cold start, routine against bare page',
      value: deepMedian / bareMedian,
      unit: '×',
      limit: 1.3,
      note: '1.15 tried for',
    },
  ] // prettier-ignore
}

function spread(values: number[]): string {
  return `${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)} of ${values.length}`
}

async function timeUntilReadable(phone: Phone, url: string, text: string): Promise<number> {
  const { context, page } = await phone.open()
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await page.addInitScript(watchFor, text)
  await page.goto(url)
  const time = await readableAt(page)
  await phone.close()
  return time
}

/** In the page: notes when the frame after the one that painted the text begins. */
function watchFor(text: string): void {
  const record = globalThis as { readableAt?: number }
  const look = () => {
    if (record.readableAt !== undefined) return
    if (document.body?.textContent?.includes(text))
      requestAnimationFrame(() => {
        record.readableAt ??= performance.now()
      })
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

async function readableAt(page: Page): Promise<number> {
  const handle = await page.waitForFunction(
    () => (globalThis as { readableAt?: number }).readableAt,
    undefined,
    { polling: 50, timeout: 30_000 },
  )
  return (await handle.jsonValue()) ?? Number.NaN
}

/** A page of plain HTML with the same text, and a worker of twenty lines that answers from storage. */
async function serveBarePage(html: string) {
  const worker = `
const name = 'bare'
self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(name)
      .then((cache) => cache.addAll(['./']))
      .then(() => self.skipWaiting()),
  )
})
self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim())
})
self.addEventListener('fetch', (event) => {
  event.respondWith(
    caches
      .open(name)
      .then((cache) => cache.match(event.request, { ignoreSearch: true }))
      .then((response) => response ?? fetch(event.request)),
  )
})
`
  const page = `<!doctype html><html lang="sv"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Rutin</title><style>body{font:18px/1.5 system-ui}</style>${html}<script>navigator.serviceWorker.register('sw.js')</script></html>`
  const server = createServer((request, response) => {
    const isWorker = request.url === '/sw.js'
    response.writeHead(200, { 'content-type': isWorker ? 'text/javascript' : 'text/html; charset=utf-8' }) // prettier-ignore
    response.end(isWorker ? worker : page)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
