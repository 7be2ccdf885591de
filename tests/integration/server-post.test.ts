import { createHash } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyStore } from '#release/verify-store.ts'
import { signRoot, nextRoot } from '#trust/root.ts'
import { releaseForm, startHttpServer } from '../support/http-server.ts'
import { createTestOrganisation, testDocuments } from '../support/organisation.ts'
import type { PostLimits } from '#server/post-limits.ts'

type Organisation = Awaited<ReturnType<typeof createTestOrganisation>>

let organisation: Organisation
let server: Awaited<ReturnType<typeof startHttpServer>>
const running: { stop(): Promise<void> }[] = []

async function start(limits?: Partial<PostLimits>) {
  organisation = await createTestOrganisation()
  server = await startHttpServer({ organisation: organisation.organisation, limits })
  running.push(server)
}

beforeEach(async () => {
  await start()
  await organisation.publishRoot(server.store)
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()))
})

const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { method: 'POST', body, headers })

async function codeOf(answer: Response): Promise<string> {
  return ((await answer.json()) as { code: string }).code
}

describe('POST /store/d/<department>', () => {
  it('takes a release: every blob, the head and the hint', async () => {
    const built = await organisation.build('hemtjanst')
    const answer = await post('store/d/hemtjanst', releaseForm(built))
    expect(answer.status).toBe(201)
    expect(await answer.json()).toEqual({ gen: 1, v: 1 })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    const paths = [
      ...built.blobs.map(({ hash }) => `b/${hash}`),
      'd/hemtjanst/head/0001-0000000001.jws',
      'd/hemtjanst/latest',
      'root/1.jws',
    ]
    expect(await server.store.list('')).toEqual(paths.sort())
    expect(await (await fetch(`${server.url}store/d/hemtjanst/latest`)).text()).toBe(
      '0001-0000000001',
    )
  })

  it('takes the next one with only the blobs that are new', async () => {
    await organisation.publish(server.store, 'hemtjanst')
    const built = await organisation.build('hemtjanst', testDocuments('hemtjanst', '+46701740606'))
    expect((await post('store/d/hemtjanst', releaseForm(built))).status).toBe(201)
  })

  it('gives 409 and the current head to whoever is late, and keeps what is there', async () => {
    const late = await organisation.build('hemtjanst', testDocuments('hemtjanst', '+46701740606'))
    const { built } = await organisation.publish(server.store, 'hemtjanst')
    const before = await server.store.list('')
    const answer = await post('store/d/hemtjanst', releaseForm(late))
    expect(answer.status).toBe(409)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(built.head)
    expect(await server.store.list('')).toEqual(before)
  })

  it('of ten publishers at once exactly one wins; nothing of the others is left', async () => {
    const releases = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        organisation.build('hemtjanst', testDocuments('hemtjanst', `+467017406${10 + i}`)),
      ),
    )
    const answers = await Promise.all(
      releases.map((built) => post('store/d/hemtjanst', releaseForm(built))),
    )
    const statuses = answers.map((answer) => answer.status)
    // Four bodies are read at a time: who is turned away comes again.
    expect(statuses.filter((status) => status === 201)).toHaveLength(1)
    expect(statuses.every((status) => [201, 409, 429].includes(status))).toBe(true)
    const won = releases[statuses.indexOf(201)]!
    for (const [i, answer] of answers.entries()) {
      if (statuses[i] !== 409) continue
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(won.head)
    }
    expect(await server.store.list('b/')).toEqual(won.blobs.map(({ hash }) => `b/${hash}`).sort())
  })

  it('one release sent several times at once is stored once, and whole', async () => {
    for (let round = 0; round < 10; round++) {
      const documents = testDocuments('hemtjanst', `+467017406${10 + round}`)
      const built = await organisation.build('hemtjanst', documents)
      const answers = await Promise.all(
        [1, 2, 3, 4].map(() => post('store/d/hemtjanst', releaseForm(built))),
      )
      const statuses = answers.map(({ status }) => status)
      expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409])
      organisation.last['hemtjanst'] = await organisation.open(built)
      expect((await verifyStore(server.store)).problems).toEqual([])
    }
  })

  it('refuses what does not hold, each with its code, and stores nothing of it', async () => {
    const built = await organisation.build('hemtjanst')
    const stranger = await createTestOrganisation()
    const foreign = await stranger.build('hemtjanst')
    const other = await organisation.build('gemensamt')
    const [first, ...rest] = built.blobs
    const flipped = { ...first!, bytes: first!.bytes.slice() }
    flipped.bytes[20]! ^= 1
    const extra = new Uint8Array([1, 2, 3])
    const extraHash = createHash('sha256').update(extra).digest('hex')
    const twice = releaseForm(built)
    twice.append('head', new Blob([built.head]))
    const unknown = releaseForm(built)
    unknown.append('../../x', new Blob(['x']))
    const headless = releaseForm(built)
    headless.delete('head')
    const cut = { ...built, head: built.head.slice(0, -1) }

    const cases: [string, BodyInit, number, string][] = [
      ['a missing blob', releaseForm(built, rest), 422, 'blob-missing'],
      ['a flipped byte', releaseForm(built, [flipped, ...rest]), 422, 'blob-hash'],
      [
        'a blob nobody named',
        releaseForm(built, [...built.blobs, { hash: extraHash, bytes: extra }]),
        422,
        'blob-unnamed',
      ],
      ['two heads', twice, 422, 'part-twice'],
      ['a part of another name', unknown, 422, 'part-unknown'],
      ['no head', headless, 422, 'head-missing'],
      ['a stranger’s head', releaseForm(foreign), 422, 'jws-signer'],
      ['another department’s head', releaseForm(other), 422, 'jws-signer'],
      ['a head that was cut', releaseForm(cut), 422, 'base64url-malformed'],
      ['no multipart', 'hello', 422, 'not-multipart'],
    ]
    const before = await server.store.list('')
    for (const [what, body, status, code] of cases) {
      const answer = await post('store/d/hemtjanst', body)
      expect(answer.status, what).toBe(status)
      expect(await codeOf(answer), what).toBe(code)
    }
    const broken = await post('store/d/hemtjanst', 'x', {
      'Content-Type': 'multipart/form-data; boundary=x',
    })
    expect(await codeOf(broken)).toBe('not-multipart')
    expect((await post('store/d/skola', releaseForm(built))).status).toBe(404)
    expect(await server.store.list('')).toEqual(before)
    expect(await readdir(server.storeDirectory)).not.toContain('b')
    // And the good one is still welcome.
    expect((await post('store/d/hemtjanst', releaseForm(built))).status).toBe(201)
  })

  it('refuses a head that names a root this store does not have', async () => {
    const built = await organisation.build('hemtjanst', undefined, {
      root: { ...organisation.root, v: 2 } as Organisation['root'],
    })
    const answer = await post('store/d/hemtjanst', releaseForm(built))
    expect(answer.status).toBe(422)
    expect(await codeOf(answer)).toBe('root-newer')
  })

  it('refuses everything while it has no root', async () => {
    await start()
    const built = await organisation.build('hemtjanst')
    const answer = await post('store/d/hemtjanst', releaseForm(built))
    expect(answer.status).toBe(422)
    expect(await codeOf(answer)).toBe('root-missing')
  })

  it('takes the number above one that does not verify', async () => {
    await server.store.putIfAbsent(
      'd/hemtjanst/head/0001-0000000001.jws',
      new TextEncoder().encode('garbage'),
    )
    const first = await organisation.build('hemtjanst')
    expect((await post('store/d/hemtjanst', releaseForm(first))).status).toBe(409)
    expect(await server.store.list('b/')).toEqual([])
    const above = await organisation.build('hemtjanst', undefined, { v: 2 })
    expect((await post('store/d/hemtjanst', releaseForm(above))).status).toBe(201)
  })

  it('puts a good blob in the place of one that was damaged on disk', async () => {
    const built = await organisation.build('hemtjanst')
    const { hash, bytes } = built.blobs[0]!
    await server.store.putIfAbsent(`b/${hash}`, bytes)
    await writeFile(join(server.storeDirectory, 'b', hash), 'damaged')
    expect((await post('store/d/hemtjanst', releaseForm(built))).status).toBe(201)
    expect(await server.store.get(`b/${hash}`, { maxBytes: 1e7 })).toEqual(bytes)
  })

  it('stops reading at its cap, with and without a Content-Length', async () => {
    const big = new Uint8Array(25 * 1024 * 1024)
    const form = new FormData()
    form.append('head', new Blob([big]))
    expect((await post('store/d/hemtjanst', form)).status).toBe(413)
    const sent = await sendEndless(server.port)
    expect(sent.answer).toContain('413')
    expect(sent.bytes).toBeLessThan(64 * 1024 * 1024)
    expect(await server.store.list('b/')).toEqual([])
  })

  it('leaves nothing of a POST that was interrupted', async () => {
    const built = await organisation.build('hemtjanst')
    const request = new Request(server.url, { method: 'POST', body: releaseForm(built) })
    const type = request.headers.get('content-type')!
    const body = Buffer.from(await request.arrayBuffer())
    for (const part of [0.1, 0.5, 0.99]) {
      const socket = connect(server.port, '127.0.0.1')
      socket.write(
        `POST /store/d/hemtjanst HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`,
      )
      socket.write(body.subarray(0, Math.floor(body.length * part)))
      await new Promise((resolve) => setTimeout(resolve, 50))
      socket.destroy()
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await server.store.list('')).toEqual(['root/1.jws'])
    expect((await post('store/d/hemtjanst', releaseForm(built))).status).toBe(201)
  })

  it('says 429 and when to come back; strangers use up nothing of a department', async () => {
    await start({ perDepartment: 1, perAddress: 4 })
    await organisation.publishRoot(server.store)
    for (let i = 0; i < 2; i++) await post('store/d/hemtjanst', 'stranger')
    const { built } = await organisation.publish(server.store, 'hemtjanst')
    expect(built.v).toBe(1)
    const second = await organisation.build('hemtjanst', testDocuments('hemtjanst', '+46701740607'))
    expect((await post('store/d/hemtjanst', releaseForm(second))).status).toBe(201)
    organisation.last['hemtjanst'] = await organisation.open(second)
    const third = await organisation.build('hemtjanst')
    const refused = await post('store/d/hemtjanst', releaseForm(third))
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await codeOf(refused)).toBe('too-many')
    await post('store/d/hemtjanst', 'x')
    expect((await post('store/d/hemtjanst', 'x')).status).toBe(429)
    expect((await fetch(`${server.url}store/root/1.jws`)).status).toBe(200)
  })
})

describe('POST /store/root', () => {
  it('an empty store takes only the root 1 it was told of', async () => {
    await start()
    const stranger = await createTestOrganisation()
    const refused = await post('store/root', stranger.rootBytes)
    expect(refused.status).toBe(422)
    expect(await codeOf(refused)).toBe('root-hash')
    expect(await server.store.list('')).toEqual([])
    expect((await post('store/root', organisation.rootBytes)).status).toBe(201)
    expect(await server.store.list('')).toEqual(['root/1.jws'])
  })

  it('takes the next root when it is signed under the rules of both, and 409 for one it has', async () => {
    const { root, rootKeys } = organisation
    const next = nextRoot(root, {
      issued: '2026-03-13T08:00:00Z',
      reviewBy: '2028-01-01T00:00:00Z',
    })
    const stranger = await createTestOrganisation()
    const foreign = await signRoot(next, stranger.rootKeys)
    expect((await post('store/root', foreign.bytes)).status).toBe(422)
    const good = await signRoot(next, rootKeys.slice(0, 1))
    const answer = await post('store/root', good.bytes)
    expect(answer.status).toBe(201)
    expect(await answer.json()).toEqual({ v: 2 })
    // Root 2 again (the answer was lost), or another root 2 (somebody else was first).
    const rival = await signRoot({ ...next, title: 'Rival' }, rootKeys)
    for (const bytes of [good.bytes, rival.bytes, organisation.rootBytes]) {
      expect((await post('store/root', bytes)).status).toBe(409)
    }
    expect(await server.store.get('root/2.jws', { maxBytes: 1e6 })).toEqual(good.bytes)
    expect(await server.store.list('root/')).toEqual(['root/1.jws', 'root/2.jws'])
  })

  it('never takes an example’s root', async () => {
    const example = await createTestOrganisation({ example: true })
    const other = await startHttpServer({ organisation: example.organisation })
    running.push(other)
    const answer = await fetch(`${other.url}store/root`, {
      method: 'POST',
      body: example.rootBytes,
    })
    expect(answer.status).toBe(422)
    expect(await codeOf(answer)).toBe('example')
    expect(await other.store.list('')).toEqual([])
  })

  it('refuses a body above the limit', async () => {
    expect((await post('store/root', new Uint8Array(512 * 1024 + 1))).status).toBe(413)
  })
})

it('logs what was refused, and nothing that somebody sent or asked for', async () => {
  await fetch(`${server.url}missing?join=SECRET-IN-QUERY`)
  await post('store/d/hemtjanst?x=SECRET-IN-QUERY', 'SECRET-IN-BODY', {
    'X-Key': 'SECRET-IN-HEADER',
  })
  await post('store/root', 'SECRET-IN-BODY')
  expect(server.lines).toEqual([
    'POST /store/d/… 422 not-multipart',
    'POST /store/root 422 json-malformed',
  ])
})

/** Sends chunks without end; gives the answer's first line and how much the server let us send. */
async function sendEndless(port: number): Promise<{ answer: string; bytes: number }> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const chunk = Buffer.alloc(64 * 1024)
    let bytes = 0
    let answer = ''
    let isOpen = true
    const finish = () => {
      if (!isOpen) return
      isOpen = false
      socket.destroy()
      resolve({ answer: answer.split('\r\n')[0] ?? '', bytes })
    }
    socket.on('data', (data) => {
      answer += data.toString()
      finish()
    })
    socket.on('error', finish)
    socket.on('close', finish)
    socket.write(
      'POST /store/d/hemtjanst HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n',
    )
    const send = () => {
      if (!isOpen) return
      bytes += chunk.length
      if (bytes > 128 * 1024 * 1024) return finish()
      socket.write(`${chunk.length.toString(16)}\r\n`)
      socket.write(chunk)
      socket.write('\r\n', () => setImmediate(send))
    }
    send()
  })
}
