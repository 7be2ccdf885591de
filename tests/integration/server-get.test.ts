import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rawRequest, smallApp, startHttpServer } from '../support/http-server.ts'
import { createTestOrganisation } from '../support/organisation.ts'

let organisation: Awaited<ReturnType<typeof createTestOrganisation>>
let server: Awaited<ReturnType<typeof startHttpServer>>
let blob: string

beforeAll(async () => {
  organisation = await createTestOrganisation()
  server = await startHttpServer({ organisation: organisation.organisation })
  const { built } = await organisation.publish(server.store, 'hemtjanst')
  blob = built.blobs[0]!.hash
})
afterAll(() => server.stop())

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  rawRequest({ port: server.port, path, headers, method })

describe('the app', () => {
  it.each([
    ['/', 'index.html', 'text/html; charset=utf-8'],
    ['/sw.js', 'sw.js', 'text/javascript; charset=utf-8'],
    ['/manifest.webmanifest', 'manifest.webmanifest', 'application/manifest+json; charset=utf-8'],
    ['/icons/icon.svg', 'icons/icon.svg', 'image/svg+xml; charset=utf-8'],
    ['/icons/icon-192.png', 'icons/icon-192.png', 'image/png'],
  ])('%s is sent with its type, to be asked for each time', async (path, file, type) => {
    const answer = await get(path)
    expect(answer.status).toBe(200)
    expect(answer.body.toString()).toBe(smallApp[file])
    expect(answer.headers['content-type']).toBe(type)
    expect(answer.headers['cache-control']).toBe('no-cache')
  })

  it('keeps only content-hashed files for ever', async () => {
    const hashed = await get('/assets/first-AbCd_12-.js')
    expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await get('/assets/plain.js')).headers['cache-control']).toBe('no-cache')
  })

  it('sends each encoding with an ETag of its own, and 304 only for that one', async () => {
    const [br, gzip, plain] = await Promise.all(
      ['gzip, br', 'gzip', 'identity'].map((encoding) => get('/', { 'Accept-Encoding': encoding })),
    )
    expect(br!.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(br!.body)).toEqual(plain!.body)
    expect(gzip!.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(gzip!.body)).toEqual(plain!.body)
    expect(plain!.headers['content-encoding']).toBeUndefined()
    for (const answer of [br!, gzip!, plain!]) {
      expect(answer.headers.vary).toBe('Accept-Encoding')
      expect(answer.headers['content-length']).toBe(String(answer.body.length))
    }
    const etags = [br!, gzip!, plain!].map((answer) => String(answer.headers.etag))
    expect(new Set(etags).size).toBe(3)

    const again = { 'Accept-Encoding': 'br', 'If-None-Match': etags[0]! }
    const unchanged = await get('/', again)
    expect(unchanged.status).toBe(304)
    expect(unchanged.body).toHaveLength(0)
    expect(unchanged.headers.etag).toBe(etags[0])
    expect((await get('/', { ...again, 'If-None-Match': etags[1]! })).status).toBe(200)
  })

  it('answers HEAD as GET, without the body', async () => {
    const [head, whole] = [await get('/', {}, 'HEAD'), await get('/')]
    expect(head.status).toBe(200)
    expect(head.body).toHaveLength(0)
    for (const name of ['etag', 'content-length', 'content-type', 'cache-control']) {
      expect(head.headers[name]).toBe(whole.headers[name])
    }
  })

  it.each([
    '/missing',
    '/assets/first-AbCd_12x.js',
    '/d/hemtjanst',
    '/assets/',
    '/assets',
    '/index.html.br',
    '/../secret/organisation.json',
    '/..%2f..%2fetc%2fpasswd',
    '/%2e%2e/secret/organisation.json',
    '//etc/passwd',
    '/%E0%A4%A',
    '/%00',
    '/%',
    '/store/b/%',
    `/${'a'.repeat(8000)}`,
    '/.build.json',
    '/secret/organisation.json',
  ])('%s is 404, never the start page, and never kept', async (path) => {
    const answer = await get(path)
    expect(answer.status).toBe(404)
    expect(answer.headers['cache-control']).toBe('no-cache')
    expect(answer.headers['content-type']).toMatch(/^text\/plain/)
    expect(answer.body.toString()).not.toContain('<')
  })

  it('refuses other methods', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'POST']) {
      const answer = await get('/', {}, method)
      expect(answer.status).toBe(405)
      expect(answer.headers['allow']).toBe('GET, HEAD')
    }
  })

  it('sends what a new build holds, without a restart', async () => {
    const before = await get('/icons/icon-192.png')
    await writeFile(join(server.appDirectory, 'icons/icon-192.png'), 'another')
    const after = await get('/icons/icon-192.png')
    expect(after.body.toString()).toBe('another')
    expect(after.headers.etag).not.toBe(before.headers.etag)
  })
})

describe('the store', () => {
  it('sends objects as bytes that any origin may read', async () => {
    for (const path of [
      'root/1.jws',
      'd/hemtjanst/latest',
      'd/hemtjanst/head/0001-0000000001.jws',
      `b/${blob}`,
    ]) {
      const answer = await get(`/store/${path}`)
      expect(answer.status, path).toBe(200)
      expect(answer.body).toEqual(Buffer.from((await server.store.get(path, { maxBytes: 1e7 }))!))
      expect(answer.headers['content-type']).toBe('application/octet-stream')
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
      expect(answer.headers['access-control-allow-origin']).toBe('*')
      expect(answer.headers['cache-control']).toBe(
        path.startsWith('b/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    }
  })

  it('says 304 for the hint that has not changed, and the new one when it has', async () => {
    const first = await get('/store/d/hemtjanst/latest')
    const asked = { 'If-None-Match': String(first.headers.etag) }
    expect((await get('/store/d/hemtjanst/latest', asked)).status).toBe(304)
    await organisation.publish(server.store, 'hemtjanst')
    const after = await get('/store/d/hemtjanst/latest', asked)
    expect(after.status).toBe(200)
    expect(after.body.toString()).toBe('0001-0000000002')
  })

  it('sends roots and heads compressed to who takes it, and sealed objects as they are', async () => {
    for (const path of ['root/1.jws', 'd/hemtjanst/head/0001-0000000001.jws']) {
      const plain = await get(`/store/${path}`)
      const answer = await get(`/store/${path}`, { 'Accept-Encoding': 'gzip, br' })
      expect(answer.headers['content-encoding']).toBe('gzip')
      expect(answer.headers.vary).toBe('Accept-Encoding')
      expect(answer.body.length).toBeLessThan(0.8 * plain.body.length)
      expect(gunzipSync(answer.body)).toEqual(plain.body)
    }
    const sealed = await get(`/store/b/${blob}`, { 'Accept-Encoding': 'gzip, br' })
    expect(sealed.headers['content-encoding']).toBeUndefined()
  })

  it('answers HEAD', async () => {
    const answer = await get(`/store/b/${blob}`, {}, 'HEAD')
    expect(answer.status).toBe(200)
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(0)
    expect(answer.body).toHaveLength(0)
  })

  it.each([
    '',
    'b/',
    `b/${'0'.repeat(64)}`,
    'd/hemtjanst/head/0001-0000000009.jws',
    'd/hemtjanst/beat.jws',
    '../secret/organisation.json',
    '..%2fsecret%2forganisation.json',
    '.incoming/x',
    'notes.txt',
    'root/1.jws/',
    'root/01.jws',
    'ROOT/1.jws',
  ])('%j is 404 and never kept', async (path) => {
    await writeFile(join(server.storeDirectory, 'notes.txt'), 'x')
    const answer = await get(`/store/${path}`)
    expect(answer.status).toBe(404)
    expect(answer.headers['cache-control']).toBe('no-cache')
  })

  it('lets a browser of another origin ask conditionally', async () => {
    const answer = await get('/store/d/hemtjanst/latest', { Origin: 'https://x.test' }, 'OPTIONS')
    expect(answer.status).toBe(204)
    expect(answer.headers['access-control-allow-headers']).toContain('If-None-Match')
  })
})

describe('headers', () => {
  it.each(['/', '/index.html', '/sw.js', '/icons/icon.svg'])(
    'of a page, a drawing and the worker hold the policy: %s',
    async (path) => {
      const { headers } = await get(path)
      // At an address of this machine, the store may be on another port of it, without HTTPS.
      const ports = ' http://127.0.0.1:*'
      const policy = (more: string) =>
        `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; media-src 'self' blob:; connect-src 'self' https:${more}; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`
      expect(headers['content-security-policy']).toBe(policy(ports))
      const elsewhere = await get(path, { Host: 'planb.test' })
      expect(elsewhere.headers['content-security-policy']).toBe(policy(''))
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['permissions-policy']).toContain('camera=(self)')
      expect(headers['cross-origin-opener-policy']).toBe('same-origin')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['set-cookie']).toBeUndefined()
    },
  )

  it.each([
    '/assets/first-AbCd_12-.js',
    '/manifest.webmanifest',
    '/missing',
    '/store/root/1.jws',
    `/store/b/${'0'.repeat(64)}`,
    '/health',
  ])('of what no browser runs by itself are short: %s', async (path) => {
    const { headers } = await get(path)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['set-cookie']).toBeUndefined()
    expect(headers['content-security-policy']).toBeUndefined()
    const length = Object.entries(headers).reduce(
      (sum, [a, b]) => sum + a.length + String(b).length + 4,
      0,
    )
    expect(length).toBeLessThan(360)
  })

  it('says that it is alive', async () => {
    const answer = await get('/health')
    expect(JSON.parse(answer.body.toString())).toEqual({ status: 'ok' })
    expect(answer.headers['cache-control']).toBe('no-cache')
  })

  it('an example may also be tried against other ports of this machine', async () => {
    const example = await startHttpServer({
      organisation: organisation.organisation,
      example: true,
    })
    const { headers } = await rawRequest({ port: example.port, path: '/' })
    expect(headers['content-security-policy']).toContain(
      "connect-src 'self' https: http://127.0.0.1:*;",
    )
    await example.stop()
  })
})
