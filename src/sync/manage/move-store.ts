import { sameBytes } from '#trust/bytes.ts'
import { ownValue } from '#trust/json.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { LIMITS, rootPath } from '#store/layout.ts'
import type { WriteStore } from '../write-store.ts'
import { changeStores } from './change-stores.ts'
import { followStoreRoot } from './follow-store-root.ts'
import { newestNotBehind, requireNotBehind } from './held-head.ts'
import { ManageError } from './manage-error.ts'
import { newestHead } from './newest-head.ts'
import type { Managed, Office } from './office.ts'

export interface Moved extends Managed {
  /** Whether the store that was written to before has the new root too; phones that ask it hear of the move. */
  before: 'told' | 'silent'
}

/**
 * [M30] Makes another store the one that is written to; the one before is only read from then on. The new store
 * must have all there is, and takes the new root first: what does not take it (`read-only`) is not moved to, and
 * nothing has changed. The store before is told last, and may be gone, or somebody else's by now. One root key is
 * enough (T73).
 *
 * @param office.store the store that is written to now
 * @param to.url as the root is to name it
 * @param to.store what lies there
 * @throws ManageError root-behind, root-fork, head-behind, head-fork (the new store), root-keys, lost-race;
 *   SendError, StoreError of the new store
 */
export async function moveStore(
  office: Office,
  to: { url: string; store: WriteStore },
): Promise<Moved> {
  const { known, isAnswering } = await lastKnownRoot(office)
  let root = await followStoreRoot(to.store, office.root)
  if (known.v > root.v) {
    await bringRoots(office.store, to.store, known)
    root = await followStoreRoot(to.store, known)
  } else if (known.v === root.v && known.hash !== root.hash) {
    throw new ManageError('root-fork', `the two stores have different roots ${root.v}`)
  }
  for (const department of Object.keys(root.departments)) {
    const there = await newestNotBehind({ ...office, store: to.store }, root, department)
    if (!isAnswering) continue
    // What only the store before has would be lost to who builds on the new one.
    const here = await newestHead(office.store, root, department).catch(() => undefined)
    const gen = ownValue(root.departments, department)?.gen ?? 1
    if (here) requireNotBehind(here, department, gen, there)
  }
  const others = root.stores.filter(({ url }) => url !== to.url)
  const stores = [{ url: to.url, write: true }, ...others.map((one) => ({ ...one, write: false }))]
  const managed = await changeStores({ ...office, store: to.store, root }, { stores })
  const isTold = await bringRoots(to.store, office.store, managed.root).then(
    () => true,
    () => false,
  )
  return { ...managed, before: isTold ? 'told' : 'silent' }
}

/** The newest root by the store that is written to now; the one held where it says nothing that can be used. */
async function lastKnownRoot(
  office: Pick<Office, 'store' | 'root'>,
): Promise<{ known: VerifiedRoot; isAnswering: boolean }> {
  try {
    return { known: await followStoreRoot(office.store, office.root), isAnswering: true }
  } catch {
    return { known: office.root, isAnswering: false }
  }
}

/**
 * Sends a store the roots that it lacks, up to one that another store has.
 *
 * @throws ManageError root-fork: it has another root there; SendError, StoreError
 */
async function bringRoots(
  from: WriteStore,
  to: WriteStore,
  upTo: Pick<VerifiedRoot, 'v'>,
): Promise<void> {
  const at = (store: WriteStore, v: number) => store.get(rootPath(v), { maxBytes: LIMITS.root })
  const missing: { v: number; bytes: Uint8Array }[] = []
  for (let v = upTo.v; v >= 1; v--) {
    const bytes = await at(from, v)
    if (!bytes) throw new ManageError('root-behind', `the store has no root ${v}`)
    const there = await at(to, v)
    if (there && !sameBytes(there, bytes) && missing.length === 0) {
      throw new ManageError('root-fork', `the stores have different roots ${v}`)
    }
    if (there) break
    missing.unshift({ v, bytes })
  }
  for (const { v, bytes } of missing) {
    if ((await to.sendRoot(bytes)) === 'taken') {
      throw new ManageError('root-fork', `the stores have different roots ${v}`)
    }
  }
}
