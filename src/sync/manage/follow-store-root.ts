import { parseGeneral } from '#trust/jws.ts'
import { sha256 } from '#trust/bytes.ts'
import { verifyFirstRoot, verifyNextRoot, type VerifiedRoot } from '#trust/root.ts'
import { TrustError } from '#trust/trust-error.ts'
import { LIMITS, rootPath } from '#store/layout.ts'
import type { ReadStore } from '#store/store.ts'
import { ManageError } from './manage-error.ts'

/**
 * [M1] The newest root a store has after the one that is held. A store that has another root under the
 * number held, or none, is not written to.
 *
 * @throws ManageError root-fork, root-behind; TrustError format-newer; StoreError
 */
export async function followStoreRoot(store: ReadStore, root: VerifiedRoot): Promise<VerifiedRoot> {
  const held = await store.get(rootPath(root.v), { maxBytes: LIMITS.root })
  if (!held) {
    throw new ManageError('root-behind', `the store has no root ${root.v}, which is held here`)
  }
  if ((await payloadHash(held)) !== root.hash) {
    throw new ManageError('root-fork', `the store has another root ${root.v} than is held here`)
  }
  let current = root
  for (;;) {
    const bytes = await store.get(rootPath(current.v + 1), { maxBytes: LIMITS.root })
    if (!bytes) return current
    try {
      current = await verifyNextRoot(bytes, current)
    } catch (error) {
      // One that needs a newer app was signed by a root key: what follows it is not for us to say.
      if (error instanceof TrustError && error.code === 'format-newer') throw error
      return current
    }
  }
}

/**
 * All roots up to the one held, root 1 first, read from a store and verified again.
 *
 * @throws ManageError root-behind, root-fork; StoreError
 */
export async function rootsUpTo(store: ReadStore, root: VerifiedRoot): Promise<VerifiedRoot[]> {
  const roots: VerifiedRoot[] = []
  for (let v = 1; v < root.v; v++) {
    const bytes = await store.get(rootPath(v), { maxBytes: LIMITS.root })
    if (!bytes) throw new ManageError('root-behind', `the store has no root ${v}`)
    const before = roots.at(-1)
    try {
      roots.push(
        before
          ? await verifyNextRoot(bytes, before)
          : await verifyFirstRoot(bytes, root.organisation),
      )
    } catch (cause) {
      throw new ManageError('root-fork', `root ${v} of the store does not hold`, { cause })
    }
  }
  return [...roots, root]
}

async function payloadHash(bytes: Uint8Array): Promise<string | undefined> {
  try {
    return await sha256(parseGeneral(bytes).payload)
  } catch {
    return undefined
  }
}
