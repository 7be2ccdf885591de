import type { VerifiedHead } from '#release/head.ts'
import type { ReadStore } from '#store/store.ts'
import type { VerifiedRoot } from '#trust/root.ts'

/** The highest head of the root's generation that verifies; what does not is stepped over. @throws StoreError */
export function newestHead(
  _store: ReadStore,
  _root: VerifiedRoot,
  _department: string,
): Promise<VerifiedHead | undefined> {
  return Promise.reject(new Error('not written yet'))
}
