/** Stands in where a window has no Cache Storage (some private ones): nothing is there, and nothing can be kept. */
export const noCaches: CacheStorage = {
  match: () => Promise.resolve(undefined),
  has: () => Promise.resolve(false),
  keys: () => Promise.resolve([]),
  delete: () => Promise.resolve(false),
  open: () => Promise.reject(new DOMException('no Cache Storage', 'NotSupportedError')),
}
