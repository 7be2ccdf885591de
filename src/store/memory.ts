import { checkFolder, checkReplace, checkWrite } from './check-write.ts'
import { requireStorePath } from './layout.ts'
import { StoreError } from './store.ts'
import type { Store } from './store.ts'

/** A store in memory, for tests and for a release that goes nowhere yet. Bytes are copied in and out. */
export function createMemoryStore(): Store {
  const bytesByPath = new Map<string, Uint8Array<ArrayBuffer>>()

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
      return 'stored'
    },

    async replace(path, bytes) {
      checkReplace(path, bytes)
      bytesByPath.set(path, new Uint8Array(bytes))
    },

    async list(prefix) {
      checkFolder(prefix)
      return [...bytesByPath.keys()].filter((path) => path.startsWith(prefix)).sort()
    },

    async remove(path) {
      requireStorePath(path)
      bytesByPath.delete(path)
    },
  }
}
