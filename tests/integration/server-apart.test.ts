import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signBeat } from '#release/beat.ts'
import { signRoot } from '#trust/root.ts'
import { rawRequest, releaseForm, startHttpServer } from '../support/http-server.ts'
import { createServerScene, issuedLater } from '../support/server-scene.ts'
import { testDocuments } from '../support/organisation.ts'
import { revokeKey } from '#trust/change-root.ts'
import type { ServerScene } from '../support/server-scene.ts'

let scene: ServerScene
beforeEach(async () => {
  scene = await createServerScene()
})
afterEach(() => scene.end())

describe('[H50] one of both', () => {
  it('the app alone: everything of the app, nothing of a store, and nothing is taken', async () => {
    const { organisation } = scene.organisation
    const server = await startHttpServer({ organisation, store: false })
    try {
      const ask = (path: string, method = 'GET') => rawRequest({ port: server.port, path, method })
      const start = await ask('/')
      expect(start.status).toBe(200)
      expect(start.headers['content-security-policy']).toContain("connect-src 'self' https:")
      // The page says the same in its <meta>; a browser obeys both.
      const page = await readFile('src/app/index.html', 'utf8')
      const meta = /connect-src [^;"]*/.exec(page)?.[0]
      expect(meta).toBe("connect-src 'self' https: http://127.0.0.1:*")
      expect(start.headers['content-security-policy']).toContain(`${meta};`)
      const elsewhere = await rawRequest({
        port: server.port,
        path: '/',
        headers: { host: 'planb.example' },
      })
      expect(elsewhere.headers['content-security-policy']).toContain(
        "connect-src 'self' https:; worker-src",
      )
      expect((await ask('/sw.js')).status).toBe(200)
      expect((await ask('/%23/join/JAEA_x')).headers.location).toBe('/#/join/JAEA_x')
      expect((await ask('/health')).status).toBe(200)
      for (const path of ['', 'root/1.jws', 'd/hemtjanst/latest', 'd/hemtjanst/log']) {
        expect((await ask(`/store/${path}`)).status).toBe(404)
      }
      for (const path of ['root', 'd/hemtjanst', 'd/hemtjanst/beat', 'd/hemtjanst/log']) {
        expect((await ask(`/store/${path}`, 'POST')).status).toBe(405)
      }
      expect((await ask('/store/root', 'OPTIONS')).status).toBe(405)
    } finally {
      await server.stop()
    }
  })

  it('the store alone: it takes and gives, and says in a line what it is', async () => {
    const { organisation } = scene
    const server = await startHttpServer({ organisation: organisation.organisation, app: false })
    try {
      const ask = (path: string) => rawRequest({ port: server.port, path })
      const start = await ask('/')
      expect(start.status).toBe(200)
      expect(start.headers['content-type']).toMatch('text/plain')
      expect(start.body.toString()).toContain('Plan B')
      for (const path of [
        '/index.html',
        '/sw.js',
        '/example.json',
        '/join/JAEA_x',
        '/%23/join/JAEA_x',
      ]) {
        expect((await ask(path)).status).toBe(404)
      }
      expect((await ask('/health')).status).toBe(200)
      const post = (path: string, body: BodyInit) =>
        fetch(`${server.url}store/${path}`, { method: 'POST', body })
      expect((await post('root', organisation.rootBytes)).status).toBe(201)
      const built = await organisation.build('hemtjanst', undefined, { previous: undefined })
      expect((await post('d/hemtjanst', releaseForm(built))).status).toBe(201)
      const { bytes } = await scene.journal.joined(await scene.journal.phone())
      expect((await post('d/hemtjanst/log', bytes)).status).toBe(201)
      // A page of the app's own origin may read and write here.
      const allowed = await fetch(`${server.url}store/d/hemtjanst/log`, { method: 'OPTIONS' })
      expect(allowed.status).toBe(204)
      expect(allowed.headers.get('access-control-allow-origin')).toBe('*')
    } finally {
      await server.stop()
    }
  })
})

it('[H13] nothing secret and nobody’s name stands in the log, whatever was sent', async () => {
  const { organisation, journal, server } = scene
  const phone = await journal.phone()
  const signer = organisation.publishers['hemtjanst']!
  const invitation = organisation.invitationText('hemtjanst')
  const entry = await journal.joined(phone, 'Anna Nilsson')
  const bytes = async (path: string, body: BodyInit) => (await scene.post(path, body)).status

  // What goes well …
  expect(await bytes('d/hemtjanst/log', entry.bytes)).toBe(201)
  const beat = await signBeat(organisation.last['hemtjanst']!.head, organisation.root, new Date(), signer) // prettier-ignore
  expect(await bytes('d/hemtjanst/beat', beat)).toBe(201)
  const next = await organisation.build('hemtjanst', testDocuments('hemtjanst', '+46701740606'))
  expect(await bytes('d/hemtjanst', releaseForm(next))).toBe(201)
  const { root } = revokeKey(organisation.root, { kid: signer.kid, issued: issuedLater })
  // … and what does not.
  expect(await bytes('root', (await signRoot(root, [signer])).bytes)).toBe(422)
  expect(await bytes('d/hemtjanst/log', entry.bytes.slice(1))).toBe(422)
  expect(await bytes(`d/hemtjanst/log?key=${invitation}`, (await journal.joined(phone, 'Anna Nilsson', { n: 1 })).bytes)).toBe(409) // prettier-ignore
  expect(await bytes('d/hemtjanst/beat', beat)).toBe(409)
  expect(await bytes('d/hemtjanst', releaseForm(next, []))).toBe(409)
  expect(await bytes(`d/${phone.device.kid}/log`, entry.bytes)).toBe(404)
  expect(await bytes(`d/${invitation}`, 'x')).toBe(404)
  expect(await bytes(`d/anna-nilsson-0701740605/log`, 'x')).toBe(404)
  // Somebody opens a mangled link, and asks for an entry by its device.
  const ask = (path: string) =>
    rawRequest({ port: server.port, path, headers: { 'X-Name': 'Anna Nilsson', Cookie: 'key=1' } })
  await ask(`/%23/join/${invitation}`)
  await ask(`/join/${invitation}/x?Anna+Nilsson`)
  await ask(`/store/d/hemtjanst/log/${phone.device.kid}/1.jws`)
  await ask(`/store/d/hemtjanst/log?after=${phone.device.kid}`)
  // And the disk fails.
  await rm(join(server.storeDirectory, 'd/hemtjanst/log'), { recursive: true })
  await writeFile(join(server.storeDirectory, 'd/hemtjanst/log'), '')
  expect(await bytes('d/hemtjanst/log', entry.bytes)).toBe(503)
  await rm(join(server.storeDirectory, 'd/hemtjanst/log'))

  const text = server.lines.join('\n')
  expect(server.lines.length).toBeGreaterThanOrEqual(6)
  const secrets = [
    invitation,
    phone.device.kid,
    phone.device.jwk.x,
    signer.kid,
    organisation.organisation,
    Buffer.from(organisation.epochs['hemtjanst']!.key).toString('base64url'),
    Buffer.from(organisation.epochs['hemtjanst']!.key).toString('hex'),
    'Anna',
    'anna',
    '0701740605',
    '127.0.0.1',
    server.folder,
    'eyJ',
  ]
  for (const secret of secrets) expect(text).not.toContain(secret)
  for (const line of server.lines) {
    expect(line).toMatch(/^(POST|GET) \/[a-z/…]* \d{3} [a-z-]+$/)
  }
  // Nor does what is served hold any of it in clear.
  for (const path of await server.store.list('')) {
    const held = (await readFile(`${server.storeDirectory}/${path}`)).toString('latin1')
    for (const secret of ['Anna', '+46701740605', invitation]) expect(held).not.toContain(secret)
  }
})
