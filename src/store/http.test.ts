import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttpStore, HttpStoreError } from './http.ts'
import { createMemoryStore } from './memory.ts'
import { blobPath, latestPath, rootPath } from './layout.ts'
import { createStoreServer } from '../../tests/support/store-server.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

const maxBytes = 1024
const text = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes)

/** A store at a host that answers as it is told. */
async function storeAt(listener: RequestListener, timeoutMs = 500) {
  const server: Server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return createHttpStore({ base: new URL(`http://127.0.0.1:${port}/s/`), fetch, timeoutMs })
}

async function codeOf(action: Promise<unknown>): Promise<string> {
  const error = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(HttpStoreError)
  return (error as HttpStoreError).code
}

describe('a store behind HTTP', () => {
  it('gives what is there, and undefined for what is not', async () => {
    const memory = createMemoryStore()
    const bytes = new Uint8Array([0, 255, 10, 13])
    await memory.putIfAbsent(blobPath('a'.repeat(64)), bytes)
    const server = await createStoreServer(memory)
    closing.push(() => server.close())
    const base = new URL('store/', server.base)
    const store = createHttpStore({ base, fetch, timeoutMs: 500 })
    expect(await store.get(blobPath('a'.repeat(64)), { maxBytes })).toEqual(bytes)
    expect(await store.get(blobPath('b'.repeat(64)), { maxBytes })).toBeUndefined()
    expect(await store.get(rootPath(1), { maxBytes })).toBeUndefined()
  })

  it('asks with the ETag and is told that nothing changed', async () => {
    const memory = createMemoryStore()
    await memory.replace(latestPath('hemtjanst'), new TextEncoder().encode('0001-0000000001'))
    const server = await createStoreServer(memory)
    closing.push(() => server.close())
    const base = new URL('store/', server.base)
    const store = createHttpStore({ base, fetch, timeoutMs: 500 })
    const first = await store.getIfChanged(latestPath('hemtjanst'), { maxBytes })
    if (!first || first === 'unchanged') throw new Error('expected bytes')
    const etag = first.etag!
    expect(await store.getIfChanged(latestPath('hemtjanst'), { maxBytes, etag })).toBe('unchanged')
    await memory.replace(latestPath('hemtjanst'), new TextEncoder().encode('0001-0000000002'))
    const second = await store.getIfChanged(latestPath('hemtjanst'), { maxBytes, etag })
    expect(second !== 'unchanged' && text(second?.bytes)).toBe('0001-0000000002')
  })

  it('sends no cookie, no referrer, and no header that another origin would have to allow', async () => {
    const seen: Record<string, unknown>[] = []
    const store = await storeAt((request, response) => {
      seen.push(request.headers)
      response.end('x')
    })
    const other = createHttpStore({ base: store.base, fetch, timeoutMs: 500, sendsEtag: false })
    await store.get(rootPath(1), { maxBytes })
    await other.getIfChanged(latestPath('hemtjanst'), { maxBytes, etag: '"x"' })
    for (const headers of seen) {
      expect(Object.keys(headers)).not.toContain('cookie')
      expect(Object.keys(headers)).not.toContain('referer')
      expect(Object.keys(headers)).not.toContain('if-none-match')
    }
  })

  it.each([404, 410, 403])('takes %i for "not there"', async (status) => {
    const store = await storeAt((_, response) => response.writeHead(status).end('<h1>no</h1>'))
    expect(await store.get(rootPath(1), { maxBytes })).toBeUndefined()
  })

  it.each([500, 502, 503, 429, 401, 407])('takes %i for "unreachable"', async (status) => {
    const store = await storeAt((_, response) => response.writeHead(status).end())
    expect(await codeOf(store.get(rootPath(1), { maxBytes }))).toBe('unreachable')
  })

  it.each([201, 204, 206, 300, 304, 511])(
    'takes %i for something that is not the store',
    async (status) => {
      const store = await storeAt((_, response) => response.writeHead(status).end())
      expect(await codeOf(store.get(rootPath(1), { maxBytes }))).toBe('not-the-store')
    },
  )

  it('hears how long the host asks to wait', async () => {
    const store = await storeAt((_, response) => {
      response.writeHead(503, { 'retry-after': '120' }).end()
    })
    const error = await store.get(rootPath(1), { maxBytes }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'unreachable', retryAfterMs: 120_000 })
  })

  it.each(['text/html', 'text/html; charset=utf-8', 'application/xhtml+xml'])(
    'takes a page of %s for a captive portal',
    async (type) => {
      const store = await storeAt((_, response) => {
        response.writeHead(200, { 'content-type': type }).end('0001-0000000001')
      })
      expect(await codeOf(store.get(latestPath('hemtjanst'), { maxBytes }))).toBe('not-the-store')
    },
  )

  it.each([301, 302, 303, 307, 308])('does not follow %i', async (status) => {
    const asked: string[] = []
    const store = await storeAt((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(status, { location: '/elsewhere' }).end()
    })
    expect(await codeOf(store.get(rootPath(1), { maxBytes }))).toBe('unreachable')
    expect(asked).toEqual(['/s/root/1.jws'])
  })

  it('stops at the size the reader named, whatever the host announces', async () => {
    const store = await storeAt((_, response) => {
      for (let i = 0; i < 64; i++) response.write(Buffer.alloc(1024))
      response.end()
    })
    expect(await codeOf(store.get(rootPath(1), { maxBytes }))).toBe('too-large')
  })

  it('gives up on a host that never answers, and on one that stops in the middle', async () => {
    const silent = await storeAt(() => undefined, 100)
    expect(await codeOf(silent.get(rootPath(1), { maxBytes }))).toBe('timeout')
    const half = await storeAt((_, response) => {
      response.write('half')
    }, 100)
    expect(await codeOf(half.get(rootPath(1), { maxBytes }))).toBe('timeout')
  })

  it('takes an answer that was cut for none', async () => {
    const store = await storeAt((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half')
      setTimeout(() => response.destroy(), 10)
    })
    expect(await codeOf(store.get(rootPath(1), { maxBytes }))).toBe('unreachable')
  })

  it('says when nobody is there', async () => {
    const store = createHttpStore({ base: new URL('http://127.0.0.1:1/'), fetch, timeoutMs: 500 })
    expect(await codeOf(store.get(rootPath(1), { maxBytes }))).toBe('unreachable')
  })

  it('rejects with the reason of whoever called it off', async () => {
    const store = await storeAt(() => undefined, 5_000)
    const controller = new AbortController()
    const asked = store.get(rootPath(1), { maxBytes, signal: controller.signal })
    setTimeout(() => controller.abort(new Error('called off')), 20)
    await expect(asked).rejects.toThrow('called off')
  })

  it('knows only paths of the layout', async () => {
    const store = await storeAt((_, response) => response.end('x'))
    await expect(store.get('../secret', { maxBytes })).rejects.toMatchObject({ code: 'bad-path' })
    await expect(store.get('https://evil.example/', { maxBytes })).rejects.toMatchObject({
      code: 'bad-path',
    })
  })
})
