import { describe, expect, it } from 'vitest'
import { LIMITS, blobPath, headPath, latestPath, rootPath } from './layout.ts'
import { StoreError } from './store.ts'
import type { Store, StoreErrorCode } from './store.ts'

const encoder = new TextEncoder()
const hash = (digit: string) => digit.repeat(64)
const maxBytes = 1024

/**
 * What every store must hold; each adapter's test runs it.
 *
 * @param create an empty store; called once for each test
 */
export function describeStoreContract(name: string, create: () => Promise<Store>): void {
  describe(`${name} keeps the store contract`, () => {
    it('[S1] gives what was put, byte for byte, also no bytes at all', async () => {
      const store = await create()
      const bytes = new Uint8Array([0, 255, 10, 13, 0, 128])
      expect(await store.putIfAbsent(blobPath(hash('a')), bytes)).toBe('stored')
      expect(await store.putIfAbsent(blobPath(hash('b')), new Uint8Array(0))).toBe('stored')
      expect(await store.get(blobPath(hash('a')), { maxBytes })).toEqual(bytes)
      expect(await store.get(blobPath(hash('b')), { maxBytes })).toEqual(new Uint8Array(0))
    })

    it('[S2] tells what is not there from what is, without an error', async () => {
      const store = await create()
      expect(await store.get(rootPath(1), { maxBytes })).toBeUndefined()
      expect(await store.get(headPath('hemtjanst', 1, 1), { maxBytes })).toBeUndefined()
      await store.putIfAbsent(headPath('hemtjanst', 1, 1), encoder.encode('head'))
      expect(await store.get(headPath('hemtjanst', 1, 2), { maxBytes })).toBeUndefined()
    })

    it('[S3] never overwrites: the second writer is told and the first object stays', async () => {
      const store = await create()
      const path = headPath('hemtjanst', 1, 1)
      expect(await store.putIfAbsent(path, encoder.encode('first'))).toBe('stored')
      expect(await store.putIfAbsent(path, encoder.encode('second'))).toBe('exists')
      expect(await text(store, path)).toBe('first')
    })

    it('[S4] of fifty writers at once exactly one wins, and its bytes are the ones kept', async () => {
      const store = await create()
      for (let v = 1; v <= 5; v++) {
        const path = headPath('hemtjanst', 1, v)
        const outcomes = await Promise.all(
          Array.from({ length: 50 }, (_, i) =>
            store.putIfAbsent(path, encoder.encode(`writer ${i}`)),
          ),
        )
        expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(1)
        expect(await text(store, path)).toBe(`writer ${outcomes.indexOf('stored')}`)
      }
    })

    it('[S5] replaces the hint and the beat, and nothing else', async () => {
      const store = await create()
      const latest = latestPath('hemtjanst')
      await store.replace(latest, encoder.encode('0001-0000000001'))
      await store.replace(latest, encoder.encode('0001-0000000002'))
      expect(await text(store, latest)).toBe('0001-0000000002')
      await store.replace('d/hemtjanst/beat.jws', encoder.encode('beat'))
      for (const path of [headPath('hemtjanst', 1, 1), rootPath(1), blobPath(hash('a'))]) {
        await expectCode('bad-path', store.replace(path, encoder.encode('x')))
        expect(await store.get(path, { maxBytes })).toBeUndefined()
      }
    })

    it('[S6] readers beside a writer see the old hint or the new one, never a mixture', async () => {
      const store = await create()
      const latest = latestPath('hemtjanst')
      const names = ['0001-0000000001', '0002-9999999999']
      await store.replace(latest, encoder.encode(names[0]))
      let writing = true
      const writer = (async () => {
        for (let i = 0; i < 40; i++) await store.replace(latest, encoder.encode(names[i % 2]))
        writing = false
      })()
      while (writing) {
        expect(names).toContain(await text(store, latest))
        await new Promise((resolve) => setTimeout(resolve, 0))
      }
      await writer
    })

    it('[S7] stops at the size the reader named', async () => {
      const store = await create()
      await store.putIfAbsent(blobPath(hash('a')), new Uint8Array(1024))
      expect(await store.get(blobPath(hash('a')), { maxBytes: 1024 })).toHaveLength(1024)
      await expectCode('too-large', store.get(blobPath(hash('a')), { maxBytes: 1023 }))
    })

    it('[S8] takes no object above the limit of its kind, and keeps nothing of it', async () => {
      const store = await create()
      await expectCode(
        'too-large',
        store.putIfAbsent(blobPath(hash('a')), new Uint8Array(LIMITS.blob + 1)),
      )
      await expectCode(
        'too-large',
        store.replace(latestPath('hemtjanst'), new Uint8Array(LIMITS.latest + 1)),
      )
      expect(await store.list('')).toEqual([])
    })

    it.each([
      '',
      '../x',
      '/etc/passwd',
      'b/../../x',
      'b/',
      'secret/keys.json',
      '.incoming/x',
      'b/x\0',
    ])('[S9] knows only paths of the layout: %j is refused by every operation', async (path) => {
      const store = await create()
      await expectCode('bad-path', store.get(path, { maxBytes }))
      await expectCode('bad-path', store.putIfAbsent(path, encoder.encode('x')))
      await expectCode('bad-path', store.replace(path, encoder.encode('x')))
      await expectCode('bad-path', store.remove(path))
      await expectCode('bad-path', store.storedAt(path))
    })

    it('[S10] lists what lies under a folder, sorted, and only that', async () => {
      const store = await create()
      const paths = [
        blobPath(hash('b')),
        blobPath(hash('a')),
        headPath('hemtjanst', 1, 2),
        headPath('hemtjanst', 1, 1),
        headPath('hemtjanst-norr', 1, 1),
        rootPath(1),
      ]
      for (const path of paths) await store.putIfAbsent(path, encoder.encode(path))
      expect(await store.list('')).toEqual([...paths].sort())
      expect(await store.list('d/hemtjanst/')).toEqual([paths[3], paths[2]])
      expect(await store.list('d/nobody/')).toEqual([])
      for (const prefix of ['..', '../', '/', 'd', './', 'd/../']) {
        await expectCode('bad-path', store.list(prefix))
      }
    })

    it('[S11] removes an object, and one that is not there without complaint', async () => {
      const store = await create()
      await store.putIfAbsent(rootPath(1), encoder.encode('root'))
      await store.remove(rootPath(1))
      await store.remove(rootPath(1))
      expect(await store.get(rootPath(1), { maxBytes })).toBeUndefined()
      expect(await store.putIfAbsent(rootPath(1), encoder.encode('again'))).toBe('stored')
    })

    it('[S12] keeps its bytes apart from the caller’s', async () => {
      const store = await create()
      const bytes = encoder.encode('root')
      await store.putIfAbsent(rootPath(1), bytes)
      bytes.fill(0)
      const got = await store.get(rootPath(1), { maxBytes })
      got?.fill(0)
      expect(await text(store, rootPath(1))).toBe('root')
    })

    it('[S13] does not begin what was called off', async () => {
      const store = await create()
      const signal = AbortSignal.abort(new Error('called off'))
      await expect(store.get(rootPath(1), { maxBytes, signal })).rejects.toThrow('called off')
    })

    it('[S14] tells when an object was put there, and that it is not there', async () => {
      const store = await create()
      const before = Date.now()
      expect(await store.storedAt(rootPath(1))).toBeUndefined()
      await store.putIfAbsent(rootPath(1), encoder.encode('root'))
      const first = await store.storedAt(rootPath(1))
      // A file system may round down to seconds.
      expect(first).toBeGreaterThanOrEqual(before - 2000)
      expect(first).toBeLessThanOrEqual(Date.now() + 2000)
      await store.putIfAbsent(rootPath(1), encoder.encode('late'))
      expect(await store.storedAt(rootPath(1))).toBe(first)
      await store.remove(rootPath(1))
      expect(await store.storedAt(rootPath(1))).toBeUndefined()
    })
  })
}

async function text(store: Store, path: string): Promise<string> {
  return new TextDecoder().decode(await store.get(path, { maxBytes }))
}

async function expectCode(code: StoreErrorCode, action: Promise<unknown>): Promise<void> {
  const error = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(StoreError)
  expect((error as StoreError).code).toBe(code)
}
