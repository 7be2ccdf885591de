import { ownValue } from '#trust/json.ts'
import type { Kid } from '#trust/keys.ts'
import { mayPublish, type VerifiedRoot } from '#trust/root.ts'
import { createChain, newestBefore } from './newest-before.ts'
import type { Office } from './office.ts'
import { hasBegun, isSaid } from './require-said.ts'

/** A department whose generation was begun by a root and has no head yet: something was stopped midway. */
export interface Unfinished {
  department: string
  /** The key that went: the newest version's where it is named no more, else another that is named no more. */
  gone: Kid
  /** Its role title; undefined for a root key. */
  role: string | undefined
  /** [M13] Only who finishes the revocation says which version counts. */
  isUnsaid: boolean
}

/**
 * [M13] What a revocation that was stopped has left, by department.
 *
 * @throws ManageError root-behind, root-fork, head-behind, head-fork; StoreError; TrustError format-newer
 */
export async function unfinishedDepartments(
  office: Pick<Office, 'store' | 'held'>,
  root: VerifiedRoot,
): Promise<Unfinished[]> {
  const chain = createChain(office.store, root)
  const found: Unfinished[] = []
  for (const department of Object.keys(root.departments)) {
    if (await hasBegun(office, root, department)) continue
    const before = await newestBefore(office, root, department, { chain })
    if (!before) continue
    const { signer } = before.head
    const isUnsaid = !isSaid(root, department, signer)
    const gone = isUnsaid ? signer : (goneFrom(before.root, root, department) ?? signer)
    const isRootKey = before.root.root.kids.includes(gone)
    const role = isRootKey ? undefined : ownValue<string>(before.root.roles, gone)
    found.push({ department, gone, role, isUnsaid })
  }
  return found
}

/** A key that could publish a department under the one root and cannot under the other. */
function goneFrom(before: VerifiedRoot, now: VerifiedRoot, department: string): Kid | undefined {
  const kids = [...(ownValue(before.departments, department)?.publish ?? []), ...before.root.kids]
  return kids.find((kid) => !mayPublish(now, department, kid))
}
