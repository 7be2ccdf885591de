import { createMemoryStore } from '#store/memory.ts'
import { createSync, type SyncOptions } from '#sync/sync.ts'
import type { SyncOutcome, SyncProgress } from '#sync/progress.ts'
import type { Invitation } from '#trust/invitation.ts'
import { createMemoryDevice } from './memory-device.ts'
import { createTestOrganisation, testDocuments } from './organisation.ts'
import { createStoreServer } from './store-server.ts'

export const realClock = {
  now: () => new Date(),
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** Numbers in the test's documents: which one is shown tells which release is. */
export const numbers = ['+46701740605', '+46701740606', '+46701740607'] as const

/**
 * An organisation with a published release of `hemtjanst` and of `gemensamt`, on a real HTTP server.
 * What is opened is closed by `close`.
 */
export async function createPublished() {
  const organisation = await createTestOrganisation()
  const store = createMemoryStore()
  const closing: { close(): Promise<void> }[] = []
  await organisation.publish(store, 'gemensamt')
  const { epoch, key } = organisation.epochs.gemensamt!
  const common = { epoch, epochKey: key, floor: { gen: 1, v: 1 } }
  await organisation.publish(store, 'hemtjanst', testDocuments('hemtjanst'), { common })
  const server = await createStoreServer(store)
  closing.push(server)
  return {
    organisation,
    store,
    server,
    /** Publishes hemtjanst with another phone number. */
    change: (number: string = numbers[1]) =>
      organisation.publish(store, 'hemtjanst', testDocuments('hemtjanst', number)),
    /** A further server over a store of its own: a mirror. */
    async mirror() {
      const copy = createMemoryStore()
      const mirror = await createStoreServer(copy)
      closing.push(mirror)
      return { store: copy, server: mirror, url: `${mirror.base}store/` }
    },
    /** Copies everything as it is now. */
    async copyTo(target: typeof store) {
      for (const path of await store.list('')) {
        const bytes = (await store.get(path, { maxBytes: 4 * 1024 * 1024 }))!
        if (path.endsWith('latest')) await target.replace(path, bytes)
        else await target.putIfAbsent(path, bytes)
      }
    },
    /** A phone with an invitation to hemtjanst. */
    phone(options: PhoneOptions = {}) {
      const { invitation, ...rest } = options
      const invited = { ...organisation.invitation('hemtjanst'), ...invitation }
      return createSyncedPhone(invited, server.base, rest)
    },
    close: () => Promise.all(closing.splice(0).map((one) => one.close())),
  }
}
export type Published = Awaited<ReturnType<typeof createPublished>>

type PhoneOptions = Partial<SyncOptions> & {
  invitation?: Partial<Invitation>
  /** With it the phone follows up its rounds. */
  identity?: Parameters<typeof createMemoryDevice>[2]
}

export function createSyncedPhone(
  invitation: Invitation,
  base: string,
  { identity, ...options }: Omit<PhoneOptions, 'invitation'>,
) {
  const memory = createMemoryDevice([invitation], base, identity)
  const progress: SyncProgress[] = []
  const sync = createSync({
    device: memory.device,
    fetch,
    clock: realClock,
    random: Math.random,
    // Patient: a machine may be busy. Tests of silent hosts name a shorter one.
    timeoutMs: 20_000,
    log: () => undefined,
    ...options,
  })
  sync.onProgress((one) => progress.push(one))
  return {
    ...memory,
    sync,
    progress,
    /** Version and number that hemtjanst shows. */
    shown: () => {
      const release = memory.current.get('hemtjanst')
      const number = release && JSON.stringify(release.documents).match(/\+46\d+/)?.[0]
      return release && { v: release.v, number }
    },
    async result(reason: 'open' | 'tick' | 'joined' = 'open', department = 'hemtjanst') {
      return resultOf(await sync.syncNow(reason), department)
    },
  }
}

/** `updated`, or `failed full`: result and code of a department. */
export function resultOf(outcome: SyncOutcome, department: string): string | undefined {
  if (outcome.kind !== 'synced') return outcome.kind
  const one = outcome.departments.find((each) => each.department === department)
  return one && [one.result, one.code].filter((part) => part !== undefined).join(' ')
}
