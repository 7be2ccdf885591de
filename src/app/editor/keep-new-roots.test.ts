import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { LIMITS, rootPath } from '#store/layout.ts'
import { StoreError } from '#store/store.ts'
import { changeStores } from '#sync/manage/change-stores.ts'
import { utf8 } from '#trust/bytes.ts'
import { nextRoot, signRoot } from '#trust/root.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { createMemoryDevice } from '../../../tests/support/memory-device.ts'
import { createTestOffice, type TestOffice } from '../../../tests/support/office.ts'
import { keepNewRoots } from './keep-new-roots.ts'

let test: TestOffice
/** Root 2, which the phone does not have yet. */
let second: VerifiedRoot
let phone: ReturnType<typeof createMemoryDevice>

beforeEach(async () => {
  test = await createTestOffice()
  const stores = [{ url: 'https://data.example/store/', write: true }]
  second = (await changeStores(test.office(), { stores })).root
  const invitation = {
    organisation: test.organisation,
    department: 'hemtjanst',
    root: { v: 1, hash: test.organisation },
    floor: { gen: 1, v: 1, epoch: 1 },
    id: 'AAAAAAAA',
    epochKey: new Uint8Array(32),
    flags: 0,
  }
  phone = createMemoryDevice([invitation], 'https://planb.example/')
})

const keep = (store = test.writeStore()) =>
  keepNewRoots({ sync: phone.device }, { store, root: test.root })
const kept = () => phone.roots().map(({ hash }) => hash)

describe('the roots that follow the one a phone holds', () => {
  it('[S4] are kept as far as they verify, whatever lies after them', async () => {
    const stranger = await createTestOffice()
    const garbage = [
      new Uint8Array(),
      new Uint8Array(randomBytes(400)),
      utf8('<!doctype html><title>Logga in</title>'),
      utf8('null'),
      utf8('{"payload":"","signatures":[]}'),
      stranger.rootBytes,
      new Uint8Array(LIMITS.root + 1),
    ]
    const honest = test.writeStore()
    for (const bytes of garbage) {
      const get: typeof honest.get = async (path, options) => {
        if (path !== rootPath(3)) return await honest.get(path, options)
        if (bytes.length <= options.maxBytes) return bytes
        throw new StoreError('too-large', `${path} is too large`, { path })
      }
      await keep({ ...honest, get })
      expect(kept(), `${bytes.length} bytes`).toEqual([second.hash])
    }
  })

  it('are kept before it is said that the store answered no more, or that the app is too old', async () => {
    const honest = test.writeStore()
    const get: typeof honest.get = async (path, options) => {
      if (path !== rootPath(3)) return await honest.get(path, options)
      throw new StoreError('unreachable', 'no answer', { path })
    }
    await expect(keep({ ...honest, get })).rejects.toMatchObject({ code: 'unreachable' })
    expect(kept()).toEqual([second.hash])

    const later = nextRoot(second, { issued: new Date().toISOString() })
    const { bytes } = await signRoot({ ...later, minFormat: 99 }, test.rootKeys)
    await test.store.putIfAbsent(rootPath(3), bytes)
    await expect(keep()).rejects.toMatchObject({ code: 'format-newer' })
    expect(kept()).toEqual([second.hash])
  })

  it('garbage in the place of the very next one changes nothing', async () => {
    const honest = test.writeStore()
    const get: typeof honest.get = async (path, options) =>
      path === rootPath(2) ? new Uint8Array(randomBytes(400)) : await honest.get(path, options)
    await keep({ ...honest, get })
    expect(kept()).toEqual([])
  })
})
