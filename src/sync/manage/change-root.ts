import { isMinorChange, signRoot, verifyNextRoot, type VerifiedRoot } from '#trust/root.ts'
import type { Root } from '#trust/root-schema.ts'
import type { SigningKey } from '#trust/keys.ts'
import { followStoreRoot } from './follow-store-root.ts'
import { ManageError } from './manage-error.ts'
import type { Office } from './office.ts'

/** Somebody else may be first some times in a row, not for ever. */
export const mostTries = 5

/**
 * [M4] Sends the next root: what `change` makes of the newest one, signed by as many root keys as it needs
 * and verified here before it is sent. Where it is done already, nothing is sent; where somebody else was
 * first, the change is made anew on top of theirs.
 *
 * @param step.isDone whether a root says already what this is about
 * @throws ManageError root-fork, root-behind, root-keys, root-squatted, lost-race; SendError; StoreError; what
 *   `change` throws
 */
export async function changeRoot(
  office: Pick<Office, 'store' | 'root' | 'rootKeys'>,
  step: {
    isDone: (root: VerifiedRoot) => boolean
    change: (root: VerifiedRoot) => Root | Promise<Root>
    extraKeys?: readonly SigningKey[]
  },
): Promise<VerifiedRoot> {
  let root = await followStoreRoot(office.store, office.root)
  for (let tries = 0; tries < mostTries; tries++) {
    if (step.isDone(root)) return root
    const next = await step.change(root)
    const keys = signersOf(root, next, [...office.rootKeys, ...(step.extraKeys ?? [])])
    const { bytes } = await signRoot(next, keys)
    const verified = await verifyNextRoot(bytes, root)
    if ((await office.store.sendRoot(bytes)) === 'stored') return verified
    const followed = await followStoreRoot(office.store, root)
    if (followed.v === root.v) {
      throw new ManageError(
        'root-squatted',
        `what the store has as root ${root.v + 1} does not verify, and nothing can take its place`,
      )
    }
    root = followed
  }
  throw new ManageError('lost-race', `somebody else changed the root ${mostTries} times in a row`)
}

/**
 * [M5] One root key for a minor change; else every one at hand, each once.
 *
 * @throws ManageError root-keys
 */
function signersOf(root: VerifiedRoot, next: Root, keys: readonly SigningKey[]): SigningKey[] {
  const distinct = [...new Map(keys.map((key) => [key.kid, key])).values()]
  const known = distinct.filter(({ kid }) => root.root.kids.includes(kid))
  const stays = known.filter(({ kid }) => next.root.kids.includes(kid))
  if (isMinorChange(root, next)) {
    if (!stays[0]) throw new ManageError('root-keys', 'no key here is a root key')
    return [stays[0]]
  }
  const need = Math.max(root.root.needForRoot, next.root.needForRoot)
  const added = distinct.filter((key) => !known.includes(key) && next.root.kids.includes(key.kid))
  if (known.length < root.root.needForRoot || stays.length + added.length < need) {
    throw new ManageError(
      'root-keys',
      `${known.length} root keys are at hand, ${root.root.needForRoot} must sign this`,
    )
  }
  return [...known, ...added]
}

/**
 * A root key that signs heads and minor changes.
 *
 * @throws ManageError root-keys
 */
export function rootSigner(office: Pick<Office, 'rootKeys'>, root: VerifiedRoot): SigningKey {
  const key = office.rootKeys.find(({ kid }) => root.root.kids.includes(kid))
  if (!key) throw new ManageError('root-keys', 'no key here is a root key')
  return key
}
