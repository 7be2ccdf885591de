import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { headPath, latestPath } from '#store/layout.ts'
import { createSigningKey } from '#trust/keys.ts'
import { createTestOrganisation, testDocuments } from '../../tests/support/organisation.ts'
import { createPublished, numbers, type Published } from '../../tests/support/synced-phone.ts'

let published: Published
beforeEach(async () => {
  published = await createPublished()
})
afterEach(() => published.close())

const text = (value: string) => new TextEncoder().encode(value)

/** What lies in memory has the hash it is named by. */
function expectHonestBlobs(blobs: Map<string, Uint8Array>) {
  for (const [hash, bytes] of blobs) {
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash)
  }
}

describe('[S11] one altered byte', { timeout: 30_000 }, () => {
  const kinds = {
    root: (path: string) => path.startsWith('root/'),
    head: (path: string) => path.includes('/head/'),
    manifest: (path: string) =>
      path === `b/${published.organisation.last.hemtjanst!.head.manifest[0]}`,
    pack: (path: string) =>
      path === `b/${published.organisation.last.hemtjanst!.head.blobs[0]![0]}`,
  }

  for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
    for (const place of ['first', 'middle', 'last'] as const) {
      it(`in a ${kind}, the ${place} one: a first visit takes nothing of it`, async () => {
        const phone = published.phone()
        alter(kinds[kind], place)
        expect(await phone.result('joined')).toMatch(/^(failed|waiting)/)
        expect(phone.shown()).toBeUndefined()
        expectHonestBlobs(phone.blobs)
        expect(phone.noteCodes().length).toBeGreaterThan(0)
        published.server.interfere(undefined)
        expect(await phone.result('open')).toBe('updated')
      })

      it(`in a ${kind}, the ${place} one: an update keeps what is shown`, async () => {
        const phone = published.phone()
        await phone.sync.syncNow('joined')
        await published.change()
        alter(kinds[kind], place)
        await phone.sync.syncNow('open')
        // An altered root is no later one: what the root held says still goes.
        if (kind !== 'root') expect(phone.shown()).toEqual({ v: 1, number: numbers[0] })
        expectHonestBlobs(phone.blobs)
        published.server.interfere(undefined)
        await phone.sync.syncNow('open')
        expect(phone.shown()).toEqual({ v: 2, number: numbers[1] })
      })
    }
  }

  it('[S6] [S7] in a hint, any of them: the release is found without it', async () => {
    const hint = '0001-0000000001'
    for (let at = 0; at < hint.length; at++) {
      const phone = published.phone()
      const bytes = text(hint)
      bytes[at]! ^= 1
      await published.store.replace(latestPath('hemtjanst'), bytes)
      expect(await phone.result('joined'), `byte ${at}`).toBe('updated')
      expect(phone.shown()?.v).toBe(1)
    }
  })

  function alter(isMeant: (path: string) => boolean, place: 'first' | 'middle' | 'last') {
    published.server.interfere(async (path, _request, response) => {
      if (!isMeant(path)) return false
      const bytes = await published.store.get(path, { maxBytes: 1e6 })
      if (!bytes) return false
      const altered = bytes.slice()
      altered[{ first: 0, middle: bytes.length >> 1, last: bytes.length - 1 }[place]]! ^= 1
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(altered)
      return true
    })
  }
})

describe('[S11] sizes', { timeout: 30_000 }, () => {
  it('a blob longer than the head says is not read to its end', async () => {
    const phone = published.phone()
    let sent = 0
    published.server.interfere((path, request, response) => {
      if (!path.startsWith('b/')) return false
      response.writeHead(200, { 'content-type': 'application/octet-stream' })
      const chunk = Buffer.alloc(64 * 1024)
      const timer = setInterval(() => {
        sent += chunk.length
        response.write(chunk)
      }, 2)
      request.socket.on('close', () => clearInterval(timer))
      return true
    })
    expect(await phone.result('joined')).toBe('failed missing-blob')
    expect(sent).toBeLessThan(50e6)
    expect(phone.blobs.size).toBe(0)
    expect(phone.noteCodes()).toContain('bad-blob')
  })

  it('a blob shorter than the head says is refused', async () => {
    const phone = published.phone()
    published.server.interfere((path, _request, response) => {
      if (!path.startsWith('b/')) return false
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end('short')
      return true
    })
    expect(await phone.result('joined')).toBe('failed missing-blob')
    expect(phone.blobs.size).toBe(0)
  })
})

describe('somebody who can write to the store', { timeout: 30_000 }, () => {
  it('[S17] offers an older release: it is noted, the newer one stays', async () => {
    await published.change()
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    expect(phone.shown()?.v).toBe(2)
    await published.store.replace(latestPath('hemtjanst'), text('0001-0000000001'))
    await published.store.remove(headPath('hemtjanst', 1, 2))
    await phone.sync.syncNow('open')
    expect(phone.shown()).toEqual({ v: 2, number: numbers[1] })
    expect(phone.noteCodes()).toContain('rollback')
  })

  it('[S7] points the hint far ahead: the release is found by probing', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    await published.change()
    await published.store.replace(latestPath('hemtjanst'), text('0001-9999999999'))
    expect(await phone.result('tick')).toBe('updated')
    expect(phone.shown()?.v).toBe(2)
    expect(phone.noteCodes()).toContain('bad-hint')
  })

  it('[S7] [S8] squats the next numbers: they are stepped over', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    const junk = [text('junk'), text('{}'), new Uint8Array(5000)]
    for (const [index, bytes] of junk.entries()) {
      await published.store.putIfAbsent(headPath('hemtjanst', 1, index + 2), bytes)
    }
    const { organisation, store } = published
    const documents = testDocuments('hemtjanst', numbers[1])
    await organisation.publish(store, 'hemtjanst', documents, { v: 5 })
    await store.replace(latestPath('hemtjanst'), text('0001-0000000001'))
    expect(await phone.result('open')).toBe('updated')
    expect(phone.shown()).toEqual({ v: 5, number: numbers[1] })
    expect(phone.noteCodes()).toContain('bad-head')
  })

  it('[S7] squats numbers without end: a round ends', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    published.server.interfere((path, _request, response) => {
      if (!path.includes('/head/')) return false
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end('junk')
      return true
    })
    published.server.forget()
    expect(await phone.result('open')).toBe('current')
    expect(published.server.asked.length).toBeLessThan(1200)
    expect(phone.shown()?.v).toBe(1)
  })

  it('[S8] signs with a key the root does not name: it is not believed', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    const { organisation, store } = published
    const stranger = await createSigningKey({ extractable: true })
    const built = await organisation.build('hemtjanst').catch(() => undefined)
    const { payloadOf, signHead } = await import('#release/head.ts')
    expect(built).toBeDefined()
    const old = payloadOf(organisation.last.hemtjanst!.head)
    const signed = await signHead({ ...old, v: 2, edition: 2 }, stranger)
    await store.putIfAbsent(headPath('hemtjanst', 1, 2), signed.bytes)
    await store.replace(latestPath('hemtjanst'), text('0001-0000000002'))
    await phone.sync.syncNow('open')
    expect(phone.shown()?.v).toBe(1)
    expect(phone.noteCodes()).toContain('bad-head')
  })

  it('[S9] moves a good head to another number: it does not count there', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    const { store } = published
    const bytes = (await store.get(headPath('hemtjanst', 1, 1), { maxBytes: 1e6 }))!
    await store.putIfAbsent(headPath('hemtjanst', 1, 2), bytes)
    await store.replace(latestPath('hemtjanst'), text('0001-0000000002'))
    await phone.sync.syncNow('open')
    expect(phone.shown()?.v).toBe(1)
    expect(phone.noteCodes()).toContain('bad-head')
  })

  it('[S9] puts another department’s head in place: it does not count there', async () => {
    const phone = published.phone()
    const { store } = published
    const bytes = (await store.get(headPath('gemensamt', 1, 1), { maxBytes: 1e6 }))!
    await store.remove(headPath('hemtjanst', 1, 1))
    await store.putIfAbsent(headPath('hemtjanst', 1, 1), bytes)
    await phone.sync.syncNow('joined')
    expect(phone.shown()).toBeUndefined()
    expect(phone.noteCodes()).toContain('bad-head')
  })

  it('[S22] offers another payload under the number held: it is noted, the one held stays', async () => {
    const { organisation, store } = published
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    const { payloadOf, signHead } = await import('#release/head.ts')
    const old = payloadOf(organisation.last.hemtjanst!.head)
    const forked = { ...old, issued: '2026-03-13T08:00:00Z' }
    const signed = await signHead(forked, organisation.publishers.hemtjanst!)
    await store.remove(headPath('hemtjanst', 1, 1))
    await store.putIfAbsent(headPath('hemtjanst', 1, 1), signed.bytes)
    await phone.sync.syncNow('open')
    expect(phone.noteCodes()).toContain('fork')
    expect(phone.current.get('hemtjanst')?.headHash).toBe(organisation.last.hemtjanst!.headHash)
  })

  it('[S5] answers with another organisation’s root: a first visit takes nothing', async () => {
    const stranger = await createTestOrganisation()
    const phone = published.phone()
    await published.store.remove('root/1.jws')
    await published.store.putIfAbsent('root/1.jws', stranger.rootBytes)
    expect(await phone.result('joined')).toMatch(/^failed/)
    expect(phone.noteCodes()).toContain('bad-root')
    expect(phone.roots()).toEqual([])
  })

  it('[S5] answers with a chain that does not pass through the root of the invitation', async () => {
    const root = { v: 1, hash: 'f'.repeat(64) }
    const phone = published.phone({ invitation: { root } })
    expect(await phone.result('joined')).toMatch(/^failed/)
    expect(phone.roots()).toEqual([])
  })

  it('[S16] serves a generation older than the invitation has seen: nothing is taken', async () => {
    const phone = published.phone({ invitation: { floor: { gen: 2, v: 1, epoch: 1 } } })
    expect(await phone.result('joined')).toMatch(/^(failed|waiting)/)
    expect(phone.shown()).toBeUndefined()
    expect(phone.noteCodes()).toContain('withheld-root')
  })

  it('[S7] serves releases older than the invitation’s floor: nothing is taken', async () => {
    const phone = published.phone({ invitation: { floor: { gen: 1, v: 2, epoch: 1 } } })
    expect(await phone.result('joined')).toMatch(/^(failed|waiting)/)
    expect(phone.shown()).toBeUndefined()
  })
})

describe('a false link for what all share', { timeout: 30_000 }, () => {
  it('[S16] a floor no release can reach keeps nothing newer away from who has one', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    const organisations = phone.device.organisations.bind(phone.device)
    // What the device would say if a link had raised the floor.
    phone.device.organisations = async () =>
      (await organisations()).map((one) => ({
        ...one,
        departments: one.departments.map((each) => ({
          ...each,
          ...(each.department === 'gemensamt' && { floor: { gen: 9999, v: 9_999_999_999 } }),
        })),
      }))
    const { organisation, store } = published
    await organisation.publish(store, 'gemensamt', testDocuments('gemensamt', numbers[2]))
    expect(await phone.result('open', 'gemensamt')).toBe('updated')
    expect(phone.current.get('gemensamt')?.v).toBe(2)
  })
})

describe('[S12] several stores', { timeout: 60_000 }, () => {
  it('a dead one hides nothing', async () => {
    const { url, store } = await published.mirror()
    await published.copyTo(store)
    const phone = published.phone({ invitation: { mirror: url } })
    published.server.interfere((_path, request) => {
      request.socket.destroy()
      return true
    })
    expect(await phone.result('joined')).toBe('updated')
  })

  it('one that never answers hides nothing, and the person does not wait for it', async () => {
    const { url, store } = await published.mirror()
    await published.copyTo(store)
    const phone = published.phone({ invitation: { mirror: url }, timeoutMs: 60_000 })
    published.server.interfere(() => true)
    void phone.sync.syncNow('joined')
    const from = Date.now()
    while (!phone.shown() && Date.now() - from < 15_000) {
      await new Promise((done) => setTimeout(done, 20))
    }
    phone.sync.stop()
    expect(phone.shown()?.v).toBe(1)
    expect(Date.now() - from).toBeLessThan(10_000)
  })

  it('a slow one that has more is heard, also after a quick one that lags', async () => {
    const { url, store, server } = await published.mirror()
    await published.copyTo(store)
    await published.change()
    await published.copyTo(store)
    await store.replace(latestPath('hemtjanst'), text('0001-0000000002'))
    const phone = published.phone({ invitation: { mirror: url }, timeoutMs: 10_000 })
    // The mirror is complete, and slow; the quick one withholds the newer release.
    published.server.interfere((path, _request, response) => {
      if (!path.includes('0000000002') || !path.startsWith('d/hemtjanst')) return false
      response.writeHead(404).end()
      return true
    })
    await published.store.replace(latestPath('hemtjanst'), text('0001-0000000001'))
    server.interfere(async () => {
      await new Promise((done) => setTimeout(done, 2_000))
      return false
    })
    expect(await phone.result('joined')).toBe('updated')
    expect(phone.shown()?.v).toBe(2)
  })

  it('one without the blobs does not hide an older release that is whole elsewhere', async () => {
    const { url, store } = await published.mirror()
    await published.copyTo(store)
    const invitation = { ...published.organisation.invitation('hemtjanst'), mirror: url }
    await published.change()
    // The first store has the newer head but lost what it names.
    const { head } = published.organisation.last.hemtjanst!
    await published.store.remove(`b/${head.manifest[0]}`)
    const phone = published.phone({ invitation })
    expect(await phone.result('joined')).toBe('updated')
    expect(phone.shown()).toEqual({ v: 1, number: numbers[0] })
    expect(phone.noteCodes()).toContain('missing-blob')
  })

  it('a store that lost the newest release’s blobs still gives the one before', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    await published.change(numbers[1])
    await published.change(numbers[2])
    await published.store.remove(`b/${published.organisation.last.hemtjanst!.head.manifest[0]}`)
    expect(await phone.result('tick')).toBe('updated')
    expect(phone.shown()).toEqual({ v: 2, number: numbers[1] })
  })

  it('a store without the head still gives its blobs', async () => {
    const { url, store } = await published.mirror()
    await published.copyTo(store)
    await store.remove(headPath('hemtjanst', 1, 1))
    await store.remove(latestPath('hemtjanst'))
    published.server.interfere((path, _request, response) => {
      if (!path.startsWith('b/')) return false
      response.writeHead(404).end()
      return true
    })
    const phone = published.phone({ invitation: { mirror: url } })
    expect(await phone.result('joined')).toBe('updated')
  })

  it('blobs that one store has altered come from another', async () => {
    const { url, store } = await published.mirror()
    await published.copyTo(store)
    published.server.interfere((path, _request, response) => {
      if (!path.startsWith('b/')) return false
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end('false')
      return true
    })
    const phone = published.phone({ invitation: { mirror: url } })
    expect(await phone.result('joined')).toBe('updated')
    expectHonestBlobs(phone.blobs)
    expect(phone.noteCodes()).toContain('bad-blob')
  })
})
