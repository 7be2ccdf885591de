import { checkFolder, checkReplace, checkWrite } from './check-write.ts'
import { requireStorePath } from './layout.ts'
import { StoreError } from './store.ts'
import type { Store } from './store.ts'

/**
 * A store in memory, for tests and for a release that goes nowhere yet. Bytes are copied in and out.
 *
 * @param options.now milliseconds: what `storedAt` tells
 */
export function createMemoryStore(options: { now: () => number } = { now: Date.now }): Store {
  const bytesByPath = new Map<string, Uint8Array<ArrayBuffer>>()
  const timeByPath = new Map<string, number>()

  return {
    async get(path, { maxBytes, signal }) {
      requireStorePath(path)
      signal?.throwIfAborted()
      const bytes = bytesByPath.get(path)
      if (bytes && bytes.length > maxBytes) {
        throw new StoreError('too-large', `${path} holds more than ${maxBytes} bytes`, { path })
      }
      return bytes?.slice()
    },

    async putIfAbsent(path, bytes) {
      checkWrite(path, bytes)
      if (bytesByPath.has(path)) return 'exists'
      bytesByPath.set(path, new Uint8Array(bytes))
      timeByPath.set(path, options.now())
      return 'stored'
    },

    async replace(path, bytes) {
      checkReplace(path, bytes)
      bytesByPath.set(path, new Uint8Array(bytes))
      timeByPath.set(path, options.now())
    },

    async list(prefix) {
      checkFolder(prefix)
      return [...bytesByPath.keys()].filter((path) => path.startsWith(prefix)).sort()
    },

    async remove(path) {
      requireStorePath(path)
      bytesByPath.delete(path)
      timeByPath.delete(path)
    },

    async storedAt(path) {
      requireStorePath(path)
      return timeByPath.get(path)
    },
  }
}
