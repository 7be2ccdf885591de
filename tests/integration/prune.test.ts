import { beforeEach, describe, expect, it } from 'vitest'
import { openMirrorSource } from '#cli/mirror/mirror-source.ts'
import { planPrune, prune, type PruneOptions } from '#cli/prune-store.ts'
import { verifyStore } from '#release/verify-store.ts'
import { blobPath, headFolder, headPath } from '#store/layout.ts'
import { createMemoryStore } from '#store/memory.ts'
import type { Store } from '#store/store.ts'
import { approve } from '#sync/manage/approve.ts'
import { confirm } from '#sync/manage/confirm.ts'
import { followStoreRoot } from '#sync/manage/follow-store-root.ts'
import { openVersion } from '#sync/manage/open-version.ts'
import { publishDrafts } from '#sync/manage/publish-drafts.ts'
import { revoke } from '#sync/manage/revoke.ts'
import { rotate } from '#sync/manage/rotate.ts'
import type { SigningKey } from '#trust/keys.ts'
import {
  createStoppedStore,
  createTestOffice,
  createTestPerson,
  type TestOffice,
} from '../support/office.ts'
import { testDocuments } from '../support/organisation.ts'

const department = 'hemtjanst'
let test: TestOffice
let store: Store
const later = () => new Date(Date.now() + 48 * 3600_000)
const usual = (): PruneOptions => ({ keep: 2, olderDays: 0, now: later() })
const office = () => test.office({ store: test.writeStore(store) })
const rootNow = () => followStoreRoot(store, test.root)

beforeEach(async () => {
  test = await createTestOffice()
  store = test.store
})

async function publish(number: string, signer: SigningKey = test.rootKeys[0]!) {
  const { documents } = (await office().open(department, await rootNow()))!.release
  const contactsOf = (all: typeof documents) => all.find(({ kind }) => kind === 'contacts')!.body
  const draft = {
    name: `${department}/contacts/contacts`,
    base: { body: contactsOf(documents) },
    body: contactsOf(testDocuments(department, number)),
  }
  const result = await publishDrafts(office(), { department, drafts: [draft], signer, reason: '' })
  expect(result.outcome).toBe('published')
}
const numberOfTurn = (turn: number) => `+467017406${10 + turn}`
async function publishMany(count: number, signer?: SigningKey) {
  for (let turn = 0; turn < count; turn++) await publish(numberOfTurn(turn), signer)
}
async function run(over: Store = store, options = usual()) {
  const source = await openMirrorSource(over, test.organisation)
  const plan = await planPrune(source, options)
  await prune(source, plan, options)
  return plan
}
const versions = async (over: Store = store) =>
  (await over.list(headFolder(department))).map((path) => /(\d{4})-0*(\d+)\.jws$/.exec(path)![2])
async function expectWhole(over: Store = store) {
  const report = await verifyStore(over, { organisation: test.organisation })
  expect(report.problems).toEqual([])
}

describe('[C1] clearing old versions away', () => {
  it('keeps the newest and one by another key; what is gone is gone, and the store holds', async () => {
    await publishMany(5)
    const before = (await store.list('b/')).length
    const plan = await run()
    // 1 is by the publisher, the others by the coordinator.
    expect(await versions()).toEqual(['1', '5', '6'])
    expect(plan.departments).toMatchObject([{ department, oldestKept: 1, entries: [] }])
    expect((await store.list('b/')).length).toBeLessThan(before)
    await expectWhole()
    const open = (v: number) =>
      openVersion({ store, root: test.root, recovery: [test.recovery] }, department, { gen: 1, v })
    expect((await open(5)).outcome).toBe('opened')
    expect((await open(3)).outcome).toBe('gone')
    // The newest is found as before, and built on.
    const newest = await office().open(department, await rootNow())
    expect(newest?.release.v).toBe(6)
    await publish('+46701740699')
    expect((await office().open(department, await rootNow()))?.release.v).toBe(7)
    expect((await run()).departments).toMatchObject([{ heads: [{ head: { v: 5 } }] }])
    expect((await run()).departments).toEqual([])
    await expectWhole()
  })

  it('no number of a version that is gone is left in any blob that opens', async () => {
    await publishMany(4, test.publishers[department]!.signing)
    const blobs = new Set(await store.list('b/'))
    await run()
    const left = (await store.list('b/')).filter((path) => blobs.has(path))
    const named = new Set<string>()
    const source = await openMirrorSource(store, test.organisation)
    for (const id of Object.keys(test.root.departments)) {
      for (const { head } of (await source.heads(id)).good) {
        for (const [hash] of [head.manifest, head.keys, ...head.blobs]) named.add(blobPath(hash))
      }
    }
    expect(left.filter((path) => !named.has(path))).toEqual([])
    expect(await versions()).toEqual(['4', '5'])
  })

  it('the same content signed again is no version of its own', async () => {
    await publishMany(3)
    const person = await createTestPerson()
    for (const role of ['A', 'B', 'C']) {
      await approve(
        office(),
        {
          organisation: test.organisation,
          signing: (role === 'A' ? person : await createTestPerson()).signing.jwk,
          agreement: person.agreement.jwk,
          role,
          departments: [department],
        },
        { departments: [department] },
      )
    }
    await run()
    expect(await versions()).toEqual(['1', '3', '4', '5', '6', '7'])
    await expectWhole()
  })

  it('a key that is stolen later can still be answered; generations and epochs go with what is in them', async () => {
    const { signing } = test.publishers[department]!
    await publish('+46701740611')
    await publishMany(4, signing)
    await run()
    await revoke(office(), { kid: signing.kid, keep: { [department]: 2 } })
    await expectWhole()
    expect(JSON.stringify((await office().open(department, await rootNow()))!.release.documents)).toContain('+46701740611') // prettier-ignore
    await rotate(office(), { department, leaveOut: [], phones: {}, signer: test.rootKeys[0]! })
    await publishMany(3)
    await run(store, { ...usual(), keep: 1 })
    await expectWhole()
    expect((await office().open(department, await rootNow()))?.release.gen).toBe(2)
  })

  it('leaves what a beat confirms, what was replaced lately, and what a stopped revocation needs', async () => {
    await confirm(office(), department, test.rootKeys[0]!)
    await publishMany(3, test.publishers[department]!.signing)
    expect((await run(store, { ...usual(), olderDays: 30 })).departments).toEqual([])
    await run(store, { ...usual(), keep: 1 })
    expect(await versions()).toEqual(['1', '4'])
    await expectWhole()
    await publishMany(2, test.publishers[department]!.signing)
    const stopped = createStoppedStore(test.writeStore(store), 1).store
    await expect(
      revoke(test.office({ store: stopped }), { kid: test.publishers[department]!.signing.kid }),
    ).rejects.toMatchObject({ code: 'unreachable' })
    const paths = await store.list('')
    expect((await run(store, { ...usual(), keep: 1 })).leftAlone).toEqual([department])
    expect(await store.list('')).toEqual(paths)
  })

  it('removes nothing that may be on its way, nor what a newer app may name', async () => {
    const fresh = new Uint8Array(1024).fill(7)
    const { createHash } = await import('node:crypto')
    const path = blobPath(createHash('sha256').update(fresh).digest('hex'))
    await store.putIfAbsent(path, fresh)
    expect((await run(store, { ...usual(), now: new Date() })).blobs).toEqual([])
    await store.putIfAbsent(headPath('krisledning', 1, 2), new TextEncoder().encode('newer'))
    expect(await run()).toMatchObject({ leftAlone: ['krisledning'], blobs: [] })
    await store.remove(headPath('krisledning', 1, 2))
    expect((await run()).blobs).toEqual([path])
  })
})

describe('[C2] clearing that is stopped', () => {
  it('after any removal: the store holds, and the next run removes the rest', async () => {
    await publishMany(4, test.publishers[department]!.signing)
    const whole = await test.copy()
    await run(whole)
    const wanted = await whole.list('')
    for (let allowed = 0; ; allowed++) {
      const one: Store = await test.copy()
      let left = allowed
      const stopped: Store = {
        ...one,
        remove: async (path) => {
          if (left-- <= 0) throw new Error('stopped')
          await one.remove(path)
        },
      }
      const isWhole = await run(stopped).then(
        () => true,
        () => false,
      )
      await expectWhole(one)
      await run(one)
      expect(await one.list('')).toEqual(wanted)
      if (isWhole) break
      expect(allowed).toBeLessThan(100)
    }
  })

  it('a store of nothing is left as it is', async () => {
    const empty = createMemoryStore()
    expect((await openMirrorSource(empty, test.organisation)).roots).toEqual([])
  })
})
