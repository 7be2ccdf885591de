import { beforeEach, describe, expect, it } from 'vitest'
import { blobPath, headPath, latestPath, rootPath, versionName } from '#store/layout.ts'
import { createMemoryStore } from '#store/memory.ts'
import { StoreError, type Store } from '#store/store.ts'
import {
  createTestOrganisation,
  testDocuments,
  type TestOrganisation,
} from '../../tests/support/organisation.ts'
import {
  blobPathOf,
  headPathOf,
  latestPathOf,
  parsePlace,
  placeText,
  rootPathOf,
} from './object-paths.ts'
import { publishRelease } from './publish.ts'
import { verifyStore } from './verify-store.ts'

const department = 'hemtjanst'
let organisation: TestOrganisation
let store: Store

beforeEach(async () => {
  organisation = await createTestOrganisation()
  store = createMemoryStore()
  await organisation.publishRoot(store)
})

async function latest(): Promise<string> {
  return new TextDecoder().decode(await store.get(latestPath(department), { maxBytes: 64 }))
}

describe('publishing', () => {
  it('[R30] of two publishers exactly one wins', async () => {
    const [a, b] = await Promise.all([
      organisation.build(department),
      organisation.build(department, testDocuments(department, '+46701740606')),
    ])
    const outcomes = await Promise.all([publishRelease(store, a), publishRelease(store, b)])
    expect(outcomes.toSorted()).toEqual(['published', 'taken'])
    expect((await verifyStore(store)).problems).toEqual([])
  })

  it('[R30] stopped after any write, the store holds, and publishing can be run again', async () => {
    const built = await organisation.build(department)
    for (let stopAfter = 0; stopAfter < 6; stopAfter++) {
      const inner = createMemoryStore()
      await organisation.publishRoot(inner)
      let writes = 0
      const count = () => {
        if (writes++ === stopAfter) throw new StoreError('unreachable', 'cut')
      }
      const cut = {
        get: (path: string, options: { maxBytes: number }) => inner.get(path, options),
        putIfAbsent: async (path: string, bytes: Uint8Array) => (
          count(),
          inner.putIfAbsent(path, bytes)
        ),
        replace: async (path: string, bytes: Uint8Array) => (count(), inner.replace(path, bytes)),
      }
      const outcome = await publishRelease(cut, built).catch((error: StoreError) => error.code)
      expect(outcome).toBe(stopAfter < 5 ? 'unreachable' : 'published')
      expect((await verifyStore(inner)).problems).toEqual([])
      expect(await publishRelease(inner, built)).toBe('published')
      expect((await inner.list('')).length).toBe(6)
    }
  })

  it('[R31] the hint goes up, never down, and is mended', async () => {
    await organisation.publish(store, department)
    const second = await organisation.publish(store, department)
    expect(await latest()).toBe('0001-0000000002')
    const early = await organisation.build(department, undefined, { previous: undefined, v: 1 })
    expect(await publishRelease(store, early)).toBe('taken')
    await store.replace(latestPath(department), new TextEncoder().encode('nonsense'))
    expect(await publishRelease(store, second.built)).toBe('published')
    expect(await latest()).toBe('0001-0000000002')
    await store.replace(latestPath(department), new TextEncoder().encode('0001-0000000009'))
    await publishRelease(store, second.built)
    expect(await latest()).toBe('0001-0000000009')
  })

  it('writes the paths the store knows', () => {
    const hash = 'a'.repeat(64)
    expect(headPathOf(department, 12, 345)).toBe(headPath(department, 12, 345))
    expect(latestPathOf(department)).toBe(latestPath(department))
    expect(rootPathOf(7)).toBe(rootPath(7))
    expect(blobPathOf(hash)).toBe(blobPath(hash))
    expect(placeText(1, 2)).toBe(versionName(1, 2))
    expect(parsePlace(placeText(9999, 9_999_999_999))).toEqual({ gen: 9999, v: 9_999_999_999 })
    expect(parsePlace('1-2')).toBeUndefined()
  })
})
