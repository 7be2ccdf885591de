import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openMirrorSource } from '#cli/mirror/mirror-source.ts'
import { mirrorToServer } from '#cli/mirror/mirror-to-server.ts'
import { rootPath } from '#store/layout.ts'
import type { ReadStore } from '#store/store.ts'
import { createHttpWriteStore } from '#sync/http-write-store.ts'
import { changeStores } from '#sync/manage/change-stores.ts'
import { confirm } from '#sync/manage/confirm.ts'
import { createOpen } from '#sync/manage/create-open.ts'
import { followStoreRoot } from '#sync/manage/follow-store-root.ts'
import { moveStore } from '#sync/manage/move-store.ts'
import { newestHead } from '#sync/manage/newest-head.ts'
import type { Office } from '#sync/manage/office.ts'
import { rotate } from '#sync/manage/rotate.ts'
import type { WriteStore } from '#sync/write-store.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { startHttpServer } from '../support/http-server.ts'
import { createTestOffice, type TestOffice } from '../support/office.ts'
import { createStoreServer } from '../support/store-server.ts'

/*
 * Two real servers: the one that is written to until now, and its mirror, which takes its place.
 */
type Server = Awaited<ReturnType<typeof startHttpServer>>
let test: TestOffice
let old: Server
let next: Server
/** Names both: the old one is written to. */
let root: VerifiedRoot
const ending: (() => Promise<unknown>)[] = []

const storeUrl = (server: { port: number }) => `http://127.0.0.1:${server.port}/store/`
const storeOf = (server: { port: number }): WriteStore =>
  createHttpWriteStore({ base: new URL(storeUrl(server)), fetch, timeoutMs: 20_000 })
const officeOf = (store: WriteStore, held = root): Office => ({
  ...test.office({ store }),
  root: held,
  open: createOpen({ store, recovery: [test.recovery] }),
})
const move = (to = storeOf(next), url = storeUrl(next)) =>
  moveStore(officeOf(storeOf(old)), { url, store: to })
const rootAt = (store: ReadStore, v: number) => store.get(rootPath(v), { maxBytes: 1e6 })

async function mirror(from: Server | { store: ReadStore }, to: Server) {
  const report = { roots: 0, heads: 0, blobs: 0, bytes: 0, entries: 0, problems: [] as string[] }
  const run = { report, progress: () => undefined, checkStopped: () => undefined }
  const source = await openMirrorSource(from.store as Server['store'], test.organisation)
  await mirrorToServer(source, storeOf(to), run, () => Promise.reject(new Error('asked to wait')))
  expect(report.problems).toEqual([])
}

beforeEach(async () => {
  test = await createTestOffice()
  const { organisation } = test
  old = await startHttpServer({ organisation })
  next = await startHttpServer({ organisation })
  ending.push(
    () => old.stop(),
    () => next.stop(),
  )
  await mirror({ store: test.store }, old)
  const stores = [
    { url: storeUrl(old), write: true },
    { url: storeUrl(next), write: false },
  ]
  root = (await changeStores({ ...officeOf(storeOf(old)), root: test.root }, { stores })).root
  await mirror(old, next)
})
afterEach(async () => {
  await Promise.all(ending.splice(0).map((end) => end()))
})

describe('[M30] another store is written to', () => {
  it('both have the root that says so, by one root key, and what is new goes there', async () => {
    const moved = await move()
    expect(moved).toMatchObject({ before: 'told', departments: [] })
    expect(moved.root.stores).toEqual([
      { url: storeUrl(next), write: true },
      { url: storeUrl(old), write: false },
    ])
    expect(await rootAt(old.store, 3)).toEqual(await rootAt(next.store, 3))
    expect((await followStoreRoot(old.store, root)).hash).toBe(moved.root.hash)

    const signer = test.publishers['hemtjanst']!.signing
    const office = officeOf(storeOf(next), moved.root)
    await rotate(office, { department: 'hemtjanst', leaveOut: [], phones: {}, signer })
    await confirm(office, 'hemtjanst', signer)
    expect((await newestHead(next.store, moved.root, 'hemtjanst'))?.v).toBe(2)
    expect((await newestHead(old.store, moved.root, 'hemtjanst'))?.v).toBe(1)
  })

  it('the store before may be gone; it is told by running it again', async () => {
    await old.stop({ keep: true })
    const moved = await move()
    expect([moved.before, moved.root.v]).toEqual(['silent', 3])
    expect(await rootAt(next.store, 3)).toBeDefined()
    old = await startHttpServer({ organisation: test.organisation, folder: old.folder })
    expect(await rootAt(old.store, 3)).toBeUndefined()
    const office = officeOf(storeOf(old), moved.root)
    const again = await moveStore(office, { url: storeUrl(next), store: storeOf(next) })
    expect([again.before, again.root.hash]).toEqual(['told', moved.root.hash])
    expect(await rootAt(old.store, 3)).toEqual(await rootAt(next.store, 3))
    expect(await rootAt(next.store, 4)).toBeUndefined()
  })

  it('the store before may be somebody else’s: empty, or with other roots', async () => {
    const other = await createTestOffice()
    const theirs = await startHttpServer({ organisation: other.organisation })
    ending.push(() => theirs.stop())
    await storeOf(theirs).sendRoot(other.rootBytes)
    const moved = await moveStore(officeOf(storeOf(theirs)), {
      url: storeUrl(next),
      store: storeOf(next),
    })
    expect(moved.before).toBe('silent')
    expect(await rootAt(theirs.store, 2)).toBeUndefined()
    expect((await followStoreRoot(next.store, root)).v).toBe(3)
  })

  it('roots that somebody else has sent meanwhile come along', async () => {
    const stores = [...root.stores, { url: 'https://third.example/', write: false }]
    await changeStores(officeOf(storeOf(old)), { stores })
    const moved = await move()
    expect([moved.before, moved.root.v]).toEqual(['told', 4])
    expect(moved.root.stores.map(({ url, write }) => [url, write])).toEqual([
      [storeUrl(next), true],
      [storeUrl(old), false],
      ['https://third.example/', false],
    ])
    expect(await rootAt(next.store, 3)).toEqual(await rootAt(old.store, 3))
  })
})

describe('[M30] nothing is changed', () => {
  const unchanged = async () => {
    expect(await rootAt(old.store, 3)).toBeUndefined()
    expect(await rootAt(next.store, 3)).toBeUndefined()
  }

  it('where the new one is only read from', async () => {
    const host = await createStoreServer(next.store)
    ending.push(() => host.close())
    host.interfere((_, request, response) => {
      if (request.method !== 'POST') return false
      response.writeHead(405).end()
      return true
    })
    const to = createHttpWriteStore({
      base: new URL('store/', host.base),
      fetch,
      timeoutMs: 20_000,
    })
    await expect(move(to, `${host.base}store/`)).rejects.toMatchObject({ code: 'read-only' })
    await unchanged()
  })

  it('where the new one lacks a version, as the phone or the old one knows', async () => {
    const signer = test.publishers['hemtjanst']!.signing
    const office = officeOf(storeOf(old))
    await rotate(office, { department: 'hemtjanst', leaveOut: [], phones: {}, signer })
    await expect(move()).rejects.toMatchObject({ code: 'head-behind' })
    const { gen, v, edition, hash } = (await newestHead(old.store, root, 'hemtjanst'))!
    await old.stop({ keep: true })
    const held = (department: string) =>
      department === 'hemtjanst' ? { gen, v, edition, hash } : undefined
    const silent = { ...officeOf(storeOf(old)), held }
    await expect(
      moveStore(silent, { url: storeUrl(next), store: storeOf(next) }),
    ).rejects.toMatchObject({ code: 'head-behind' })
    await unchanged()
  })

  it('where the new one has older roots, or another organisation’s', async () => {
    const empty = await startHttpServer({ organisation: test.organisation })
    ending.push(() => empty.stop())
    await storeOf(empty).sendRoot(test.rootBytes)
    await expect(move(storeOf(empty), storeUrl(empty))).rejects.toMatchObject({
      code: 'root-behind',
    })
    const other = await createTestOffice()
    const theirs = await startHttpServer({ organisation: other.organisation })
    ending.push(() => theirs.stop())
    await storeOf(theirs).sendRoot(other.rootBytes)
    await expect(
      moveStore(
        { ...officeOf(storeOf(old)), root: test.root },
        { url: storeUrl(theirs), store: storeOf(theirs) },
      ),
    ).rejects.toMatchObject({ code: 'root-fork' })
    await unchanged()
  })

  it('where no root key is at hand', async () => {
    const office = { ...officeOf(storeOf(old)), rootKeys: [] }
    await expect(
      moveStore(office, { url: storeUrl(next), store: storeOf(next) }),
    ).rejects.toMatchObject({ code: 'root-keys' })
    await unchanged()
  })
})
