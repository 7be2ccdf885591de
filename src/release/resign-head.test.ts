import { beforeAll, describe, expect, it } from 'vitest'
import { createMemoryStore } from '#store/memory.ts'
import type { Store } from '#store/store.ts'
import { revokeKey } from '#trust/change-root.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import { nextRoot, signRoot, verifyNextRoot, type VerifiedRoot } from '#trust/root.ts'
import {
  createTestOrganisation,
  testDocuments,
  type TestOrganisation,
} from '../../tests/support/organisation.ts'
import type { BuiltRelease } from './build-release.ts'
import { isNewer, payloadOf, signHead, verifyHead } from './head.ts'
import { openRelease, type VerifiedRelease } from './open-release.ts'
import { publishRelease } from './publish.ts'
import { resignHead } from './resign-head.ts'
import { verifyStore } from './verify-store.ts'

const code = (code: string) => expect.objectContaining({ code })
const department = 'hemtjanst'
const issued = new Date('2026-05-01T08:00:00Z')
let organisation: TestOrganisation
let store: Store
let release: VerifiedRelease
let root: VerifiedRoot
let built: BuiltRelease

/** The publisher of the department is revoked; what it published last is good. */
beforeAll(async () => {
  organisation = await createTestOrganisation()
  store = createMemoryStore()
  await organisation.publish(store, department)
  ;({ release } = await organisation.publish(store, department, testDocuments(department, '+46701740606'))) // prettier-ignore
  const { kid } = organisation.publishers[department]!
  const revoked = revokeKey(organisation.root, { kid, issued })
  const { bytes } = await signRoot(revoked.root, organisation.rootKeys.slice(0, 1))
  root = await verifyNextRoot(bytes, organisation.root)
  await store.putIfAbsent('root/2.jws', bytes)
  built = await resignHead({ head: release.head, root, signer: organisation.rootKeys[0]!, issued })
})

const blob = async (hash: string) => organisation.blobs.get(hash)
const openWith = async (bytes: Uint8Array, under = root) =>
  openRelease({
    head: await verifyHead(bytes, { root: under, department }),
    blob,
    epochKey: await importEpochKey(organisation.epochs[department]!.key, { extractable: false }),
  })

describe('signing the last good head again', () => {
  it('[R50] gives the same content under the new generation, number 1, and the edition stays', async () => {
    expect(built).toMatchObject({ department, gen: 2, v: 1, edition: 2, blobs: [] })
    const opened = await openWith(built.head)
    expect(opened.documents).toEqual(release.documents)
    expect(opened.publishedBy).toBe('Enhetschef hemtjanst')
    expect(opened.head).toMatchObject({ prev: release.headHash, root: { v: 2, hash: root.hash } })
    expect(opened.blobs).toEqual(release.blobs)
    expect(isNewer(opened, release)).toBe(true)
  })

  it('[R50] nothing the old key signs counts any more, whatever number it takes', async () => {
    const old = organisation.publishers[department]!
    for (const change of [{}, { v: 9_999_999_999 }, { gen: 2, v: 2 }, { gen: 3 }]) {
      const { bytes } = await signHead({ ...payloadOf(release.head), ...change }, old)
      await expect(verifyHead(bytes, { root, department })).rejects.toEqual(code('jws-signer'))
    }
    // A head of the generation before does not come back either, whoever signs it.
    const again = await signHead(payloadOf(release.head), organisation.rootKeys[1]!)
    await expect(verifyHead(again.bytes, { root, department })).rejects.toEqual(code('head-gen'))
    await expect(verifyHead(built.head, { root: organisation.root, department })).rejects.toEqual(
      code('head-gen'),
    )
  })

  it('[R50] keeps fields of a later app', async () => {
    const later = await signHead(
      { ...payloadOf(release.head), colour: 'blue' } as never,
      organisation.publishers[department]!,
    )
    const head = await verifyHead(later.bytes, { root: organisation.root, department })
    const again = await resignHead({ head, root, signer: organisation.rootKeys[0]!, issued })
    expect(await verifyHead(again.head, { root, department })).toMatchObject({ colour: 'blue' })
  })

  it('[R51] takes a root key, the same organisation, and a generation that is new', async () => {
    const { head } = release
    const signer = organisation.rootKeys[0]!
    const resign = async (change: object) => resignHead({ head, root, signer, issued, ...change })
    await expect(resign({ signer: organisation.publishers.gemensamt! })).rejects.toEqual(
      code('build-signer'),
    )
    await expect(resign({ root: organisation.root })).rejects.toEqual(code('build-gen'))
    const neighbour = await createTestOrganisation()
    await expect(resign({ root: neighbour.root, signer: neighbour.rootKeys[0]! })).rejects.toEqual(
      code('head-organisation'),
    )
    const elsewhere = await createTestOrganisation({ departments: ['gemensamt'] })
    const foreign = { ...elsewhere.root, organisation: head.org } as VerifiedRoot
    await expect(resign({ root: foreign, signer: elsewhere.rootKeys[0]! })).rejects.toEqual(
      code('department-unknown'),
    )
    expect(await resign({ v: 7 })).toMatchObject({ gen: 2, v: 7 })
  })

  it('[R42] a store that was revoked verifies, and says where a head still has to be signed', async () => {
    const before = await verifyStore(store, { organisation: organisation.organisation })
    expect(before.problems).toContainEqual(
      expect.objectContaining({
        path: 'd/hemtjanst/head/0002-0000000001.jws',
        code: 'head-missing',
      }),
    )
    expect(await publishRelease(store, built)).toBe('published')
    const after = await verifyStore(store, { organisation: organisation.organisation })
    expect(after.problems).toEqual([])
    // Run again it finds its own head there, or a head of its own number.
    expect(await publishRelease(store, built)).toBe('published')
    const twice = await resignHead({ head: release.head, root, signer: organisation.rootKeys[1]!, issued }) // prettier-ignore
    expect(await publishRelease(store, twice)).toBe('taken')
  })

  it('[R41] a head by somebody the root no longer names is not the newest of a store', async () => {
    const own = await createTestOrganisation()
    const other = createMemoryStore()
    await own.publish(other, department)
    await own.publish(other, department)
    // Taken out of the root without a new generation: signed by hand, nothing of ours does it.
    const departments = {
      ...own.root.departments,
      [department]: { ...own.root.departments[department]!, publish: [], start: [] },
    }
    const next = nextRoot(own.root, { issued: issued.toISOString(), departments })
    await other.putIfAbsent('root/2.jws', (await signRoot(next, own.rootKeys.slice(0, 1))).bytes)
    const { problems } = await verifyStore(other)
    expect(problems).toMatchObject([{ path: 'd/hemtjanst/latest', code: 'latest-wrong' }])
  })
})
