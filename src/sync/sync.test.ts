import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { latestPath } from '#store/layout.ts'
import { createEpochSecret } from '#release/epoch-secret.ts'
import { testDocuments } from '../../tests/support/organisation.ts'
import { createPublished, numbers, type Published } from '../../tests/support/synced-phone.ts'
import { nextRoot, signRoot, verifyNextRoot } from '#trust/root.ts'
import { storeAddresses } from './ask-stores.ts'

let published: Published
beforeEach(async () => {
  published = await createPublished()
})
afterEach(() => published.close())

describe('a first visit', { timeout: 30_000 }, () => {
  it('[S10] [S15] brings the department and what all share, each object once', async () => {
    const phone = published.phone()
    expect(await phone.result('joined')).toBe('updated')
    expect(phone.shown()).toEqual({ v: 1, number: numbers[0] })
    expect(phone.current.get('gemensamt')?.v).toBe(1)
    const paths = published.server.paths()
    expect(new Set(paths).size).toBe(paths.length)
    expect(phone.notes).toEqual([])
  })

  it('[S13] does not ask for the keys object when the invitation gave the key', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    const keys = published.organisation.last.hemtjanst!.head.keys[0]
    expect(published.server.paths()).not.toContain(`b/${keys}`)
  })

  it('tells how far it has come, from looking to done', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    const own = phone.progress.filter(({ department }) => department === 'hemtjanst')
    expect(own.map(({ phase }) => phase).filter((phase, i, all) => phase !== all[i - 1])).toEqual([
      'looking',
      'fetching',
      'checking',
      'storing',
      'done',
    ])
    const last = own.at(-1)!
    expect(last.objects.done).toBe(last.objects.total)
    expect(last.bytes.done).toBe(last.bytes.total)
    expect(last.objects.total).toBeGreaterThan(1)
  })

  it('[S14] notes when it was checked', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    expect([...phone.checkedAt.keys()].sort()).toEqual(['gemensamt', 'hemtjanst'])
  })

  it('waits where nothing has been published yet, and gets it when it is', async () => {
    await published.store.remove(latestPath('hemtjanst'))
    await published.store.remove('d/hemtjanst/head/0001-0000000001.jws')
    const phone = published.phone()
    expect(await phone.result('joined')).toBe('waiting nothing-there')
    await published.organisation.publish(published.store, 'hemtjanst')
    expect(await phone.result('tick')).toBe('updated')
  })
})

describe('while the app is looked at', { timeout: 30_000 }, () => {
  it('[S2] asks only for the hints, and with their ETag', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    published.server.forget()
    expect(await phone.result('tick')).toBe('current')
    const { asked } = published.server
    expect(asked.map(({ path }) => path).sort()).toEqual([
      latestPath('gemensamt'),
      latestPath('hemtjanst'),
    ])
    expect(asked.map(({ status }) => status())).toEqual([304, 304])
  })

  it('[S14] notes that it was checked', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    phone.checkedAt.clear()
    await phone.sync.syncNow('tick')
    expect([...phone.checkedAt.keys()].sort()).toEqual(['gemensamt', 'hemtjanst'])
  })

  it('[S2] [S10] brings what is new, and of it only what is missing', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    const had = new Set(phone.blobs.keys())
    await published.change()
    published.server.forget()
    expect(await phone.result('tick')).toBe('updated')
    expect(phone.shown()).toEqual({ v: 2, number: numbers[1] })
    const blobs = published.server.paths().filter((path) => path.startsWith('b/'))
    expect(blobs.filter((path) => had.has(path.slice(2)))).toEqual([])
    expect(phone.notes).toEqual([])
  })

  it('[S2] brings again what was stored and is damaged by now, though the hint is unchanged', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    phone.current.delete('hemtjanst')
    expect(await phone.result('tick')).toBe('updated')
    expect(phone.shown()?.v).toBe(1)
  })

  it('[S2] looks again, with each tick, for the head a hint promised and that came false', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    await published.change()
    published.server.interfere((path, _request, response) => {
      if (!path.endsWith('head/0001-0000000002.jws')) return false
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end('false')
      return true
    })
    expect(await phone.result('tick')).toBe('current')
    published.server.interfere(undefined)
    expect(await phone.result('tick')).toBe('updated')
    expect(phone.shown()?.v).toBe(2)
  })

  it('[S10] gets again what the memory has damaged', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    const [hash, bytes] = [...phone.blobs][0]!
    phone.blobs.set(hash, bytes.with(5, bytes[5]! ^ 1))
    await published.change()
    await phone.sync.syncNow('open')
    expect(phone.shown()?.v).toBe(2)
  })

  it('goes over several releases at once', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    await published.change(numbers[1])
    await published.change(numbers[2])
    expect(await phone.result('tick')).toBe('updated')
    expect(phone.shown()).toEqual({ v: 3, number: numbers[2] })
  })
})

describe('[S3] the addresses of stores', { timeout: 30_000 }, () => {
  const organisation = {
    id: 'a'.repeat(64),
    lock: 'lock',
    base: 'https://plan.example.se/app/',
    mirrors: [] as string[],
    invitedRoot: { v: 1, hash: 'a'.repeat(64) },
    root: undefined,
    agreedStores: [] as string[],
    deviceId: '',
    departments: [],
  }

  it('are beside the app before the first root, and those invitations named', () => {
    const mirrors = ['https://mirror.example.se/planb', 'javascript:alert(1)', 'file:///etc/']
    expect(storeAddresses({ ...organisation, mirrors })).toEqual([
      'https://plan.example.se/app/store/',
      'https://mirror.example.se/planb/',
    ])
  })

  it('are those the root names, relative ones read against the app', () => {
    const stores = [
      { url: 'store/', write: true },
      { url: 'https://mirror.example.se/', write: false },
    ]
    const root = { ...published.organisation.root, stores }
    expect(
      storeAddresses({ ...organisation, root, mirrors: ['https://mirror.example.se/'] }),
    ).toEqual(['https://plan.example.se/app/store/', 'https://mirror.example.se/'])
  })
})

describe('[S3] stores that one stolen root key names', { timeout: 30_000 }, () => {
  const many = Array.from({ length: 20 }, (_, index) => ({
    url: `https://evil-${index}.example/`,
    write: index === 0,
  }))

  it('are added, and keep places free for those that enough keys agreed on, and for mirrors', () => {
    const addresses = storeAddresses({
      id: 'a'.repeat(64),
      lock: 'lock',
      base: 'https://plan.example.se/app/',
      mirrors: ['https://mirror.example.se/'],
      invitedRoot: { v: 1, hash: 'a'.repeat(64) },
      root: { ...published.organisation.root, stores: many },
      agreedStores: ['store/', 'https://old.example.se/'],
      deviceId: '',
      departments: [],
    })
    expect(addresses).toHaveLength(8)
    expect(addresses).toEqual(
      expect.arrayContaining([
        'https://plan.example.se/app/store/',
        'https://old.example.se/',
        'https://mirror.example.se/',
        'https://evil-0.example/',
      ]),
    )
  })

  it('do not keep the true next root away from a phone that followed them', async () => {
    const { organisation, store } = published
    const { root, rootKeys } = organisation
    const evil = await published.mirror()
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    // One key leads to another host, on which nothing but its own root lies.
    const led = await signRoot(
      nextRoot(root, {
        issued: '2026-03-13T08:00:00.000Z',
        stores: [{ url: evil.url, write: true }],
      }),
      [rootKeys[2]!],
    )
    await store.putIfAbsent('root/2.jws', led.bytes)
    await phone.sync.syncNow('open')
    expect(phone.roots().at(-1)?.v).toBe(2)
    // Two keys sign the true next one, on the true host.
    const current = await verifyNextRoot(led.bytes, root)
    const true3 = await signRoot(
      nextRoot(current, { issued: '2026-03-14T08:00:00.000Z', stores: [...root.stores] }),
      [rootKeys[0]!, rootKeys[1]!],
    )
    await store.putIfAbsent('root/3.jws', true3.bytes)
    await published.change(numbers[2])
    expect(await phone.result('open')).toBe('updated')
    expect(phone.roots().at(-1)?.stores).toEqual([...root.stores])
    expect(phone.shown()?.number).toBe(numbers[2])
  })
})

describe('a new epoch', { timeout: 30_000 }, () => {
  async function publishInNewEpoch(recipients: Record<string, never> = {}) {
    const { organisation, store } = published
    organisation.epochs.hemtjanst = await createEpochSecret(2)
    await organisation.publish(store, 'hemtjanst', testDocuments('hemtjanst', numbers[2]), {
      recipients,
    })
  }

  it('[S13] without a key asks for the keys object only, says so, and keeps what it has', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    await publishInNewEpoch()
    published.server.forget()
    expect(await phone.result('tick')).toBe('needs-new-code')
    expect(phone.shown()).toEqual({ v: 1, number: numbers[0] })
    expect(phone.needsNewCode).toEqual(new Set(['hemtjanst']))
    const keys = published.organisation.last.hemtjanst!.head.keys[0]
    const blobs = published.server.paths().filter((path) => path.startsWith('b/'))
    expect(blobs).toEqual([`b/${keys}`])
    // [S2] It does not ask again and again for what it cannot open.
    published.server.forget()
    await phone.sync.syncNow('tick')
    expect(published.server.asked.map(({ status }) => status())).toEqual([304, 304])
  })
})

describe('a keys object that did not arrive', { timeout: 30_000 }, () => {
  it('[S13] does not mean that a new code is needed: it is asked for again', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    const { organisation, store } = published
    organisation.epochs.hemtjanst = await createEpochSecret(2)
    await organisation.publish(store, 'hemtjanst', testDocuments('hemtjanst', numbers[2]))
    const keys = `b/${organisation.last.hemtjanst!.head.keys[0]}`
    published.server.interfere((path, request) => {
      if (path === keys) request.socket.destroy()
      return path === keys
    })
    expect(await phone.result('tick')).toBe('failed unreachable')
    expect(phone.needsNewCode).toEqual(new Set())
    published.server.interfere(undefined)
    expect(await phone.result('tick')).toBe('needs-new-code')
  })
})

describe('roots', { timeout: 30_000 }, () => {
  it('[S4] a later root is followed and kept', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    await publishRoot2({})
    await published.change()
    await phone.sync.syncNow('tick')
    expect(phone.roots().map(({ v }) => v)).toEqual([1, 2])
    expect(phone.shown()?.v).toBe(2)
  })

  it('[S16] a raised generation takes the place of every older number', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    await published.change(numbers[1])
    await phone.sync.syncNow('open')
    const { organisation, store } = published
    const departments = structuredClone(organisation.root.departments)
    departments.hemtjanst!.gen = 2
    const root = await publishRoot2({ departments })
    const { signHead, payloadOf, verifyHead } = await import('#release/head.ts')
    // The first release signed again by a root key, under the new generation.
    const bytes = (await store.get('d/hemtjanst/head/0001-0000000001.jws', { maxBytes: 1e6 }))!
    const old = payloadOf(
      await verifyHead(bytes, { root: organisation.root, department: 'hemtjanst' }),
    )
    const signed = await signHead(
      { ...old, gen: 2, v: 1, edition: 3, root: { v: 2, hash: root.hash } },
      organisation.rootKeys[0]!,
    )
    await store.putIfAbsent('d/hemtjanst/head/0002-0000000001.jws', signed.bytes)
    await store.replace(latestPath('hemtjanst'), new TextEncoder().encode('0002-0000000001'))
    expect(await phone.result('tick')).toBe('updated')
    expect(phone.current.get('hemtjanst')).toMatchObject({ gen: 2, v: 1 })
  })

  it('[S20] a root that names this phone as wiped takes the content away', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    await publishRoot2({ wiped: ['A'.repeat(43)] })
    expect(await phone.result('open')).toBe('ended')
    expect(phone.hasEnded()).toBe(true)
    expect(phone.shown()).toBeUndefined()
  })

  async function publishRoot2(change: Partial<typeof published.organisation.root>) {
    const { nextRoot, signRoot, verifyNextRoot } = await import('#trust/root.ts')
    const { organisation, store } = published
    const next = nextRoot(organisation.root, { issued: '2026-04-01T08:00:00Z', ...change })
    const signed = await signRoot(next, organisation.rootKeys.slice(0, 2))
    await store.putIfAbsent('root/2.jws', signed.bytes)
    return verifyNextRoot(signed.bytes, organisation.root)
  }
})

describe('[S32] tabs', { timeout: 30_000 }, () => {
  it('one at a time: the other is told, and asks for nothing', async () => {
    let resolve = () => undefined as void
    const promise = new Promise<void>((done) => (resolve = done))
    const phone = published.phone({ locks: navigator.locks })
    const lock = (await phone.device.organisations())[0]!.lock
    const held = navigator.locks.request(lock, () => promise)
    await new Promise((done) => setTimeout(done, 20))
    expect(await phone.sync.syncNow('open')).toEqual({ kind: 'busy' })
    expect(published.server.asked).toEqual([])
    resolve()
    await held
    expect(await phone.result('open')).toBe('updated')
  })

  it('whoever had to step back asks as soon as the other tab is gone, and for everything', async () => {
    let close = () => undefined as void
    const closed = new Promise<void>((done) => (close = done))
    const phone = published.phone({ locks: navigator.locks, random: () => 0.1 })
    const lock = (await phone.device.organisations())[0]!.lock
    const held = navigator.locks.request(lock, () => closed)
    await new Promise((done) => setTimeout(done, 20))
    phone.sync.start()
    await new Promise((done) => setTimeout(done, 300))
    expect(published.server.asked).toEqual([])
    close()
    await held
    await expect.poll(() => phone.shown()?.v, { timeout: 5_000 }).toBe(1)
    phone.sync.stop()
  })

  it('works where there are no locks', async () => {
    const phone = published.phone({ locks: undefined })
    expect(await phone.result('open')).toBe('updated')
  })
})
