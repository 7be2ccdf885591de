import type { VerifiedHead } from '#release/head.ts'
import { ownValue } from '#trust/json.ts'
import type { Kid } from '#trust/keys.ts'
import { mayPublish, type VerifiedRoot } from '#trust/root.ts'
import type { ReadStore } from '#store/store.ts'
import { rootsUpTo } from './follow-store-root.ts'
import { requireNotBehind } from './held-head.ts'
import { newestHead, type IsHeeded } from './newest-head.ts'
import type { Office } from './office.ts'

/** All roots up to one, read when they are first asked for. */
export type Chain = () => Promise<VerifiedRoot[]>

/** The roots are walked at most once, and only where a generation has to be begun. */
export function createChain(store: ReadStore, root: VerifiedRoot): Chain {
  let roots: Promise<VerifiedRoot[]> | undefined
  return () => (roots ??= rootsUpTo(store, root))
}

/**
 * What a generation without a head goes on from: the newest head of the highest generation below that has one,
 * and the last root that named that generation, under which the head verifies.
 *
 * [M12] There a key that is gone could sign for ever that a newer app is needed, and the new generation
 * would never begin: only those whom the root names are heeded in that, and not who goes now.
 *
 * @param from.gone keys that go with what is being done
 * @throws ManageError root-behind, root-fork, head-behind, head-fork; StoreError; TrustError format-newer
 */
export async function newestBefore(
  office: Pick<Office, 'store' | 'held'>,
  root: VerifiedRoot,
  department: string,
  from: { gone?: readonly Kid[] | undefined; chain?: Chain } = {},
): Promise<{ root: VerifiedRoot; head: VerifiedHead } | undefined> {
  const { gone = [], chain = createChain(office.store, root) } = from
  const genOf = (one: VerifiedRoot) => ownValue(one.departments, department)?.gen
  const gen = genOf(root) ?? 1
  if (gen <= 1) return undefined
  const isHeeded: IsHeeded = (kid) => mayPublish(root, department, kid) && !gone.includes(kid)
  const held = await office.held?.(department)
  const roots = await chain()
  for (let before = gen - 1; before >= 1; before--) {
    const then = roots.findLast((one) => genOf(one) === before)
    if (!then) continue
    const head = await newestHead(office.store, then, department, isHeeded)
    requireNotBehind(held, department, before, head)
    if (head) return { root: then, head }
  }
  return undefined
}
