import { createContext, use, useSyncExternalStore } from 'react'
import type { BaseLocationHook } from 'wouter'

/** Where in the app: a path (`/d/hemtjanst`) and what follows `?`, both out of the hash. */
export interface Address {
  path: string
  search: string
}

/**
 * Reads an address out of `location.hash`. A hash that is no address of ours (`#content`, a stray
 * fragment) gives undefined: the page stays where it is. An empty one is the start.
 */
export function readAddress(hash: string): Address | undefined {
  const text = hash.replace(/^#/, '')
  if (text !== '' && !text.startsWith('/')) return undefined
  const [path = '', ...rest] = text.split('?')
  const trimmed = path.length > 1 ? path.replace(/\/+$/, '') : path
  return { path: trimmed === '' ? '/' : trimmed, search: rest.join('?') }
}

/** What the location hook needs of a window; a reading copy is drawn with one that never changes. */
export interface AddressSource {
  get: () => Address
  subscribe: (listener: () => void) => () => void
  /** Goes to an address such as `/search?q=tes`. */
  go: (to: string, options?: { replace?: boolean }) => void
}

/**
 * Addresses in the hash of a window. Everything stays in the hash, the query too: a query in the real
 * address would be sent to the host on reload, and would miss what lies stored for the page.
 */
export function createAddressSource(window: Window): AddressSource {
  const listeners = new Set<() => void>()
  let current = readAddress(window.location.hash) ?? { path: '/', search: '' }
  const update = () => {
    const found = readAddress(window.location.hash)
    if (found === undefined) return
    if (found.path === current.path && found.search === current.search) return
    current = found
    for (const listener of listeners) listener()
  }
  window.addEventListener('hashchange', update)
  window.addEventListener('popstate', update)
  return {
    get: () => current,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    go(to, options) {
      const address = `#${to}`
      if (options?.replace === true) {
        window.history.replaceState(window.history.state, '', address)
        update()
      } else if (window.location.hash !== address) {
        window.history.pushState(null, '', address)
        update()
      }
    },
  }
}

/** An address that never changes, for drawing a page that is not on the screen. */
export function fixedAddress(path: string): AddressSource {
  const address = { path, search: '' }
  return { get: () => address, subscribe: () => () => undefined, go: () => undefined }
}

/** The location hook wouter's Router is given. */
export function createLocationHook(source: AddressSource): BaseLocationHook {
  const useHashLocation: BaseLocationHook = () => [
    useSyncExternalStore(source.subscribe, () => source.get().path),
    source.go,
  ]
  useHashLocation.searchHook = () =>
    useSyncExternalStore(source.subscribe, () => source.get().search)
  useHashLocation.hrefs = (href) => `#${href}`
  return useHashLocation
}

/** The same source for what is no route: the query as it was typed (wouter decodes it once too often). */
export const AddressContext = createContext<AddressSource>(fixedAddress('/'))

export function useSearchPart(): string {
  const source = use(AddressContext)
  return useSyncExternalStore(source.subscribe, () => source.get().search)
}

export function useGo(): AddressSource['go'] {
  return use(AddressContext).go
}
