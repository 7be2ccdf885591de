import { signBeat } from '#release/beat.ts'
import type { SigningKey } from '#trust/keys.ts'
import { ownValue } from '#trust/json.ts'
import { mayPublish } from '#trust/root.ts'
import { followStoreRoot } from './follow-store-root.ts'
import { newestNotBehind } from './held-head.ts'
import { ManageError } from './manage-error.ts'
import type { Managed, Office } from './office.ts'

/**
 * [M6] Signs that the newest head of a department is still current (a beat).
 *
 * @returns `published` when the store took it, `unchanged` when it has one as late
 * @throws ManageError department-unknown, not-a-publisher, root-fork, root-behind, head-behind,
 *   head-fork; SendError; StoreError
 */
export async function confirm(
  office: Pick<Office, 'store' | 'root' | 'now' | 'held'>,
  department: string,
  signer: SigningKey,
): Promise<Managed> {
  const root = await followStoreRoot(office.store, office.root)
  const named = ownValue(root.departments, department)
  if (!named) throw new ManageError('department-unknown', `the root names no ${department}`)
  if (!mayPublish(root, department, signer.kid)) {
    throw new ManageError('not-a-publisher', `${signer.kid} may not publish ${department}`)
  }
  const head = await newestNotBehind(office, root, department)
  if (!head) {
    const outcome = 'nothing-published'
    return { root, departments: [{ department, gen: named.gen, v: 0, outcome }] }
  }
  const beat = await signBeat(head, root, office.now(), signer)
  const sent = await office.store.sendBeat(department, beat)
  const outcome = sent === 'stored' ? 'published' : 'unchanged'
  return { root, departments: [{ department, gen: head.gen, v: head.v, outcome }] }
}
