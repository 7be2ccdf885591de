import { createServer } from 'node:http'
import { once } from 'node:events'
import type { CDPSession, Page } from 'playwright-core'
import { bundlePage } from '../support/bundle-page.ts'
import { createPhone } from '../support/browser-profile.ts'

/** Runs a script of the bench in Chromium with a slowed CPU, and hands the page to `use`. */
export async function inThrottledPage<T>(
  entry: string,
  slowdown: number,
  use: (page: Page, session: CDPSession) => Promise<T>,
): Promise<T> {
  const script = await bundlePage(entry)
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
    response.end(isScript ? script : '<!doctype html><script type=module src=/page.js></script>')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const phone = await createPhone()
  try {
    const { context, page } = await phone.open()
    const session = await context.newCDPSession(page)
    await page.goto(`http://127.0.0.1:${address.port}/`)
    await page.waitForFunction(() => 'bench' in globalThis)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    return await use(page, session)
  } finally {
    await phone.remove()
    server.closeAllConnections()
    server.close()
  }
}
