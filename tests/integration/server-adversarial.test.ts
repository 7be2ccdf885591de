import { createHash } from 'node:crypto'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resignHead } from '#release/resign-head.ts'
import { revokeKey } from '#trust/change-root.ts'
import { fromBase64url, textOf, toBase64url, utf8 } from '#trust/bytes.ts'
import { signCompact } from '#trust/jws.ts'
import { createSigningKey } from '#trust/keys.ts'
import { signRoot } from '#trust/root.ts'
import { rawRequest, releaseForm } from '../support/http-server.ts'
import { createTestOrganisation, testDocuments } from '../support/organisation.ts'
import { createServerScene, issuedLater, told } from '../support/server-scene.ts'
import type { Organisation, ServerScene } from '../support/server-scene.ts'

/** Whoever knows the formats, owns a stolen key or the folder behind the server, and can send anything. */

let scene: ServerScene
let organisation: Organisation
let before: string[]
const headFile = (v: string) => `d/hemtjanst/head/0001-${v}.jws`
const second = testDocuments('hemtjanst', '+46701740606')

beforeEach(async () => {
  scene = await createServerScene()
  ;({ organisation } = scene)
  before = await scene.server.store.list('')
})
afterEach(() => scene.end())

const sendForm = async (form: FormData, department = 'hemtjanst') =>
  told(await scene.post(`d/${department}`, form))
const stored = () => scene.server.store.list('')

describe('[H1] everything else than TRUST accepts is refused', () => {
  it('heads of strangers, of other departments’ publishers, of other organisations', async () => {
    const stranger = await createSigningKey({ extractable: true })
    const other = await createTestOrganisation()
    const built = await organisation.build('hemtjanst', second)
    const payload = built.head.slice()
    const forged = async (signer: typeof stranger) => {
      const bytes = fromBase64url(textOf(payload).split('.')[1]!)
      return releaseForm({ ...built, head: await signCompact('planb-head+jws', bytes, signer) })
    }
    expect(await sendForm(await forged(stranger))).toBe('422 jws-signer')
    expect(await sendForm(await forged(organisation.publishers['gemensamt']!))).toBe('422 jws-signer') // prettier-ignore
    const foreign = await other.build('hemtjanst', second)
    expect(await sendForm(releaseForm(foreign))).toBe('422 jws-signer')
    expect(await stored()).toEqual(before)
  })

  it('a head sent to another department than its own', async () => {
    const built = await organisation.build('hemtjanst', second)
    expect(await sendForm(releaseForm(built), 'gemensamt')).toMatch(/^422/)
    const byRoot = await organisation.build('hemtjanst', second, { signer: organisation.rootKeys[0]! }) // prettier-ignore
    expect(await sendForm(releaseForm(byRoot), 'gemensamt')).toBe('422 head-department')
    expect(await stored()).toEqual(before)
  })

  it('[H5] a head of an older gen, however high its number', async () => {
    const squatter = await organisation.build('hemtjanst', second, { v: 9_999_999_999 })
    const kid = organisation.publishers['hemtjanst']!.kid
    const { root } = revokeKey(organisation.root, { kid, issued: issuedLater })
    await scene.sendRoot(root, { resign: true })
    const after = await stored()
    expect(await sendForm(releaseForm(squatter))).toBe('422 jws-signer')
    const { rootKeys } = organisation
    const byRoot = await organisation.build('hemtjanst', second, { signer: rootKeys[0]! })
    expect(await sendForm(releaseForm(byRoot))).toBe('422 head-gen')
    expect(await stored()).toEqual(after)
  })

  it('a signature that is none, bent envelopes, other algorithms', async () => {
    const built = await organisation.build('hemtjanst', second)
    const [header, payload, signature] = textOf(built.head).split('.') as [string, string, string]
    const kid = organisation.publishers['hemtjanst']!.kid
    const headed = (value: object) => toBase64url(utf8(JSON.stringify(value)))
    const typ = 'planb-head+jws'
    for (const head of [
      `${headed({ alg: 'none', typ, kid })}.${payload}.`,
      `${headed({ alg: 'none', typ, kid })}.${payload}.${signature}`,
      `${headed({ alg: 'HS256', typ, kid })}.${payload}.${signature}`,
      `${headed({ alg: 'ES256', typ: 'planb-beat+jws', kid })}.${payload}.${signature}`,
      `${headed({ alg: 'ES256', typ, kid, jwk: organisation.publishers['hemtjanst']!.jwk })}.${payload}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -1)}`,
      `${header}.${payload}.${signature}A`,
      `${header}.${payload}.${signature}\n`,
      `${header}.${payload}.${signature}.x`,
      `${header}.${payload}`,
      `${header}.${payload}.${'A'.repeat(86)}`,
    ]) {
      expect(await sendForm(releaseForm({ ...built, head: utf8(head) }))).toMatch(/^422/)
    }
    expect(await stored()).toEqual(before)
    expect(await sendForm(releaseForm(built))).toBe('201')
  })

  it('blobs nobody named, blobs by another’s name, blobs that are missing or cut', async () => {
    const built = await organisation.build('hemtjanst', second)
    const [first, ...rest] = built.blobs as [(typeof built.blobs)[0], ...typeof built.blobs]
    const extra = utf8('extra')
    const hash = createHash('sha256').update(extra).digest('hex')
    const attempts: [typeof built.blobs, string][] = [
      [[...built.blobs, { hash, bytes: extra }], '422 blob-unnamed'],
      [[...rest, { hash: first.hash, bytes: extra }], '422 blob-hash'],
      [[...rest, { hash: first.hash, bytes: first.bytes.slice(1) }], '422 blob-hash'],
      [rest, '422 blob-missing'],
      [[...built.blobs, first], '422 part-twice'],
    ]
    for (const [blobs, expected] of attempts) {
      expect(await sendForm(releaseForm(built, blobs))).toBe(expected)
    }
    expect(await stored()).toEqual(before)
  })

  it('parts with names that climb, and forms without a head or with two', async () => {
    const built = await organisation.build('hemtjanst', second)
    for (const name of [
      '../root/2.jws',
      'b/x',
      'HEAD',
      '',
      'a'.repeat(64).toUpperCase(),
      '__proto__',
    ]) {
      const form = releaseForm(built)
      form.append(name, new Blob(['x']))
      expect(await sendForm(form)).toMatch(/^422 (part-unknown|blob-hash|not-multipart)$/)
    }
    const two = releaseForm(built)
    two.append('head', new Blob([built.head]))
    expect(await sendForm(two)).toBe('422 part-twice')
    expect(await sendForm(new FormData())).toMatch(/^422 (head-missing|not-multipart)$/)
    expect(await stored()).toEqual(before)
  })
})

describe('[H3] what lies in the store already and does not verify', () => {
  it('garbage at the next numbers costs those numbers: 409 there, 201 above', async () => {
    for (const v of ['0000000002', '0000000003']) {
      await scene.server.store.putIfAbsent(headFile(v), utf8('garbage'))
    }
    for (const v of [2, 3]) {
      const squatted = await organisation.build('hemtjanst', second, { v })
      expect((await scene.post('d/hemtjanst', releaseForm(squatted))).status).toBe(409)
    }
    const above = await organisation.build('hemtjanst', second, { v: 4 })
    expect(await sendForm(releaseForm(above))).toBe('201')
    const garbage = await scene.server.store.get(headFile('0000000002'), { maxBytes: 1e5 })
    expect(textOf(garbage!)).toBe('garbage')
  })

  it('`latest` at 9999999999, or at nonsense, stops no publisher, and is put right', async () => {
    for (const hint of ['0001-9999999999', '9999-9999999999', 'x'.repeat(32)]) {
      await scene.server.store.replace('d/hemtjanst/latest', utf8(hint))
      const built = await organisation.build('hemtjanst', second)
      expect(await sendForm(releaseForm(built))).toBe('201')
      organisation.last['hemtjanst'] = await organisation.open(built)
      const got = await fetch(`${scene.server.url}store/d/hemtjanst/latest`)
      expect(await got.text()).toBe(`0001-${String(built.v).padStart(10, '0')}`)
    }
  })

  it('a head of gen 1 lying at a higher number than it says, links, folders and pipes', async () => {
    const folder = join(scene.server.storeDirectory, 'd/hemtjanst/head')
    const held = await scene.server.store.get(headFile('0000000001'), { maxBytes: 1e6 })
    await writeFile(join(folder, '0001-0000000099.jws'), held!)
    await symlink('/etc/passwd', join(folder, '0001-0000000098.jws'))
    await mkdir(join(folder, '0001-0000000097.jws'))
    const built = await organisation.build('hemtjanst', second)
    expect(await sendForm(releaseForm(built))).toBe('201')
    const get = (path: string) => rawRequest({ port: scene.server.port, path })
    expect((await get('/store/d/hemtjanst/head/0001-0000000098.jws')).status).toBe(404)
    expect((await get('/store/d/hemtjanst/head/0001-0000000097.jws')).status).toBe(404)
  })

  it('a rival root that one stolen key signed is no root here', async () => {
    const { root, rootKeys } = organisation
    const thief = await createSigningKey({ extractable: true })
    const taken = {
      ...root,
      org: root.organisation,
      v: 2,
      issued: issuedLater.toISOString(),
      root: { ...root.root, kids: [rootKeys[0]!.kid, thief.kid] },
      keys: { ...root.keys, [thief.kid]: thief.jwk },
    } as Parameters<typeof signRoot>[0]
    for (const signers of [[rootKeys[0]!], [rootKeys[0]!, thief], [thief]]) {
      const { bytes } = await signRoot(taken, signers)
      expect((await scene.post('root', bytes)).status).toBe(422)
    }
    // Also when it was put there by hand: it is not followed.
    const { bytes } = await signRoot(taken, [rootKeys[0]!, thief])
    await scene.server.store.putIfAbsent('root/2.jws', bytes)
    expect(await sendForm(releaseForm(await organisation.build('hemtjanst', second)))).toBe('201')
  })
})

describe('[H10] bodies that do harm', () => {
  it('endless, announced or not: 413, and the connection is let go', async () => {
    for (const path of ['d/hemtjanst/log', 'd/hemtjanst/beat', 'root']) {
      const { answer, sent } = await sendEndless(scene.server.port, `/store/${path}`)
      expect(answer).toContain('413')
      expect(sent).toBeLessThan(32 * 1024 * 1024)
    }
    const huge = await fetch(`${scene.server.url}store/d/hemtjanst/log`, {
      method: 'POST',
      body: new Uint8Array(1024 * 1024),
    })
    expect(huge.status).toBe(413)
  })

  it('[H11] slow ones: given up in time; meanwhile a publisher gets through from another place', async () => {
    await scene.start({ bodyMs: 400, smallBodyMs: 200 })
    const { port } = scene.server
    const slow = (path: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(port, '127.0.0.1')
        socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n`)
        const drip = setInterval(() => socket.write('x'), 20)
        let answer = ''
        socket.on('data', (data) => (answer += data.toString()))
        socket.on('error', () => undefined)
        socket.on('close', () => {
          clearInterval(drip)
          resolve(answer.split('\r\n')[0] ?? '')
        })
        setTimeout(() => socket.destroy(), 3_000).unref()
      })
    await organisation.publishRoot(scene.server.store)
    const dripping = Array.from({ length: 10 }, () => slow('/store/root'))
    dripping.push(slow('/store/d/hemtjanst/log'), slow('/store/d/hemtjanst/beat'))
    const built = await organisation.build('hemtjanst', undefined, { previous: undefined })
    expect(await sendForm(releaseForm(built))).toBe('201')
    expect(new Set(await Promise.all(dripping))).toEqual(new Set(['HTTP/1.1 408 Request Timeout']))
  })

  it('a form of half a million parts is not taken apart', async () => {
    const part = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
    const body = utf8(`${part.repeat(400_000)}--x--\r\n`)
    for (const boundary of ['x', '"x"']) {
      const answer = await fetch(`${scene.server.url}store/d/hemtjanst`, {
        method: 'POST',
        body,
        headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
      })
      expect(await told(answer)).toBe('413 too-large')
    }
  })

  it('JSON a thousand deep, duplicate keys, __proto__, bytes that are no text', async () => {
    const deep = utf8('['.repeat(1_000) + ']'.repeat(1_000))
    for (const path of ['root', 'd/hemtjanst/log', 'd/hemtjanst/beat']) {
      for (const body of [
        deep,
        utf8('{"payload":1,"payload":2}'),
        utf8('{"__proto__":{}}'),
        new Uint8Array([0xff, 0]),
      ]) {
        expect((await scene.post(path, body)).status).toBe(422)
      }
    }
    expect(await stored()).toEqual(before)
  })
})

describe('paths', () => {
  it.each([
    '/store/d/..%2f..%2fsecret',
    '/store/d/../../root',
    '/store/d/hemtjanst/../skola/log',
    '/store/d/hemtjanst%00/log',
    '/store/d/%2e%2e/log',
    '/store/d/HEMTJANST/log',
    '/store/d/hemtjanst/log/',
    '/store/d//log',
    '/store//root',
    '/store/b/x',
    '/store/secret',
    '/health',
    '/',
  ])('nothing is taken at %s', async (path) => {
    const answer = await rawRequest({ port: scene.server.port, path, method: 'POST' })
    expect([404, 405, 422]).toContain(answer.status)
    expect(await stored()).toEqual(before)
  })

  it.each(['PUT', 'DELETE', 'PATCH'])('%s changes nothing', async (method) => {
    for (const path of ['root/1.jws', headFile('0000000001'), 'd/hemtjanst/beat.jws']) {
      const answer = await rawRequest({ port: scene.server.port, path: `/store/${path}`, method })
      expect(answer.status).toBe(405)
    }
    expect(await stored()).toEqual(before)
  })
})

it('[H2] of two publishers at once exactly one wins, the other gets what stands, and nothing else is left', async () => {
  const rivals = await Promise.all(
    ['+46701740606', '+46701740607'].map((number) =>
      organisation.build('hemtjanst', testDocuments('hemtjanst', number)),
    ),
  )
  const answers = await Promise.all(rivals.map((built) => scene.post('d/hemtjanst', releaseForm(built)))) // prettier-ignore
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409])
  const winner = rivals[answers.findIndex(({ status }) => status === 201)]!
  const lost = answers.find(({ status }) => status === 409)!
  expect(new Uint8Array(await lost.arrayBuffer())).toEqual(winner.head)
  const blobs = (await stored()).filter((path) => path.startsWith('b/'))
  const known = new Set([...before, ...winner.blobs.map(({ hash }) => `b/${hash}`)])
  expect(blobs.filter((path) => !known.has(path))).toEqual([])
})

it('[H5] a root sent while an entry and a release are on their way is followed by both', async () => {
  const kid = organisation.publishers['hemtjanst']!.kid
  const { root } = revokeKey(organisation.root, { kid, issued: issuedLater })
  const { root: verified } = await scene.sendRoot(root, { resign: false })
  const built = await organisation.build('hemtjanst', second)
  expect(await sendForm(releaseForm(built))).toBe('422 jws-signer')
  const { head } = organisation.last['hemtjanst']!
  const publisher = organisation.publishers['gemensamt']!
  const resigned = await resignHead({ head, root: verified, signer: organisation.rootKeys[0]!, issued: issuedLater }) // prettier-ignore
  await expect(
    resignHead({ head, root: verified, signer: publisher, issued: issuedLater }),
  ).rejects.toMatchObject({ code: 'build-signer' })
  expect(await sendForm(releaseForm(resigned))).toBe('201')
})

async function sendEndless(port: number, path: string): Promise<{ answer: string; sent: number }> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const chunk = Buffer.alloc(64 * 1024)
    let [sent, answer, isOpen] = [0, '', true]
    const finish = () => {
      if (!isOpen) return
      isOpen = false
      socket.destroy()
      resolve({ answer, sent })
    }
    socket.on('data', (data) => {
      answer = data.toString().split('\r\n')[0] ?? ''
      finish()
    })
    socket.on('error', finish)
    socket.on('close', finish)
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`)
    const push = () => {
      if (!isOpen || sent > 64 * 1024 * 1024) return finish()
      sent += chunk.length
      socket.write(`${chunk.length.toString(16)}\r\n`)
      socket.write(chunk)
      socket.write('\r\n', () => setImmediate(push))
    }
    push()
  })
}
