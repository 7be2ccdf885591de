import { verifyHead } from '#release/head.ts'
import { recoverEpochKey, unwrapForDevice } from '#release/open-keys.ts'
import { openRelease } from '#release/open-release.ts'
import { verifyStore } from '#release/verify-store.ts'
import { createMemoryStore } from '#store/memory.ts'
import { fromBase64url, hexOf, toBase64url } from '#trust/bytes.ts'
import { checkWords } from '#trust/check-words.ts'
import { deriveSealKey, importEpochKey, type EpochKey } from '#trust/epoch-key.ts'
import { decodeInvitation } from '#trust/invitation.ts'
import { createAgreementKey, createSigningKey } from '#trust/keys.ts'
import { decodeRestorePayload, restoreKeys } from '#trust/restore-payload.ts'
import { verifyFirstRoot } from '#trust/root.ts'
import { openCompressed, sealCompressed } from '#trust/seal.ts'
import { createTestOrganisation, testDocuments } from '../support/organisation.ts'

/** What `trust` and `release` do in a real browser: bundled, opened, and called by trust.test.ts. */

/** Objects of a store and what opens them, as text that crosses from one engine to another. */
export interface Shipment {
  objects: Record<string, string>
  invitation: string
  coordinator: string
}

const department = 'hemtjanst'
const place = { organisation: 'a'.repeat(64), department, epoch: 1, kind: 'pack' } as const

/** Makes an organisation here and packs it up. */
export async function ship(): Promise<Shipment> {
  const organisation = await createTestOrganisation()
  const store = createMemoryStore()
  await organisation.publish(store, department)
  await organisation.publish(store, department, testDocuments(department, '+46701740606'))
  const objects: Record<string, string> = {}
  for (const path of await store.list('')) {
    objects[path] = toBase64url((await store.get(path, { maxBytes: 1e7 }))!)
  }
  const invitation = organisation.invitationText(department)
  return { objects, invitation, coordinator: await organisation.coordinatorText() }
}

/** Opens what another engine has packed up: as a member, and as the coordinator. */
export async function receive({ objects, invitation, coordinator }: Shipment) {
  const joined = decodeInvitation(invitation)
  const blob = async (hash: string) => fromBase64url(objects[`b/${hash}`]!)
  const root = await verifyFirstRoot(fromBase64url(objects['root/1.jws']!), joined.organisation)
  const headPath = `d/${department}/head/0001-0000000002.jws`
  const head = await verifyHead(fromBase64url(objects[headPath]!), { root, department })
  const epochKey = await importEpochKey(joined.epochKey, { extractable: false })
  const release = await openRelease({ head, blob, epochKey })
  const keys = await restoreKeys(decodeRestorePayload(coordinator), root, { extractable: true })
  const recovered = await recoverEpochKey({ head, blob, recovery: keys.recovery! })
  return {
    title: root.title,
    words: checkWords(root.organisation),
    publishedBy: release.publishedBy,
    documents: release.documents.map(({ kind, id }) => `${kind}/${id}`).toSorted(),
    changes: release.changes.map(({ fields }) => fields),
    isRecovered: hexOf(recovered) === hexOf(joined.epochKey),
    restored: keys.signing!.kid === root.root.kids[0],
  }
}

/** [R40] Everything published here holds, and a byte that is changed is found. */
export async function checkStore() {
  const { objects } = await ship()
  const altered = { ...objects, [Object.keys(objects)[0]!]: 'AAAA' }
  const storeOf = (all: Record<string, string>) => ({
    get: async (path: string) => (all[path] ? fromBase64url(all[path]) : undefined),
    list: async () => Object.keys(all),
  })
  const good = await verifyStore(storeOf(objects))
  return { good: good.problems, altered: (await verifyStore(storeOf(altered))).problems.length }
}

/** [T22] A reader's epoch key and a device's keys come back from the database, and cannot be read out. */
export async function keepKeys() {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  const epochKey = await importEpochKey(bytes, { extractable: false })
  const agreement = await createAgreementKey({ extractable: false })
  const device = await createSigningKey({ extractable: false })
  const database = await openDatabase()
  const writing = database.transaction('keys', 'readwrite').objectStore('keys')
  await request(writing.put({ epochKey, agreement, device }, 'all'))
  const reading = database.transaction('keys').objectStore('keys')
  const stored = (await request(reading.get('all'))) as {
    epochKey: EpochKey
    agreement: typeof agreement
    device: typeof device
  }
  const key = await deriveSealKey(epochKey, 'content')
  const sealed = await sealCompressed(new Uint8Array([1, 2, 3]), key, place)
  const storedKey = await deriveSealKey(stored.epochKey, 'content')
  const organisation = await createTestOrganisation()
  const { release } = await organisation.publish(createMemoryStore(), department, undefined, {
    recipients: { [stored.device.kid]: stored.agreement.jwk },
  })
  const unwrapped = await unwrapForDevice({
    head: release.head,
    blob: async (hash) => organisation.blobs.get(hash),
    device: stored.device.kid,
    agreement: stored.agreement,
  })
  const read = await crypto.subtle.exportKey('raw', stored.epochKey.base).catch(() => 'refused')
  return {
    opened: [...(await openCompressed(sealed, storedKey, place, 10))],
    read,
    isUnwrapped: hexOf(unwrapped) === hexOf(organisation.epochs[department]!.key),
    extractable: [stored.agreement.key.extractable, stored.device.key.extractable],
  }
}

/** [R12] Code of what a small blob that inflates to 100 MB is refused with, and in how many milliseconds. */
export async function openBomb() {
  const epochKey = await importEpochKey(new Uint8Array(32), { extractable: false })
  const key = await deriveSealKey(epochKey, 'content')
  const bomb = await sealCompressed(new Uint8Array(100_000_000), key, place)
  const start = performance.now()
  const code = await openCompressed(bomb, key, place, 1_000_000).catch(
    (error: { code: string }) => error.code,
  )
  return { size: bomb.length, code, ms: performance.now() - start }
}

async function openDatabase(): Promise<IDBDatabase> {
  const opening = indexedDB.open('trust-test', 1)
  opening.onupgradeneeded = () => void opening.result.createObjectStore('keys')
  return request(opening)
}

function request<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error!)
  })
}

if (typeof window !== 'undefined') {
  Object.assign(window, { trust: { ship, receive, checkStore, keepKeys, openBomb } })
}
