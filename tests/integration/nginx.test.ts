import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentSecurityPolicy } from '#server/security-headers.ts'
import { createDirectoryStore } from '#store/directory.ts'
import { rawRequest, smallApp, writeApp } from '../support/http-server.ts'
import { createTestOrganisation } from '../support/organisation.ts'
import { freePort } from '../support/planb-server.ts'
import type { ChildProcess } from 'node:child_process'

/** The sample of docs/nginx.conf, as it stands there but for its port and folders, run by the real nginx. */
const nginx = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx'].find(existsSync)

let folder: string
let port: number
let child: ChildProcess
let blob: string

beforeAll(async () => {
  if (!nginx) throw new Error('nginx is missing: apt-get install nginx-light')
  folder = await mkdtemp(join(tmpdir(), 'planb-nginx-'))
  port = await freePort()
  await writeApp(join(folder, 'dist'))
  await writeFile(join(folder, 'dist', '.build.json'), '{}')
  const store = createDirectoryStore(join(folder, 'data', 'store'))
  const organisation = await createTestOrganisation()
  const { built } = await organisation.publish(store, 'hemtjanst')
  blob = built.blobs[0]!.hash
  await writeFile(join(folder, 'data', 'store', 'notes.txt'), 'x')
  await mkdir(join(folder, 'data', 'secret'))
  await writeFile(join(folder, 'data', 'secret', 'organisation.json'), '{}')

  const sample = await readFile(resolve(import.meta.dirname, '../../docs/nginx.conf'), 'utf8')
  const site = sample
    .replaceAll('/srv/planb/', `${folder}/`)
    .replace('listen 127.0.0.1:8080;', `listen 127.0.0.1:${port};`)
  expect(site).toContain(`listen 127.0.0.1:${port};`)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/tmp-${name};`)
    .join('\n')
  await writeFile(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${folder}/pid; error_log stderr; user root; worker_processes 1;
     events {} http { access_log off; ${temporary}\n${site}\n}`,
  )
  child = spawn(nginx, ['-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')])
  let errors = ''
  child.stderr?.on('data', (chunk) => (errors += String(chunk)))
  for (let attempt = 0; ; attempt++) {
    const answer = await get('/planb/').catch(() => undefined)
    if (answer) break
    if (attempt > 100 || child.exitCode !== null) throw new Error(`nginx did not start: ${errors}`)
    await new Promise((done) => setTimeout(done, 50))
  }
})
afterAll(async () => {
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGQUIT')
  await ended
  await rm(folder, { recursive: true, force: true })
})

const get = (path: string, headers: Record<string, string> = {}) =>
  rawRequest({ port, path, headers })

describe('a static host under a sub-path (docs/nginx.conf)', () => {
  it.each([
    ['', 'index.html', 'text/html; charset=utf-8'],
    ['sw.js', 'sw.js', 'text/javascript; charset=utf-8'],
    ['manifest.webmanifest', 'manifest.webmanifest', 'application/manifest+json'],
    ['icons/icon.svg', 'icons/icon.svg', 'image/svg+xml'],
    ['icons/icon-192.png', 'icons/icon-192.png', 'image/png'],
  ])('sends %j with its type, to be asked for each time', async (path, file, type) => {
    const answer = await get(`/planb/${path}`)
    expect(answer.status).toBe(200)
    expect(answer.body.toString()).toBe(smallApp[file])
    expect(answer.headers['content-type']).toBe(type)
    expect(answer.headers['cache-control']).toBe('no-cache')
  })

  it('keeps for ever what is named by its content', async () => {
    for (const path of ['assets/first-AbCd_12-.js', `store/b/${blob}`]) {
      const answer = await get(`/planb/${path}`)
      expect(answer.status).toBe(200)
      expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    }
    expect((await get('/planb/assets/plain.js')).headers['cache-control']).toBe('no-cache')
  })

  it('sends the copies that lie beside the files', async () => {
    const answer = await get('/planb/sw.js', { 'Accept-Encoding': 'gzip' })
    expect(answer.headers['content-encoding']).toBe('gzip')
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(gunzipSync(answer.body).toString()).toBe(smallApp['sw.js'])
  })

  it('says 304 for what has not changed', async () => {
    const first = await get('/planb/sw.js')
    const again = await get('/planb/sw.js', { 'If-None-Match': String(first.headers.etag) })
    expect(again.status).toBe(304)
  })

  it('sends the store as bytes that any origin may read', async () => {
    for (const path of [
      'root/1.jws',
      'd/hemtjanst/latest',
      'd/hemtjanst/head/0001-0000000001.jws',
      `b/${blob}`,
    ]) {
      const answer = await get(`/planb/store/${path}`)
      expect(answer.status, path).toBe(200)
      expect(answer.headers['content-type']).toBe('application/octet-stream')
      expect(answer.headers['access-control-allow-origin']).toBe('*')
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
      if (!path.startsWith('b/')) expect(answer.headers['cache-control']).toBe('no-cache')
    }
  })

  it.each([
    'missing',
    'assets/first-AbCd_12x.js',
    '.build.json',
    'index.html.gz',
    'store/',
    `store/b/${'0'.repeat(64)}`,
    'store/notes.txt',
    'store/.incoming/x',
    'store/../secret/organisation.json',
    'store/..%2fsecret%2forganisation.json',
    '../data/secret/organisation.json',
    'd/hemtjanst',
  ])('%s is 404, never the start page, and never kept', async (path) => {
    const answer = await get(`/planb/${path}`)
    expect(answer.status).toBe(404)
    expect(answer.headers['cache-control']).toBe('no-cache')
    expect(answer.body.toString()).not.toContain('Plan B')
  })

  it('leads from the address without a slash to the one with, whatever the host is called', async () => {
    const answer = await get('/planb')
    expect(answer.status).toBe(301)
    expect(answer.headers.location).toBe('/planb/')
  })

  it('sends the same policy as our own server', async () => {
    for (const path of ['/planb/', '/planb/missing', '/planb/store/root/1.jws']) {
      const { headers } = await get(path)
      expect(headers['content-security-policy']).toBe(contentSecurityPolicy({ thisMachine: false }))
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['cross-origin-opener-policy']).toBe('same-origin')
      expect(headers['permissions-policy']).toContain('camera=(self)')
    }
  })
})
