import { beforeEach, describe, expect, it } from 'vitest'
import { buildRelease } from '#release/build-release.ts'
import { publishRelease } from '#release/publish.ts'
import { headPath, latestPath } from '#store/layout.ts'
import type { Store } from '#store/store.ts'
import { approve } from '#sync/manage/approve.ts'
import { beginGenerations } from '#sync/manage/begin-generations.ts'
import { changeStores } from '#sync/manage/change-stores.ts'
import { finish } from '#sync/manage/finish.ts'
import { followStoreRoot } from '#sync/manage/follow-store-root.ts'
import { newestHead } from '#sync/manage/newest-head.ts'
import type { Office } from '#sync/manage/office.ts'
import { recentVersions } from '#sync/manage/recent-versions.ts'
import { replaceRecovery } from '#sync/manage/replace-recovery.ts'
import { replaceRootKey } from '#sync/manage/replace-root-key.ts'
import { revoke } from '#sync/manage/revoke.ts'
import { rotate } from '#sync/manage/rotate.ts'
import { unfinishedDepartments } from '#sync/manage/unfinished.ts'
import { wipe } from '#sync/manage/wipe.ts'
import { createAgreementKey, createSigningKey } from '#trust/keys.ts'
import type { AgreementKey, Kid, SigningKey } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { testDocuments } from '../support/organisation.ts'
import {
  createStoppedStore,
  createTestOffice,
  createTestPerson,
  type TestOffice,
  type TestPerson,
} from '../support/office.ts'

/*
 * A stolen key has published something false. The coordinator revokes it and chooses the version before; the root
 * is sent, and then the line breaks. Where each test begins: version 3 is true, version 4 is the thief's.
 */
const department = 'hemtjanst'
const [trueNumber, falseNumber] = ['+46701111111', '+46900000000']
const role = 'Enhetschef natt'
let test: TestOffice
let thief: TestPerson
let other: TestPerson
let newRootKey: SigningKey
let newRecovery: AgreementKey

beforeEach(async () => {
  test = await createTestOffice()
  ;[thief, other] = [await createTestPerson(), await createTestPerson()]
  newRootKey = await createSigningKey({ extractable: true })
  newRecovery = await createAgreementKey({ extractable: true })
  await approve(test.office(), requestOf(thief), { departments: [department] })
  await publish(publisher().signing, trueNumber)
  await publish(thief.signing, falseNumber)
})

const publisher = () => test.publishers[department]!

function requestOf(person: TestPerson, departments = [department]) {
  const [signing, agreement] = [person.signing.jwk, person.agreement.jwk]
  return { organisation: test.organisation, signing, agreement, role, departments }
}

/** @param options.under a root that is no longer the newest: a thief who owns the host publishes by it */
async function publish(
  signer: SigningKey,
  number: string,
  { under, id = department }: { under?: VerifiedRoot; id?: string } = {},
): Promise<void> {
  const root = under ?? (await followStoreRoot(test.store, test.root))
  const { release, epoch } = (await test.office().open(id, root))!
  const built = await buildRelease({
    root,
    department: id,
    documents: testDocuments(id, number),
    signer,
    issued: new Date(),
    epoch,
    previous: release,
  })
  expect(await publishRelease(test.store, built)).toBe('published')
}

/** The newest version, as somebody saw it who chose. */
async function seen(v: number) {
  const root = await followStoreRoot(test.store, test.root)
  const gone = thief.signing.kid
  const versions = await recentVersions(test.office(), root, department, { gone })
  const { hash } = versions.find((one) => one.v === v)!
  return { [department]: { v, hash } }
}

/** Revokes a key, and the line breaks when the root has been sent. */
async function stop(kid: Kid, keep?: Awaited<ReturnType<typeof seen>>): Promise<void> {
  const { store } = createStoppedStore(test.writeStore(), 1)
  await expect(
    revoke(test.office({ store }), { kid, ...(keep && { keep }) }),
  ).rejects.toMatchObject({ code: 'unreachable' })
}

async function numberIn(store: Store): Promise<string> {
  const writeStore = test.writeStore(store)
  const root = await followStoreRoot(writeStore, test.root)
  const { release } = (await test.office({ store: writeStore }).open(department, root))!
  return /\+46\d+/.exec(JSON.stringify(release.documents))![0]
}

async function headIn(store: Store) {
  return newestHead(store, await followStoreRoot(store, test.root), department)
}

async function contentsOf(store: Store): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const path of await store.list('')) {
    const bytes = (await store.get(path, { maxBytes: 4 * 1024 * 1024 }))!
    found[path] = Buffer.from(bytes).toString('base64')
  }
  return found
}

/** Each signs heads of home care where its generation is to be begun. */
const others: Record<string, (office: Office) => Promise<unknown>> = {
  'approving a publisher': (office) =>
    approve(office, requestOf(other), { departments: [department] }),
  'approving the thief once more': (office) =>
    approve(office, requestOf(thief), { departments: [department] }),
  'a new code': (office) =>
    rotate(office, { department, leaveOut: [], phones: {}, signer: test.rootKeys[0]! }),
  'a new code of gemensamt': (office) =>
    rotate(office, {
      department: 'gemensamt',
      leaveOut: [],
      phones: {},
      signer: test.rootKeys[0]!,
    }),
  'a new recovery key': (office) =>
    replaceRecovery(office, { recovery: newRecovery, extraKeys: [test.rootKeys[1]!] }),
  'a new root key': (office) =>
    replaceRootKey(office, {
      gone: test.rootKeys[2]!.kid,
      jwk: newRootKey.jwk,
      extraKeys: [test.rootKeys[1]!],
    }),
  'wiping another phone': (office) => wipe(office, { devices: [other.signing.kid] }),
  'revoking another publisher there': (office) => revoke(office, { kid: publisher().signing.kid }),
  'revoking a publisher elsewhere': (office) =>
    revoke(office, { kid: test.publishers['krisledning']!.signing.kid }),
  'finishing it and choosing nothing': (office) =>
    finish(office, { departments: [department], keep: {} }),
  'publishing, which begins the generation first': async (office) =>
    beginGenerations(office, await followStoreRoot(office.store, office.root), [department]),
}

describe('a revocation that was stopped before its heads', () => {
  it.each(Object.entries(others))(
    '[M13] %s chooses no version: nothing is sent, and afterwards it works',
    async (_, run) => {
      const keep = await seen(3)
      await stop(thief.signing.kid, keep)
      const store = await test.copy()
      const before = await contentsOf(store)
      const office = test.office({ store: test.writeStore(store) })
      const unsaid = [{ department, gone: thief.signing.kid }]
      await expect(run(office)).rejects.toMatchObject({ code: 'keep-unsaid', unsaid })
      expect(await contentsOf(store)).toEqual(before)

      await revoke(office, { kid: thief.signing.kid, keep })
      expect(await numberIn(store)).toBe(trueNumber)
      await run(office)
      // Whatever has been done since stands on the version that was chosen.
      const recovery = [test.recovery, newRecovery]
      const reader = test.office({ store: test.writeStore(store), keys: { recovery } })
      const release = (await reader.open(department, await followStoreRoot(store, test.root)))!
        .release
      expect(JSON.stringify(release.documents)).toContain(trueNumber)
      expect(release.edition).toBeGreaterThan(3)
    },
  )

  it('[M13] another question about the department sends whoever asks to the first one', async () => {
    await stop(thief.signing.kid, await seen(3))
    const root = await followStoreRoot(test.store, test.root)
    const versions = (gone: Kid) => recentVersions(test.office(), root, department, { gone })
    await expect(versions(publisher().signing.kid)).rejects.toMatchObject({ code: 'keep-unsaid' })
    const asked = await versions(thief.signing.kid)
    expect(asked.map(({ gen, v, isByGone }) => [gen, v, isByGone])).toEqual([
      [1, 4, true],
      [1, 3, false],
      [1, 2, false],
    ])
  })

  it('[M13] is told with the key that went, and finished without another root', async () => {
    const keep = await seen(3)
    await stop(thief.signing.kid, keep)
    const office = test.office()
    const root = await followStoreRoot(test.store, test.root)
    const gone = thief.signing.kid
    expect(await unfinishedDepartments(office, root)).toEqual([
      { department, gone, role, isUnsaid: true },
    ])
    const done = await finish(office, { departments: [department], keep })
    expect(done.root.hash).toBe(root.hash)
    expect(done.departments).toEqual([{ department, gen: 2, v: 1, outcome: 'published' }])
    expect(await numberIn(test.store)).toBe(trueNumber)
    expect(await unfinishedDepartments(office, root)).toEqual([])
  })

  it('[M13] hinders nobody who does not sign there: other departments, leaving the host', async () => {
    await stop(thief.signing.kid, await seen(3))
    const office = test.office()
    const departments = ['krisledning']
    await approve(office, requestOf(other, departments), { departments })
    const stores = [{ url: 'https://b.example/', write: true }]
    expect((await changeStores(office, { stores })).root.stores).toEqual(stores)
    expect(await headIn(test.store)).toBeUndefined()
  })

  it('[M13] names every department at once, and signs nothing elsewhere before', async () => {
    const departments = ['gemensamt', 'krisledning']
    await approve(test.office(), requestOf(thief, departments), { departments })
    await publish(thief.signing, falseNumber, { id: 'krisledning' })
    await stop(thief.signing.kid, await seen(3))
    const before = await contentsOf(test.store)
    const gone = thief.signing.kid
    const unsaid = [department, 'krisledning'].map((id) => ({ department: id, gone }))
    await expect(others['a new code of gemensamt']!(test.office())).rejects.toMatchObject({
      code: 'keep-unsaid',
      unsaid,
    })
    expect(await contentsOf(test.store)).toEqual(before)
  })

  it('[M10] [M13] a host that hides heads of the generation in force keeps no key from going', async () => {
    const { root } = await revoke(test.office(), { kid: thief.signing.kid, keep: await seen(3) })
    const { gen, v, edition, hash } = (await headIn(test.store))!
    const store = test.writeStore()
    const hiding: typeof store = {
      ...store,
      get: async (path, options) =>
        path.startsWith(`d/${department}/head/0002`) ? undefined : await store.get(path, options),
    }
    const held = (id: string) => (id === department ? { gen, v, edition, hash } : undefined)
    const { kid } = test.publishers['krisledning']!.signing
    await expect(revoke(test.office({ root, store: hiding, held }), { kid })).rejects.toMatchObject(
      { code: 'head-behind' },
    )
    expect((await followStoreRoot(test.store, root)).keys).not.toHaveProperty(kid)
  })

  it('[M7] goes on by itself where the newest version is by somebody who is still named', async () => {
    await publish(publisher().signing, '+46702222222')
    await stop(thief.signing.kid)
    const root = await followStoreRoot(test.store, test.root)
    const gone = thief.signing.kid
    expect(await unfinishedDepartments(test.office(), root)).toEqual([
      { department, gone, role, isUnsaid: false },
    ])
    await approve(test.office(), requestOf(other), { departments: [department] })
    expect(await numberIn(test.store)).toBe('+46702222222')
  })

  it('[M11] [M13] the next key that goes is asked about among the versions of before', async () => {
    await publish(publisher().signing, '+46702222222')
    await stop(thief.signing.kid)
    const root = await followStoreRoot(test.store, test.root)
    const { kid } = publisher().signing
    const versions = await recentVersions(test.office(), root, department, { gone: kid })
    expect(versions.map(({ v, isByGone }) => [v, isByGone]).slice(0, 2)).toEqual([
      [5, true],
      [4, false],
    ])
    const none = { [department]: { v: 3, hash: '0'.repeat(64) } }
    await expect(revoke(test.office(), { kid, keep: none })).rejects.toMatchObject({
      code: 'head-missing',
    })
    expect((await followStoreRoot(test.store, test.root)).hash).toBe(root.hash)
    await revoke(test.office(), { kid, keep: { [department]: 3 } })
    expect((await headIn(test.store))?.gen).toBe(3)
    expect(await numberIn(test.store)).toBe(trueNumber)
  })

  it('[M13] a host that shows the false version late gets nothing signed either', async () => {
    await publish(publisher().signing, '+46702222222')
    const before = await followStoreRoot(test.store, test.root)
    await stop(thief.signing.kid)
    await publish(thief.signing, falseNumber, { under: before })
    const store = test.writeStore()
    let looks = 0
    // Hidden in both looks beforehand and at what there is in the new generation; shown when it is to be signed.
    const late: typeof store = {
      ...store,
      get: async (path, options) => {
        if (path === latestPath(department)) looks++
        if (path === headPath(department, 1, 6) && looks < 4) return undefined
        return store.get(path, options)
      },
    }
    const root = await followStoreRoot(test.store, test.root)
    await expect(
      beginGenerations(test.office({ store: late }), root, [department]),
    ).rejects.toMatchObject({ code: 'keep-unsaid' })
    expect(looks).toBe(4)
    expect(await headIn(test.store)).toBeUndefined()
  })
})
