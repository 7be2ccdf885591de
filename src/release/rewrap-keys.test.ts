import { beforeAll, describe, expect, it } from 'vitest'
import { createMemoryStore } from '#store/memory.ts'
import type { Store } from '#store/store.ts'
import { approvePublisher, replaceRecovery, wipeDevices } from '#trust/change-root.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import {
  createAgreementKey,
  createSigningKey,
  type AgreementKey,
  type SigningKey,
} from '#trust/keys.ts'
import { signRoot, verifyNextRoot, type VerifiedRoot } from '#trust/root.ts'
import type { Root } from '#trust/root-schema.ts'
import { createTestOrganisation, type TestOrganisation } from '../../tests/support/organisation.ts'
import { createEpochSecret } from './epoch-secret.ts'
import { payloadOf, verifyHead, type VerifiedHead } from './head.ts'
import type { Keys } from './manifest.ts'
import { openKeys, recoverEpochKey, unwrapForDevice } from './open-keys.ts'
import { openRelease, type VerifiedRelease } from './open-release.ts'
import { publishRelease } from './publish.ts'
import { rewrapKeys } from './rewrap-keys.ts'
import { versionCode } from './version-code.ts'
import { verifyStore } from './verify-store.ts'

const code = (code: string) => expect.objectContaining({ code })
const department = 'hemtjanst'
const issued = new Date('2026-05-01T08:00:00Z')
let organisation: TestOrganisation
let store: Store
let release: VerifiedRelease
let keys: Keys
let root: VerifiedRoot
let manager: { signing: SigningKey; agreement: AgreementKey }
let phone: { signing: SigningKey; agreement: AgreementKey }

const device = async () => ({
  signing: await createSigningKey({ extractable: false }),
  agreement: await createAgreementKey({ extractable: false }),
})
const blob = async (hash: string) => organisation.blobs.get(hash)
const next = async (change: Root, current: VerifiedRoot, count = 1) => {
  const { bytes } = await signRoot(change, organisation.rootKeys.slice(0, count))
  return { bytes, root: await verifyNextRoot(bytes, current) }
}

/** A phone has a wrap already; a manager is approved. */
beforeAll(async () => {
  organisation = await createTestOrganisation()
  store = createMemoryStore()
  ;[manager, phone] = [await device(), await device()]
  ;({ release } = await organisation.publish(store, department, undefined, {
    recipients: { [phone.signing.kid]: phone.agreement.jwk },
  }))
  keys = await openKeys({ head: release.head, blob })
  const approved = await next(
    approvePublisher(organisation.root, {
      ...manager.signing,
      agreement: manager.agreement.jwk,
      role: 'Enhetschef Norr',
      departments: [department],
      issued,
    }),
    organisation.root,
  )
  root = approved.root
  await store.putIfAbsent('root/2.jws', approved.bytes)
})

const rewrap = async (change: object = {}) => {
  const built = await rewrapKeys({
    previous: release,
    keys,
    epoch: organisation.epochs[department]!,
    root,
    signer: organisation.rootKeys[0]!,
    issued,
    add: { [manager.signing.kid]: manager.agreement.jwk },
    ...change,
  })
  for (const { hash, bytes } of built.blobs) organisation.blobs.set(hash, bytes)
  return built
}
const keyOf = (head: VerifiedHead, { signing, agreement }: typeof manager) =>
  unwrapForDevice({ head, blob, device: signing.kid, agreement })

describe('wrapping for one more', () => {
  it('[R53] [R58] hands the epoch’s key to a manager who was let in; nothing else is new', async () => {
    const built = await rewrap()
    expect(built).toMatchObject({ department, gen: 1, v: 2, edition: release.edition })
    expect(built.blobs).toHaveLength(1)
    const head = await verifyHead(built.head, { root, department })
    const { keys: _keys, ...same } = payloadOf(head)
    const { keys: _before, ...before } = payloadOf(release.head)
    expect(same).toEqual({
      ...before,
      v: 2,
      prev: release.headHash,
      root: { v: 2, hash: root.hash },
      issued: issued.toISOString(),
    })
    expect(versionCode(head)).toBe(versionCode(release.head))
    const secret = organisation.epochs[department]!.key
    expect(await keyOf(head, manager)).toEqual(secret)
    expect(await keyOf(head, phone)).toEqual(secret)
    expect(await recoverEpochKey({ head, blob, recovery: organisation.recovery })).toEqual(secret)
    const epochKey = await importEpochKey(await keyOf(head, manager), { extractable: true })
    const opened = await openRelease({ head, blob, epochKey })
    expect(opened.documents).toEqual(release.documents)
    expect(opened.publishedBy).toBe('Enhetschef hemtjanst')
    expect(await publishRelease(store, built)).toBe('published')
    expect((await verifyStore(store)).problems).toEqual([])
  })

  it('[R54] keeps wraps and keys of the others, and what a later app added', async () => {
    expect(keys.agreement).toEqual({ [phone.signing.kid]: phone.agreement.jwk })
    const { head } = await rewrap({ keys: { ...keys, colour: 'blue' } })
    const after = await openKeys({ head: await verifyHead(head, { root, department }), blob })
    expect(after.wraps[phone.signing.kid]).toBe(keys.wraps[phone.signing.kid])
    expect(after).toMatchObject({
      colour: 'blue',
      agreement: {
        [phone.signing.kid]: phone.agreement.jwk,
        [manager.signing.kid]: manager.agreement.jwk,
      },
    })
  })

  it('[R54] leaves wiped devices out', async () => {
    const wiped = await next(wipeDevices(root, { devices: [phone.signing.kid], issued }), root)
    const built = await rewrap({ root: wiped.root })
    const head = await verifyHead(built.head, { root: wiped.root, department })
    const after = await openKeys({ head, blob })
    expect(Object.keys(after.wraps)).toEqual([manager.signing.kid])
    expect(Object.keys(after.agreement ?? {})).toEqual([manager.signing.kid])
    await expect(keyOf(head, phone)).rejects.toEqual(code('keys-not-for-us'))
    const again = await rewrap({
      root: wiped.root,
      add: { [phone.signing.kid]: phone.agreement.jwk },
    })
    const lost = await verifyHead(again.head, { root: wiped.root, department })
    await expect(keyOf(lost, phone)).rejects.toEqual(code('keys-not-for-us'))
  })

  it('[R53] wraps for a new recovery key, and no longer for the one before', async () => {
    const recovery = await createAgreementKey({ extractable: false })
    const changed = await next(replaceRecovery(root, { jwk: recovery.jwk, issued }), root, 2)
    const built = await rewrap({ root: changed.root, add: {} })
    const head = await verifyHead(built.head, { root: changed.root, department })
    const secret = organisation.epochs[department]!.key
    expect(await recoverEpochKey({ head, blob, recovery })).toEqual(secret)
    await expect(recoverEpochKey({ head, blob, recovery: organisation.recovery })).rejects.toEqual(
      code('wrap-refused'),
    )
  })

  it('[R55] takes a publisher or root key, and keys of this epoch and place', async () => {
    await expect(rewrap({ signer: phone.signing })).rejects.toEqual(code('build-signer'))
    await expect(rewrap({ signer: manager.signing })).resolves.toBeDefined()
    const neighbour = await createTestOrganisation()
    const bad = [
      { epoch: await createEpochSecret(1) },
      { epoch: { ...organisation.epochs[department]!, epoch: 2 } },
      { keys: { ...keys, epoch: 2 } },
      { keys: { ...keys, department: 'gemensamt' } },
      { root: neighbour.root, signer: neighbour.rootKeys[0]! },
    ]
    for (const change of bad) await expect(rewrap(change)).rejects.toEqual(code('build-epoch'))
    const elsewhere = await createTestOrganisation({ departments: ['gemensamt'] })
    await expect(rewrap({ root: elsewhere.root })).rejects.toEqual(code('department-unknown'))
    const point = { ...manager.agreement.jwk, y: 'A'.repeat(43) }
    await expect(rewrap({ add: { [manager.signing.kid]: point } })).rejects.toEqual(
      code('key-malformed'),
    )
    const many = Array.from({ length: 3000 }, (_, i) => [`${String(i).padStart(42, 'A')}A`, 'x'.repeat(1500)]) // prettier-ignore
    await expect(rewrap({ keys: { ...keys, wraps: Object.fromEntries(many) } })).rejects.toEqual(
      code('build-size'),
    )
    expect(await rewrap({ v: 12 })).toMatchObject({ v: 12 })
  })
})
