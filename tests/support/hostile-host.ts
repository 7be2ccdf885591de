import { once } from 'node:events'
import { createServer as createHttpServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { createServer } from '#server/create-server.ts'
import { createRootChain } from '#server/root-chain.ts'
import type { Store } from '#store/store.ts'

/**
 * What the host says in place of the truth: other bytes; `absent`: 404; `page`: a web page with 200; `moved`:
 * a redirect; `drip`: the true answer, a byte a second; `endless`: bytes without end; `silent`: no answer;
 * `unchanged`: 304, whatever was asked; `cut`: the line ends in the middle; `busy`: 503 and "come back in a
 * million seconds".
 */
export type Lie =
  | Uint8Array
  | 'absent'
  | 'page'
  | 'moved'
  | 'drip'
  | 'endless'
  | 'silent'
  | 'unchanged'
  | 'cut'
  | 'busy'

/** By a path of the store's layout; undefined: the truth. */
export type Lies = (path: string, method: string) => Lie | undefined

/** A host on 127.0.0.1 that an attacker owns: the built app, and a store of which it changes what it likes. */
export interface HostileHost {
  /** The app's address. */
  app: string
  port: number
  /** From now on these lies are told; connections that are still open are ended. */
  lie(lies: Lies): void
  /** An honest host again. */
  mend(): void
  /** Paths of the store that were asked for since the last call, in order. */
  takeLog(): string[]
  /** When a path of the store was last asked for, in milliseconds. */
  lastAskedAt(): number
  /** Bytes sent in endless bodies since the start. */
  wasted(): number
  close(): Promise<void>
}

/**
 * @param store what an honest host would serve; it takes POSTs as our own server does
 * @param options.appDirectory the built app; none: a store alone
 */
export async function createHostileHost(options: {
  store: Store
  organisation: string
  appDirectory?: string
}): Promise<HostileHost> {
  const { store, organisation } = options
  const honest = createServer({
    store,
    chain: createRootChain(store, organisation),
    appDirectory: options.appDirectory ?? join(tmpdir(), 'planb-no-app'),
    // Its policy lets the app ask other ports of this machine: mirrors.
    example: true,
    now: Date.now,
    log: () => undefined,
    addressOf: () => '127.0.0.1',
  })
  const answer = getRequestListener(honest.fetch)
  let lies: Lies = () => undefined
  const log: string[] = []
  let lastAskedAt = 0
  let wasted = 0
  const held = new Set<ServerResponse>()

  const server = createHttpServer((request, response) => {
    const path = /^\/store\/([^?]*)/.exec(request.url ?? '')?.[1]
    if (path === undefined) return void answer(request, response)
    log.push(path)
    lastAskedAt = Date.now()
    const lie = lies(path, request.method ?? 'GET')
    if (lie === undefined) return void answer(request, response)
    request.resume()
    held.add(response)
    response.on('close', () => held.delete(response))
    tell(lie, path, response).catch(() => response.destroy())
  })

  async function tell(lie: Lie, path: string, response: ServerResponse): Promise<void> {
    const any = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'ETag, Retry-After' } // prettier-ignore
    const bytes = { ...any, 'content-type': 'application/octet-stream' }
    if (lie instanceof Uint8Array) {
      // Of an ETag of its own each time, so that what it says is always news.
      response.writeHead(200, { ...bytes, etag: `"${Math.random()}"` }).end(lie)
    } else if (lie === 'absent') response.writeHead(404, any).end()
    else if (lie === 'page') {
      const page = '<!doctype html><title>Logga in</title><h1>FALSKT</h1>'
      response.writeHead(200, { ...any, 'content-type': 'text/html' }).end(page)
    } else if (lie === 'moved') response.writeHead(302, { ...any, location: '/store/b/0' }).end()
    else if (lie === 'unchanged') response.writeHead(304, any).end()
    else if (lie === 'busy') response.writeHead(503, { ...any, 'retry-after': '999999' }).end()
    else if (lie === 'silent') return
    else if (lie === 'endless') {
      response.writeHead(200, bytes)
      const chunk = Buffer.alloc(64 * 1024, 'FALSKT ')
      while (!response.destroyed) {
        wasted += chunk.length
        if (!response.write(chunk)) await once(response, 'drain')
        await new Promise((done) => setTimeout(done, 1))
      }
    } else {
      const truth = await honest.fetch(new Request(`http://127.0.0.1/store/${path}`))
      const body = new Uint8Array(await truth.arrayBuffer())
      response.writeHead(truth.status, { ...bytes, 'content-length': body.length })
      if (lie === 'cut') {
        response.write(body.subarray(0, body.length >> 1), () => response.destroy())
        return
      }
      for (let i = 0; i < body.length && !response.destroyed; i++) {
        response.write(body.subarray(i, i + 1))
        await new Promise((done) => setTimeout(done, 1000))
      }
      response.end()
    }
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const change = (next: Lies) => {
    lies = next
    for (const response of held) response.destroy()
  }
  return {
    app: `http://127.0.0.1:${port}/`,
    port,
    lie: change,
    mend: () => change(() => undefined),
    takeLog: () => log.splice(0),
    lastAskedAt: () => lastAskedAt,
    wasted: () => wasted,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
