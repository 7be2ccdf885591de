import { DeviceError } from '#device/device-error.ts'
import { openDevice, type Device, type DeviceOptions } from '#device/open-device.ts'
import { listReadingCopy, readingCopyPage } from '#device/reading-copy/reading-copy.ts'
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

const page = {
  async open(change: Partial<DeviceOptions> = {}) {
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
          const timer = setTimeout(run, ms)
          return () => clearTimeout(timer)
        },
      },
      random: Math.random,
      locks: navigator.locks,
      timeoutMs: 1500,
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
    const { departments, organisations, problem, roles, fingerprint } = await device.load()
    return {
      organisations,
      roles,
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
    page: (address: string) => readingCopyPage(caches, scope, address),
    list: () => listReadingCopy(caches, scope),
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
