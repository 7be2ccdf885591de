import { buildRelease } from '#release/build-release.ts'
import { createEpochSecret, type EpochSecret } from '#release/epoch-secret.ts'
import { publishRelease } from '#release/publish.ts'
import { createLocalWriteStore } from '#server/local-write-store.ts'
import { createMemoryStore } from '#store/memory.ts'
import type { Store } from '#store/store.ts'
import { createOpen, type OpenOptions } from '#sync/manage/create-open.ts'
import type { Office } from '#sync/manage/office.ts'
import { SendError } from '#sync/send-error.ts'
import type { WriteStore } from '#sync/write-store.ts'
import {
  createAgreementKey,
  createSigningKey,
  type AgreementKey,
  type SigningKey,
} from '#trust/keys.ts'
import { createFirstRoot, verifyFirstRoot } from '#trust/root.ts'
import { testDocuments } from './organisation.ts'

/** A person's device: what it signs with, and what keys are wrapped for. */
export interface TestPerson {
  signing: SigningKey
  agreement: AgreementKey
}

export async function createTestPerson(): Promise<TestPerson> {
  return {
    signing: await createSigningKey({ extractable: true }),
    agreement: await createAgreementKey({ extractable: true }),
  }
}

export const issued = new Date('2026-03-12T08:00:00Z')

/** An organisation with one publisher a department, all published, and what is needed to manage it. */
export type TestOffice = Awaited<ReturnType<typeof createTestOffice>>

export async function createTestOffice(
  store: Store = createMemoryStore(),
  departments = ['gemensamt', 'hemtjanst', 'krisledning'],
) {
  const rootKeys = await Promise.all([1, 2, 3].map(() => createSigningKey({ extractable: true })))
  const recovery = await createAgreementKey({ extractable: true })
  const publishers: Record<string, TestPerson> = {}
  const epochs: Record<string, EpochSecret> = {}
  for (const id of departments) {
    publishers[id] = await createTestPerson()
    epochs[id] = await createEpochSecret(1)
  }
  const first = await createFirstRoot({
    title: 'Testkommunen',
    issued,
    rootKeys,
    recovery: recovery.jwk,
    departments: departments.map((id) => {
      const { signing, agreement } = publishers[id]!
      const { kid, jwk } = signing
      const role = `Enhetschef ${id}`
      return {
        id,
        title: `Verksamheten ${id}`,
        publishers: [{ kid, jwk, role, agreement: agreement.jwk }],
      }
    }),
    stores: [{ url: 'store/', write: true }],
  })
  const root = await verifyFirstRoot(first.bytes, first.hash)
  await store.putIfAbsent('root/1.jws', first.bytes)
  for (const department of departments) {
    const { signing, agreement } = publishers[department]!
    const built = await buildRelease({
      root,
      department,
      documents: testDocuments(department),
      signer: signing,
      issued,
      epoch: epochs[department]!,
      recipients: { [signing.kid]: agreement.jwk },
      ...(department !== 'gemensamt' && {
        common: {
          epochKey: epochs['gemensamt']!.key,
          epoch: 1,
          floor: { gen: 1, v: 1 },
        },
      }),
    })
    await publishRelease(store, built)
  }
  const organisation = first.hash
  let seconds = 0

  const self = {
    organisation,
    root,
    rootBytes: first.bytes,
    rootKeys,
    recovery,
    publishers,
    epochs,
    store,
    /** Each call is a minute later. */
    now: () => new Date(Date.now() + 60_000 * seconds++),

    /** A store by the server's rules over this one, or a copy of it. */
    writeStore: (over: Store = store): WriteStore =>
      createLocalWriteStore(over, { organisation, allowExample: true, now: () => new Date() }),

    /** The coordinator's: one root key and the recovery key. */
    office(change: Partial<Office> & { keys?: Partial<OpenOptions> } = {}): Office {
      const { keys, ...rest } = change
      const writeStore = rest.store ?? self.writeStore()
      return {
        store: writeStore,
        root,
        rootKeys: [rootKeys[0]!],
        now: () => new Date(),
        open: createOpen({ store: writeStore, recovery: [recovery], ...keys }),
        ...rest,
      }
    },

    /** A copy of everything as it lies there now. */
    async copy(): Promise<Store> {
      const target = createMemoryStore()
      for (const path of await store.list('')) {
        const bytes = (await store.get(path, { maxBytes: 4 * 1024 * 1024 }))!
        if (/latest$|beat\.jws$/.test(path)) await target.replace(path, bytes)
        else await target.putIfAbsent(path, bytes)
      }
      return target
    },
  }
  return self
}

/** A store that takes so many writes; the answer to the last one is lost, and whoever sent it is dead. */
export function createStoppedStore(store: WriteStore, writes: number) {
  let count = 0
  const write = async <T>(action: () => Promise<T>): Promise<T> => {
    if (++count > writes) throw new SendError('unreachable', 'stopped')
    const result = await action()
    if (count === writes) throw new SendError('unreachable', 'stopped')
    return result
  }
  const stopped: WriteStore = {
    get: (path, options) => store.get(path, options),
    sendRoot: (bytes) => write(() => store.sendRoot(bytes)),
    sendRelease: (department, built) => write(() => store.sendRelease(department, built)),
    sendBeat: (department, bytes) => write(() => store.sendBeat(department, bytes)),
    sendEntry: (department, bytes) => write(() => store.sendEntry(department, bytes)),
    entriesAfter: (department, after) => store.entriesAfter(department, after),
  }
  return { store: stopped, count: () => count }
}
