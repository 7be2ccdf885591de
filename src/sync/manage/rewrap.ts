import { rewrapKeys } from '#release/rewrap-keys.ts'
import { ownValue } from '#trust/json.ts'
import type { Kid, PublicJwk } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { mostTries, rootSigner } from './change-root.ts'
import { openNotBehind } from './held-head.ts'
import { ManageError } from './manage-error.ts'
import type { ManagedDepartment, Office, OpenedDepartment } from './office.ts'

/**
 * [M9] Publishes a department's keys anew: same packs, same edition, wraps for those added, and for the
 * root's recovery key. Where it is done already nothing is sent.
 *
 * @throws ManageError root-keys, head-behind, head-fork, lost-race; SendError; StoreError; what opening throws
 */
export async function rewrap(
  office: Office,
  root: VerifiedRoot,
  department: string,
  wanted: {
    isDone: (opened: OpenedDepartment) => boolean | Promise<boolean>
    add: Readonly<Record<Kid, PublicJwk>>
  },
): Promise<ManagedDepartment> {
  const gen = ownValue(root.departments, department)?.gen ?? 1
  let takenUpTo = 0
  for (let tries = 0; tries < mostTries; tries++) {
    const { opened, head } = await openNotBehind(office, root, department)
    if (!opened) {
      const outcome = head ? 'not-readable' : 'nothing-published'
      return { department, gen, v: head?.v ?? 0, outcome }
    }
    const { release, epoch, keys } = opened
    if (await wanted.isDone(opened)) {
      return { department, gen, v: release.v, outcome: 'unchanged' }
    }
    const own = release.gen === gen ? release.v : 0
    const built = await rewrapKeys({
      previous: release,
      keys,
      epoch,
      root,
      signer: rootSigner(office, root),
      issued: office.now(),
      add: wanted.add,
      v: Math.max(own, takenUpTo) + 1,
    })
    const sent = await office.store.sendRelease(department, built)
    if (sent.outcome === 'stored') return { department, gen, v: built.v, outcome: 'published' }
    takenUpTo = built.v
  }
  throw new ManageError('lost-race', `${department}: somebody else was first ${mostTries} times`)
}
