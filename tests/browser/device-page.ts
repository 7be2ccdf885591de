import { DeviceError } from '#device/device-error.ts'
import { organisationDatabaseName } from '#device/names.ts'
import { openDevice, type Device, type DeviceOptions } from '#device/open-device.ts'
import { listReadingCopy, currentReadingCopyPage } from '#device/reading-copy/reading-copy.ts'
import { createSync, type Sync } from '#sync/sync.ts'
import { decodeInvitation } from '#trust/invitation.ts'
import { decodeRestorePayload } from '#trust/restore-payload.ts'

/**
 * What the device's tests do in a real browser: this page is bundled and opened, and each test calls
 * it. It is the composition that the app's main makes, without the screens.
 */
const scope = '/'
const base = new URL('./', location.href).href

let device: Device
let sync: Sync

/** Ways in which a browser lets the database down. */
const faults = {
  /** `open` that never fires, for the first `count` calls. */
  silentOpen(count: number): IDBFactory {
    let calls = 0
    return factory((name, version) => {
      calls += 1
      // A request of an open transaction-less kind that nothing ever happens to.
      if (calls <= count) return new EventTarget() as unknown as IDBOpenDBRequest
      return indexedDB.open(name, version)
    })
  },
  /** Dexie's way (with a version) never fires; opening what is there (without one) does. */
  silentDexie(): IDBFactory {
    return factory((name, version) =>
      version === undefined
        ? indexedDB.open(name)
        : (new EventTarget() as unknown as IDBOpenDBRequest),
    )
  },
  refusedOpen(): IDBFactory {
    return factory(() => {
      throw new DOMException('denied', 'SecurityError')
    })
  },
}

function factory(open: IDBFactory['open']): IDBFactory {
  return {
    open,
    cmp: indexedDB.cmp.bind(indexedDB),
    databases: indexedDB.databases.bind(indexedDB),
    deleteDatabase: indexedDB.deleteDatabase.bind(indexedDB),
  }
}

const page = {
  /** How many times shorter pauses are than a phone makes them. */
  haste: 1,
  async open(fault?: { name: keyof typeof faults; count?: number }, patienceMs = 300) {
    const change: Partial<DeviceOptions> = fault
      ? { indexedDB: faults[fault.name](fault.count ?? 1), patienceMs }
      : {}
    device = await openDevice({
      scope,
      now: () => new Date(),
      indexedDB,
      keyRange: IDBKeyRange,
      caches,
      locks: navigator.locks,
      createChannel: (name) => new BroadcastChannel(name),
      storage: navigator.storage,
      ...change,
    })
    // The compiler compares the two rooms here, which do not import each other.
    sync = createSync({
      device: device.sync,
      fetch: fetch.bind(globalThis),
      clock: {
        now: () => new Date(),
        after: (ms, run) => {
          const timer = setTimeout(run, ms / page.haste)
          return () => clearTimeout(timer)
        },
      },
      random: Math.random,
      locks: navigator.locks,
      timeoutMs: 20_000,
    })
  },
  get device() {
    return device
  },
  get sync() {
    return sync
  },
  join: (text: string) => device.join(decodeInvitation(text), { base }),
  restore: (text: string) => device.restore(decodeRestorePayload(text), { base }),
  /** What can be said of the state in JSON. */
  async state() {
    const { departments, organisations, problem, roles, givenKeys, fingerprint } =
      await device.load()
    return {
      organisations,
      roles,
      givenKeys,
      problem,
      fingerprint,
      departments: departments.map(({ release, ...rest }) => ({
        ...rest,
        v: release?.v,
        number: release && JSON.stringify(release.documents).match(/\+46\d+/)?.[0],
        documents: release?.documents.length,
      })),
    }
  },
  readingCopy: {
    page: (address: string) => currentReadingCopyPage(caches, scope, address),
    list: () => listReadingCopy(caches, scope),
  },
  /** Pages of a copy, as the app would draw them. `failAt` throws in the middle. */
  *pages(text: string, count = 3, failAt = -1) {
    for (let i = 0; i < count; i++) {
      if (i === failAt) throw new Error('cannot be drawn')
      yield { address: `/d/hemtjanst/routine/${i}`, title: `Sida ${i}`, html: text, lang: 'sv' }
    }
  },
  databaseOf: (organisation: string) => organisationDatabaseName(scope, organisation),
  /** Every row of a table, past the device. */
  async rows(organisation: string, table: string): Promise<Record<string, unknown>[]> {
    const database = await page.raw(organisation)
    const request = database.transaction(table).objectStore(table).getAll()
    const rows = await new Promise<Record<string, unknown>[]>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    database.close()
    return rows
  },
  /** Changes every row of a table, past the device: what a damaged memory does. */
  async damage(organisation: string, table: string, alter: (row: Record<string, unknown>) => void) {
    const database = await page.raw(organisation)
    const transaction = database.transaction(table, 'readwrite')
    const store = transaction.objectStore(table)
    const request = store.openCursor()
    request.onsuccess = () => {
      const cursor = request.result
      if (!cursor) return
      const row = cursor.value as Record<string, unknown>
      alter(row)
      cursor.update(row)
      cursor.continue()
    }
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
    database.close()
  },
  /** Overwrites fields of every row of a table with something of the same type. */
  spoil: (organisation: string, table: string, fields: readonly string[]) =>
    page.damage(organisation, table, (row) => {
      for (const field of fields) {
        row[field] = row[field] instanceof Uint8Array ? new Uint8Array(3) : 'nothing'
      }
    }),
  raw(organisation: string): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(page.databaseOf(organisation))
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  },
  /** The code of what something throws; undefined when it does not. */
  async codeOf(work: () => Promise<unknown>): Promise<string | undefined> {
    try {
      await work()
      return undefined
    } catch (error) {
      return error instanceof DeviceError ? error.code : `other: ${String(error)}`
    }
  },
}

export type DevicePage = typeof page
declare global {
  interface Window {
    planb: DevicePage
  }
}
window.planb = page
