import { beforeEach, describe, expect, it } from 'vitest'
import { buildRelease } from '#release/build-release.ts'
import { beforeOldest, listVersions } from '#release/versions.ts'
import { blobPath, headPath } from '#store/layout.ts'
import type { Store } from '#store/store.ts'
import { approve } from '#sync/manage/approve.ts'
import { createOpen } from '#sync/manage/create-open.ts'
import { followStoreRoot } from '#sync/manage/follow-store-root.ts'
import { openVersion, type VersionReader } from '#sync/manage/open-version.ts'
import { publishDrafts } from '#sync/manage/publish-drafts.ts'
import { revoke } from '#sync/manage/revoke.ts'
import { rotate } from '#sync/manage/rotate.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import { createTestOffice, createTestPerson, type TestOffice } from '../support/office.ts'
import { testDocuments } from '../support/organisation.ts'

const department = 'hemtjanst'
let test: TestOffice
let store: Store

beforeEach(async () => {
  test = await createTestOffice()
  store = test.store
})

const coordinator = () => test.office({ store: test.writeStore(store) })
const numberOf = (documents: unknown) => /\+46\d+/.exec(JSON.stringify(documents))?.[0]

async function current() {
  const root = await followStoreRoot(store, test.root)
  return (await coordinator().open(department, root))!.release
}

/** Publishes another number, as the coordinator does; an earlier root where a key signs that has gone. */
async function publishNumber(number: string, reason = '') {
  const { documents } = await current()
  const name = `${department}/contacts/contacts`
  const contacts = documents.find(({ kind }) => kind === 'contacts')!.body
  const body = testDocuments(department, number).find(({ kind }) => kind === 'contacts')!.body
  const drafts = [{ name, base: { body: contacts }, body }]
  const signer = test.rootKeys[0]!
  const result = await publishDrafts(coordinator(), { department, drafts, signer, reason })
  expect(result).toMatchObject({ outcome: 'published' })
}

const reader = (more: Partial<VersionReader> = {}): VersionReader => ({
  store,
  root: test.root,
  recovery: [test.recovery],
  ...more,
})
const open = async (gen: number, v: number, more: Partial<VersionReader> = {}) => {
  const opened = await openVersion(reader(more), department, { gen, v })
  return opened.outcome === 'opened'
    ? [opened.release.v, numberOf(opened.release.documents)]
    : opened
}

describe('[R29] the versions of a department', () => {
  it('are told with role, time and reason, newest first; what changed no content only where it is in force', async () => {
    expect(listVersions(await current())).toMatchObject([{ gen: 1, v: 1, edition: 1, changes: [] }])
    expect(beforeOldest(listVersions(await current()))).toBeUndefined()
    await publishNumber('+46701740611', 'Ny jour')
    await rotate(coordinator(), {
      department,
      leaveOut: [],
      phones: {},
      signer: test.rootKeys[0]!,
    })
    await publishNumber('+46701740612')
    const by = 'Beredskapssamordnare'
    const versions = listVersions(await current())
    expect(versions).toMatchObject([
      { gen: 1, v: 4, edition: 4, by, changes: [{ id: 'contacts', change: 'changed' }] },
      { gen: 1, v: 2, edition: 2, by, reason: 'Ny jour', changes: [{ id: 'contacts' }] },
    ])
    expect(versions[0]).not.toHaveProperty('reason')
    expect(beforeOldest(versions)).toEqual({ gen: 1, v: 1 })
    const person = await createTestPerson()
    await approve(
      coordinator(),
      {
        organisation: test.organisation,
        signing: person.signing.jwk,
        agreement: person.agreement.jwk,
        role: 'Ny',
        departments: [department],
      },
      { departments: [department] },
    )
    expect(listVersions(await current()).map(({ v, changes }) => [v, changes.length])).toEqual([
      [5, 0],
      [4, 1],
      [2, 1],
    ])
  })
})

describe('[M50] an old version', () => {
  it('opens across epochs and generations, each with its own key and root', async () => {
    await publishNumber('+46701740611')
    await rotate(coordinator(), { department, leaveOut: [], phones: {}, signer: test.rootKeys[0]! })
    await publishNumber('+46701740612')
    await revoke(coordinator(), { kid: test.publishers[department]!.signing.kid })
    await publishNumber('+46701740613')
    expect((await current()).gen).toBe(2)
    expect(await open(1, 1)).toEqual([1, '+46701740605'])
    expect(await open(1, 2)).toEqual([2, '+46701740611'])
    expect(await open(1, 4)).toEqual([4, '+46701740612'])
    expect(await open(2, 2)).toEqual([2, '+46701740613'])
    // Above the newest, what is in force is the newest.
    expect(await open(2, 9)).toEqual([2, '+46701740613'])
    expect(await open(3, 1)).toEqual({ outcome: 'gone' })
  })

  it('opens with a key that is held and cannot be handed on; without one it says so', async () => {
    await publishNumber('+46701740611')
    await rotate(coordinator(), { department, leaveOut: [], phones: {}, signer: test.rootKeys[0]! })
    const { key } = test.epochs[department]!
    const old = await importEpochKey(key, { extractable: false })
    const wrong = await importEpochKey(new Uint8Array(32), { extractable: false })
    const heldKeys = async (_: string, epoch: number) => (epoch === 1 ? [wrong, old] : [])
    const phone = { recovery: [], heldKeys }
    expect(await open(1, 1, phone)).toEqual([1, '+46701740605'])
    expect(await open(1, 3, phone)).toEqual({ outcome: 'no-key', epoch: 2 })
  })

  it('is told as gone where its objects are, and what follows still opens', async () => {
    await publishNumber('+46701740611')
    await publishNumber('+46701740612')
    const opened = await openVersion(reader(), department, { gen: 1, v: 2 })
    if (opened.outcome !== 'opened') throw new Error(opened.outcome)
    await store.remove(blobPath(opened.release.head.manifest[0]))
    expect(await open(1, 2)).toEqual({ outcome: 'gone' })
    expect(await open(1, 3)).toEqual([3, '+46701740612'])
    await store.remove(headPath(department, 1, 1))
    expect(await open(1, 1)).toEqual({ outcome: 'gone' })
  })

  it('steps over what does not verify, and takes nothing that the newest does not descend from', async () => {
    await store.putIfAbsent(headPath(department, 1, 2), new TextEncoder().encode('none'))
    await publishNumber('+46701740611')
    expect(await open(1, 2)).toEqual([1, '+46701740605'])
    expect(await open(1, 3)).toEqual([3, '+46701740611'])
    // A key that has gone signs under the number of an old version; the host shows that one.
    const { signing } = test.publishers[department]!
    const old = (await createOpen(reader())(department, test.root))!
    await publishNumber('+46701740612')
    await revoke(coordinator(), { kid: signing.kid })
    const forged = await buildRelease({
      root: test.root,
      department,
      documents: testDocuments(department, '+46900000000'),
      signer: signing,
      issued: new Date(),
      epoch: old.epoch,
      previous: old.release,
    })
    await store.remove(headPath(department, 1, 4))
    for (const { hash, bytes } of forged.blobs) await store.putIfAbsent(blobPath(hash), bytes)
    await store.putIfAbsent(headPath(department, 1, 4), forged.head)
    expect(await open(1, 4)).toEqual({ outcome: 'gone' })
  })
})
