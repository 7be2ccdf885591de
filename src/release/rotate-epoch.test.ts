import { beforeAll, describe, expect, it } from 'vitest'
import { createMemoryStore } from '#store/memory.ts'
import type { Store } from '#store/store.ts'
import { wipeDevices } from '#trust/change-root.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import {
  createAgreementKey,
  createSigningKey,
  type AgreementKey,
  type Kid,
  type PublicJwk,
} from '#trust/keys.ts'
import { signRoot, verifyNextRoot } from '#trust/root.ts'
import { createTestOrganisation, type TestOrganisation } from '../../tests/support/organisation.ts'
import { verifyHead } from './head.ts'
import { openKeys, recoverEpochKey, unwrapForDevice } from './open-keys.ts'
import { openRelease, type VerifiedRelease } from './open-release.ts'
import { publishRelease } from './publish.ts'
import { rotateEpoch } from './rotate-epoch.ts'
import { verifyStore } from './verify-store.ts'

const code = (code: string) => expect.objectContaining({ code })
const department = 'hemtjanst'
const issued = new Date('2026-05-01T08:00:00Z')
let organisation: TestOrganisation
let store: Store
let release: VerifiedRelease
let phones: { kid: Kid; agreement: AgreementKey }[]

const phone = async () => ({
  kid: (await createSigningKey({ extractable: false })).kid,
  agreement: await createAgreementKey({ extractable: false }),
})
const recipientsOf = (some: typeof phones): Record<Kid, PublicJwk> =>
  Object.fromEntries(some.map(({ kid, agreement }) => [kid, agreement.jwk]))
const blob = async (hash: string) => organisation.blobs.get(hash)

beforeAll(async () => {
  organisation = await createTestOrganisation()
  store = createMemoryStore()
  phones = await Promise.all([1, 2, 3].map(phone))
  ;({ release } = await organisation.publish(store, department))
})

async function rotate(change: object = {}) {
  const rotated = await rotateEpoch({
    previous: release,
    root: organisation.root,
    signer: organisation.publishers[department]!,
    issued,
    recipients: recipientsOf(phones.slice(0, 2)),
    ...change,
  })
  for (const { hash, bytes } of rotated.built.blobs) organisation.blobs.set(hash, bytes)
  return rotated
}

describe('a new epoch', () => {
  it('[R56] seals everything anew; those who stay open it, who is left out does not', async () => {
    const { built, epoch } = await rotate()
    const { root } = organisation
    const head = await verifyHead(built.head, { root, department })
    expect(head).toMatchObject({ epoch: 2, gen: 1, v: 2, edition: 2 })
    const old = new Set(release.blobs.map(({ hash }) => hash))
    expect([head.manifest, ...head.blobs].every(([hash]) => !old.has(hash))).toBe(true)
    expect(head.memberKey).not.toEqual(release.head.memberKey)
    for (const { kid, agreement } of phones.slice(0, 2)) {
      const key = await unwrapForDevice({ head, blob, device: kid, agreement })
      expect(key).toEqual(epoch.key)
      const epochKey = await importEpochKey(key, { extractable: false })
      expect((await openRelease({ head, blob, epochKey })).documents).toEqual(release.documents)
    }
    const { kid: device, agreement } = phones[2]!
    await expect(unwrapForDevice({ head, blob, device, agreement })).rejects.toEqual(
      code('keys-not-for-us'),
    )
    const epochKey = await importEpochKey(organisation.epochs[department]!.key, {
      extractable: true,
    })
    await expect(openRelease({ head, blob, epochKey })).rejects.toEqual(code('seal-refused'))
    // What was held before stays readable to everybody.
    expect((await openRelease({ head: release.head, blob, epochKey })).documents).toEqual(
      release.documents,
    )
    expect(await recoverEpochKey({ head, blob, recovery: organisation.recovery })).toEqual(
      epoch.key,
    )
    expect(await publishRelease(store, built)).toBe('published')
    expect((await verifyStore(store)).problems).toEqual([])
  })

  it('[R57] names the keys of those who stay, so that the next publisher can do it again', async () => {
    const first = await rotate()
    const { root } = organisation
    const head = await verifyHead(first.built.head, { root, department })
    const keys = await openKeys({ head, blob })
    expect(keys.agreement).toEqual(recipientsOf(phones.slice(0, 2)))
    const epochKey = await importEpochKey(first.epoch.key, { extractable: true })
    const previous = await openRelease({ head, blob, epochKey })
    const second = await rotate({ previous, recipients: keys.agreement })
    expect(second.epoch.epoch).toBe(3)
    const later = await verifyHead(second.built.head, { root, department })
    const { kid: device, agreement } = phones[1]!
    expect(await unwrapForDevice({ head: later, blob, device, agreement })).toEqual(
      second.epoch.key,
    )
  })

  it('[R54] leaves wiped devices out, whoever names them', async () => {
    const [lost] = phones as [(typeof phones)[0]]
    const change = wipeDevices(organisation.root, { devices: [lost.kid], issued })
    const { bytes } = await signRoot(change, organisation.rootKeys.slice(0, 1))
    const root = await verifyNextRoot(bytes, organisation.root)
    const { built } = await rotate({ root })
    const head = await verifyHead(built.head, { root, department })
    expect(Object.keys((await openKeys({ head, blob })).wraps)).toEqual([phones[1]!.kid])
  })

  it('[R56] hands on a new key of gemensamt where one is given', async () => {
    const common = {
      epochKey: new Uint8Array(32).fill(7),
      epoch: 4,
      floor: { gen: 1, v: 9 },
    }
    const { built, epoch } = await rotate({ common })
    const head = await verifyHead(built.head, { root: organisation.root, department })
    const epochKey = await importEpochKey(epoch.key, { extractable: false })
    expect((await openRelease({ head, blob, epochKey })).common).toEqual({
      ...common,
      floor: { ...common.floor, epoch: 4 },
    })
  })

  it('[R56] begun by a root key it still says who published', async () => {
    const { built, epoch } = await rotate({ signer: organisation.rootKeys[0] })
    const head = await verifyHead(built.head, { root: organisation.root, department })
    const epochKey = await importEpochKey(epoch.key, { extractable: false })
    const opened = await openRelease({ head, blob, epochKey })
    expect(opened.publishedBy).toBe('Enhetschef hemtjanst')
    expect(opened.changes).toEqual([])
  })

  it('[R20] is begun by a publisher or a root key', async () => {
    const stranger = await createSigningKey({ extractable: false })
    await expect(rotate({ signer: stranger })).rejects.toEqual(code('build-signer'))
    await expect(rotate({ signer: organisation.rootKeys[2] })).resolves.toBeDefined()
    expect((await rotate({ v: 30 })).built.v).toBe(30)
  })
})
