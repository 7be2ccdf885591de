import { createHttpStore, HttpStoreError, type HttpStore } from '#store/http.ts'
import { StoreError } from '#store/store.ts'
import type { SyncOrganisation } from './sync-device.ts'

/** The stores of an organisation, the same objects at every sync: with what each said of `latest`. */
export interface AskedStore {
  store: HttpStore
  /** By department: what `latest` was in a round after which nothing was left to do. */
  settledByDepartment: Map<string, SettledHint>
}

export interface SettledHint {
  etag: string
  /** Whether a release was held afterwards; if not, a new code is waited for. */
  isHeld: boolean
}

/** More would only cost the phone. */
const maxStores = 8
/** Places that one root key cannot take: stores that enough keys agreed on, and those of invitations. */
const maxAgreed = 3
const maxMirrors = 2

/**
 * [S3] Addresses of the stores: those the root names, read against the app's address; those of the newest root that
 * enough root keys agreed on, so that one stolen key can add an address but lead no phone away from where the true
 * next root will lie; and those that invitations named. Before the first root: `store/` beside the app.
 */
export function storeAddresses(organisation: SyncOrganisation): string[] {
  const { base, root, agreedStores, mirrors } = organisation
  const named = absolute(root ? root.stores.map(({ url }) => url) : ['store/'], base)
  const reserved = new Set([
    ...absolute(agreedStores, base).slice(0, maxAgreed),
    ...absolute(mirrors, base).slice(-maxMirrors),
  ])
  const others = named.filter((address) => !reserved.has(address))
  const room = new Set(others.slice(0, maxStores - reserved.size))
  const first = named.filter((address) => reserved.has(address) || room.has(address))
  return [...new Set([...first, ...reserved])]
}

/** Only http and https, with a closing slash, each once. */
function absolute(addresses: readonly string[], base: string): string[] {
  const found = addresses.flatMap((address) => {
    try {
      const url = new URL(address, base)
      if (url.protocol !== 'https:' && url.protocol !== 'http:') return []
      if (!url.pathname.endsWith('/')) url.pathname += '/'
      return [url.href]
    } catch {
      return []
    }
  })
  return [...new Set(found)]
}

/** Keeps one store an address, for as long as the app runs. */
export function createStoreKeeper(options: { fetch: typeof globalThis.fetch; timeoutMs: number }) {
  const storeByAddress = new Map<string, AskedStore>()
  return (organisation: SyncOrganisation): AskedStore[] =>
    storeAddresses(organisation).map((address) => {
      const key = `${organisation.id} ${address}`
      const held = storeByAddress.get(key)
      if (held) return held
      const base = new URL(address)
      const sendsEtag = base.origin === new URL(organisation.base).origin
      const store = createHttpStore({ base, ...options, sendsEtag })
      const asked = { store, settledByDepartment: new Map<string, SettledHint>() }
      storeByAddress.set(key, asked)
      return asked
    })
}

/** What a failing store says: code, and how long it asked to wait. */
export function storeFailure(error: unknown): { code: string; retryAfterMs?: number } {
  if (error instanceof HttpStoreError && error.retryAfterMs !== undefined) {
    return { code: error.code, retryAfterMs: error.retryAfterMs }
  }
  return { code: error instanceof StoreError ? error.code : codeOf(error) }
}

/** The stable code that errors of every room carry. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'failed'
}
