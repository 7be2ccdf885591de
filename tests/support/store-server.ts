import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { requireStorePath, LIMITS } from '#store/layout.ts'
import type { ReadStore } from '#store/store.ts'

/** Answers a request in the store's place; false: let the store answer. */
export type Interference = (
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
) => boolean | Promise<boolean>

/**
 * A real web host over a store, as plain as a static one: `<base>store/<path>`. `interfere` lets a test
 * be a captive portal, a thief, a dead line.
 *
 * @param pages files of an app beside the store, by path: text, scripts end in `.js`
 */
export async function createStoreServer(store: ReadStore, pages: Record<string, string> = {}) {
  let interfere: Interference | undefined
  const asked: { path: string; status: () => number; headers: IncomingMessage['headers'] }[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://host')
    const page = pages[url.pathname.slice(1)]
    if (page !== undefined) {
      const type = url.pathname.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8'
      response.writeHead(200, { 'content-type': type }).end(page)
      return
    }
    const path = url.pathname.replace(/^\/store\//, '')
    asked.push({ path, status: () => response.statusCode, headers: request.headers })
    answer(store, interfere, path, request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    /** The app's address. */
    base: `http://127.0.0.1:${port}/`,
    port,
    /** What was asked for, in order. */
    asked,
    paths: () => asked.map(({ path }) => path),
    forget: () => void asked.splice(0),
    interfere: (next: Interference | undefined) => (interfere = next),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function answer(
  store: ReadStore,
  interfere: Interference | undefined,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (interfere && (await interfere(path, request, response))) return
  const kind = path.startsWith('b/') ? 'blob' : requireStorePath(path).kind
  const bytes = await store.get(path, { maxBytes: LIMITS[kind] })
  if (!bytes) {
    response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>')
    return
  }
  const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, { etag }).end()
    return
  }
  response.writeHead(200, { etag, 'content-type': 'application/octet-stream' }).end(bytes)
}
