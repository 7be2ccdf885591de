import { beforeAll, describe, expect, it, vi } from 'vitest'
import { beatPath, blobPath, headPath, latestPath } from '#store/layout.ts'
import { sealEntry, type EntryInput } from '#journal/entry.ts'
import { revokeKey } from '#trust/change-root.ts'
import { sha256, textOf, utf8 } from '#trust/bytes.ts'
import { deriveSealKey, importEpochKey, type EpochKey } from '#trust/epoch-key.ts'
import { parseGeneral, signGeneral } from '#trust/jws.ts'
import { createSigningKey, importSigningKey } from '#trust/keys.ts'
import { nextRoot, signRoot, verifyNextRoot } from '#trust/root.ts'
import { sealCompressed } from '#trust/seal.ts'
import {
  createTestOrganisation,
  testDocuments,
  type TestOrganisation,
} from '../../tests/support/organisation.ts'
import { signBeat } from './beat.ts'
import { payloadOf, signHead, verifyHead, type Head } from './head.ts'
import { placeText } from './object-paths.ts'
import { publishRelease } from './publish.ts'
import { resignHead } from './resign-head.ts'
import { verifyStore } from './verify-store.ts'

// Thousands of tries, on a machine that may do other things at the same time.
vi.setConfig({ testTimeout: 60_000 })

const department = 'hemtjanst'
let organisation: TestOrganisation
let objects: Map<string, Uint8Array>
const epochKeys: Record<string, EpochKey> = {}

/** Plain objects by path: a store that lets anything be done to it. */
function storeOf(map: Map<string, Uint8Array>) {
  return {
    get: async (path: string) => map.get(path),
    list: async (prefix: string) => [...map.keys()].filter((path) => path.startsWith(prefix)),
    putIfAbsent: async (path: string, bytes: Uint8Array) =>
      map.has(path) ? ('exists' as const) : (map.set(path, bytes), 'stored' as const),
    replace: async (path: string, bytes: Uint8Array) => void map.set(path, bytes),
  }
}

beforeAll(async () => {
  organisation = await createTestOrganisation()
  objects = new Map()
  const store = storeOf(objects)
  for (const id of ['hemtjanst', 'gemensamt']) {
    await organisation.publish(store, id)
    await organisation.publish(store, id, testDocuments(id, '+46701740606'))
    epochKeys[id] = await importEpochKey(organisation.epochs[id]!.key, { extractable: false })
  }
  const { release } = await organisation.publish(store, department)
  objects.set(
    beatPath(department),
    await signBeat(
      release.head,
      organisation.root,
      new Date(),
      organisation.publishers[department]!,
    ),
  )
  const next = nextRoot(organisation.root, { issued: '2026-05-01T00:00:00Z' })
  objects.set('root/2.jws', (await signRoot(next, organisation.rootKeys.slice(0, 1))).bytes)
})

const check = (map: Map<string, Uint8Array>, options = {}) =>
  verifyStore(storeOf(map), { organisation: organisation.organisation, epochKeys, ...options })

describe('[R40] checking a store', () => {
  it('finds nothing wrong with a good one', async () => {
    expect(await check(objects)).toEqual({ checked: objects.size, problems: [] })
    expect(await verifyStore(storeOf(objects))).toEqual({ checked: objects.size, problems: [] })
  })

  it(
    'finds one changed byte in any object, and names the object',
    { timeout: 60_000 },
    async () => {
      for (const [path, bytes] of objects) {
        // Every byte of the hints, some of everything else.
        const step = bytes.length > 64 ? Math.ceil(bytes.length / 4) : 1
        for (let at = 0; at < bytes.length; at += step) {
          const altered = bytes.slice()
          altered[at]! ^= 1
          const { problems } = await check(new Map(objects).set(path, altered))
          expect(
            problems.map((one) => one.path),
            `${path} byte ${at}`,
          ).toContain(path)
          // Without its root nothing can be said of the rest, and a beat confirms a head that is gone; else
          // a change is named where it is and nowhere else.
          const named = new Set(problems.map((one) => one.path))
          if (path.includes('/head/')) named.delete(beatPath(department))
          if (!path.startsWith('root/')) expect(named).toEqual(new Set([path]))
        }
      }
    },
  )

  it('finds what is missing', async () => {
    for (const path of objects.keys()) {
      if (/latest|beat|root\/2|head/.test(path)) continue
      const without = new Map(objects)
      without.delete(path)
      expect((await check(without)).problems.length, path).toBeGreaterThan(0)
    }
  })

  it('finds a head that says another size of what is there', async () => {
    const { head } = organisation.last[department]!
    const [[hash, size] = ['', 0]] = head.blobs
    const other = { ...payloadOf(head), v: head.v + 1, blobs: [[hash, size + 1]] } as Head
    const { bytes } = await signHead(other, organisation.publishers[department]!)
    const path = headPath(department, 1, head.v + 1)
    const store = new Map(objects).set(path, bytes)
    const found = expect.objectContaining({ path, code: 'blob-size' })
    expect((await check(store)).problems).toContainEqual(found)
    // By whoever holds no key, and opens nothing.
    expect((await verifyStore(storeOf(store))).problems).toContainEqual(found)
  })

  it('finds a beat for a head that is not there', async () => {
    const { bytes } = await signHead(
      { ...payloadOf(organisation.last[department]!.head), v: 99 },
      organisation.publishers[department]!,
    )
    const head = await verifyHead(bytes, { root: organisation.root, department })
    const signer = organisation.publishers[department]!
    const beat = await signBeat(head, organisation.root, new Date(), signer)
    expect((await check(new Map(objects).set(beatPath(department), beat))).problems).toMatchObject([
      { path: beatPath(department), code: 'head-missing' },
    ])
  })

  it('opens the newest release, and finds documents that are not what the manifest names, or none', async () => {
    const { head, manifest, entries, v } = organisation.last[department]!
    const key = await deriveSealKey(epochKeys[department]!, 'content')
    const place = { organisation: organisation.organisation, department, epoch: 1 }
    /** The newest release with one body in its first place, named by the hash given. */
    const storeWith = async (body: unknown, hash?: string) => {
      const bodies = entries.map((one, i) => (i === 0 ? body : one.body))
      const documents = await Promise.all(
        entries.map(async ({ body: _body, ...entry }, i) => ({
          ...entry,
          pack: 0,
          hash: (i === 0 ? hash : undefined) ?? (await sha256(utf8(JSON.stringify(bodies[i])))),
        })),
      )
      const pack = entries.map(({ kind, id }, i) => ({ kind, id, body: bodies[i] }))
      const map = new Map(objects)
      const seal = async (kind: 'pack' | 'manifest', value: unknown): Promise<[string, number]> => {
        const bytes = await sealCompressed(utf8(JSON.stringify(value)), key, { ...place, kind })
        const name = await sha256(bytes)
        map.set(blobPath(name), bytes)
        return [name, bytes.length]
      }
      const change = {
        v: v + 1,
        blobs: [await seal('pack', pack)],
        manifest: await seal('manifest', { ...manifest, documents }),
      }
      const signer = organisation.publishers[department]!
      const { bytes } = await signHead({ ...payloadOf(head), ...change }, signer)
      map.set(headPath(department, 1, v + 1), bytes)
      map.set(latestPath(department), utf8(placeText(1, v + 1)))
      return map
    }
    const path = headPath(department, 1, v + 1)
    const { body } = entries[0]!
    expect((await check(await storeWith(body))).problems).toEqual([])
    expect((await check(await storeWith(body, 'f'.repeat(64)))).problems).toMatchObject([
      { path, code: 'document-hash' },
    ])
    const broken = await storeWith('no body')
    expect((await check(broken)).problems).toMatchObject([{ path, code: 'unreadable' }])
    // Without the key nothing of it can be said, and nothing is.
    expect((await check(broken, { epochKeys: {} })).problems).toEqual([])
  })

  it('finds a gap in the roots, and none at all', async () => {
    const gap = new Map(objects)
    gap.delete('root/1.jws')
    expect((await check(gap)).problems).toContainEqual(
      expect.objectContaining({ path: 'root/2.jws', code: 'root-gap' }),
    )
    expect((await check(gap)).problems).toContainEqual(
      expect.objectContaining({ path: headPath(department, 1, 1), code: 'root-gap' }),
    )
    gap.delete('root/2.jws')
    expect((await check(gap)).problems).toContainEqual(
      expect.objectContaining({ path: 'root/1.jws', code: 'root-gap' }),
    )
  })

  it('finds what has no business there', async () => {
    for (const path of [
      'README',
      'secret/key',
      'd/hemtjanst/notes.txt',
      'b/abc',
      'root/01.jws',
      'd/hemtjanst/head/1-1.jws',
    ]) {
      const { problems } = await check(new Map(objects).set(path, new Uint8Array(3)))
      expect(problems).toMatchObject([{ path, code: 'path-unknown' }])
    }
  })

  it('finds objects in the place of others, and hints that point nowhere', async () => {
    const [first, second] = [headPath(department, 1, 1), headPath(department, 1, 2)]
    const swapped = new Map(objects).set(first, objects.get(second)!)
    expect((await check(swapped)).problems).toMatchObject([{ path: first, code: 'head-place' }])
    const higher = new Map(objects).set(headPath(department, 2, 1), objects.get(first)!)
    expect((await check(higher)).problems).toContainEqual(
      expect.objectContaining({ path: headPath(department, 2, 1), code: 'head-place' }),
    )
    for (const hint of ['0001-0000000002', '0001-9999999999', 'nonsense']) {
      const { problems } = await check(
        new Map(objects).set(latestPath(department), new TextEncoder().encode(hint)),
      )
      expect(problems).toMatchObject([{ path: latestPath(department), code: 'latest-wrong' }])
    }
    const other = await check(objects, { organisation: 'a'.repeat(64) })
    expect(other.problems[0]).toMatchObject({ path: 'root/1.jws', code: 'root-hash' })
  })

  it('[R43] checks place and signatures of entries of the journal, and hands them on', async () => {
    const { path, bytes, sealedBy } = await entryOf({})
    const map = new Map(objects).set(path, bytes)
    expect((await check(map)).problems).toEqual([])
    const verifyEntry = async () => {
      throw Object.assign(new Error('no entry'), { code: 'entry-malformed' })
    }
    expect((await check(map, { verifyEntry })).problems).toMatchObject([
      { path, code: 'entry-malformed' },
    ])
    const bad: [string, string, Uint8Array][] = [
      ['entry-place', path.replace('/1.jws', '/2.jws'), bytes],
      ['entry-place', path.replace('hemtjanst', 'gemensamt'), bytes],
      ['entry-place', path.replace(sealedBy, `${'A'.repeat(42)}E`), bytes],
      ['json-malformed', path, new Uint8Array(3)],
      ['jws-signature', path, altered(bytes)],
    ]
    for (const [expected, at, entry] of bad) {
      expect((await check(new Map(objects).set(at, entry))).problems, expected).toMatchObject([
        { path: at, code: expected },
      ])
    }
    const stranger = await entryOf({ member: await createSigningKey({ extractable: true }) })
    expect(
      (await check(new Map(objects).set(stranger.path, stranger.bytes))).problems,
    ).toMatchObject([{ code: 'jws-signer' }])
    // Another device's id over one's own key: nobody writes in another's folder.
    const [mine, yours] = await Promise.all(
      [1, 2].map(async () => createSigningKey({ extractable: true })),
    )
    const claimed = JSON.parse(textOf(parseGeneral(bytes).payload)) as object
    const payload = utf8(JSON.stringify({ ...claimed, device: yours!.kid, deviceKey: mine!.jwk }))
    const { member } = organisation.epochs[department]!
    const signers = [
      await importSigningKey(member, { extractable: true }),
      { ...mine!, kid: yours!.kid },
    ]
    const forgery = await signGeneral('planb-entry+jws', payload, signers)
    const folder = `d/${department}/log/${yours!.kid}/1.jws`
    expect((await check(new Map(objects).set(folder, forgery))).problems).toMatchObject([
      { path: folder, code: 'entry-place' },
    ])
    // A member's word alone is half an entry.
    const genuine = parseGeneral(bytes).payload
    const half = await signGeneral('planb-entry+jws', genuine, signers.slice(0, 1))
    expect((await check(new Map(objects).set(path, half))).problems).toMatchObject([
      { path, code: 'entry-place' },
    ])
    const later = await entryOf({ epoch: 2 })
    expect((await check(new Map(objects).set(later.path, later.bytes))).problems).toMatchObject([
      { code: 'entry-epoch' },
    ])
    const root = { ...later, ...(await entryOf({ organisation: 'a'.repeat(64) })) }
    expect((await check(new Map(objects).set(root.path, root.bytes))).problems).toMatchObject([
      { code: 'entry-place' },
    ])
  })

  it('[R41] finds nothing wrong after a publisher was revoked, its head signed again and its beat left behind', async () => {
    const own = new Map(objects)
    const root = await verifyNextRoot(own.get('root/2.jws')!, organisation.root)
    const { kid } = organisation.publishers[department]!
    const revoked = revokeKey(root, { kid, issued: new Date() })
    const { bytes } = await signRoot(revoked.root, organisation.rootKeys.slice(1, 2))
    const next = await verifyNextRoot(bytes, root)
    own.set('root/3.jws', bytes)
    const { head } = organisation.last[department]!
    const signer = organisation.rootKeys[1]!
    const built = await resignHead({ head, root: next, signer, issued: new Date() })
    expect(await publishRelease(storeOf(own), built)).toBe('published')
    expect((await check(own)).problems).toEqual([])
    // A beat that nobody has ever been named to sign is none.
    const stranger = await createSigningKey({ extractable: true })
    own.set(beatPath(department), await signBeat(head, next, new Date(), stranger))
    expect((await check(own)).problems).toMatchObject([
      { path: beatPath(department), code: 'jws-signer' },
    ])
  })
})

/** An entry as a member's device writes it. */
async function entryOf(change: Partial<EntryInput>) {
  const { epoch, member } = organisation.epochs[department]!
  const device = await createSigningKey({ extractable: true })
  const input: EntryInput = {
    organisation: organisation.organisation,
    department,
    epoch,
    epochKey: epochKeys[department]!,
    member: await importSigningKey(member, { extractable: true }),
    device,
    n: 1,
    kind: 'confirmed',
    time: new Date(),
    body: {},
    ...change,
  }
  const { bytes } = await sealEntry(input)
  return { path: `d/${department}/log/${device.kid}/1.jws`, bytes, sealedBy: device.kid }
}

/** The last signature changed by a bit. */
function altered(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(bytes)
  return new TextEncoder().encode(
    text.replace(
      /"signature":"(.)(?=[^"]*"}]}$)/,
      (_, one) => `"signature":"${one === 'A' ? 'B' : 'A'}`,
    ),
  )
}
