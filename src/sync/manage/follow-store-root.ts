import type { VerifiedRoot } from '#trust/root.ts'
import type { ReadStore } from '#store/store.ts'

/**
 * The newest root a store has after the one that is held.
 *
 * @throws ManageError root-fork, root-behind; StoreError
 */
export function followStoreRoot(_store: ReadStore, _root: VerifiedRoot): Promise<VerifiedRoot> {
  return Promise.reject(new Error('not written yet'))
}
