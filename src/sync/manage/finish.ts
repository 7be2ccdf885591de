import { beginGenerations } from './begin-generations.ts'
import { followStoreRoot } from './follow-store-root.ts'
import type { Managed, Office } from './office.ts'
import type { KeptVersions } from './require-said.ts'

/**
 * [M13] Finishes a revocation that was stopped between the root and the heads, with the versions that count. Sends
 * no root: the key is out already.
 *
 * @throws ManageError keep-unsaid where `keep` leaves out a department whose newest version nobody has chosen,
 *   root-keys, head-missing, head-behind, head-fork, gen-fork, lost-race; SendError; StoreError
 */
export async function finish(
  office: Office,
  { departments, keep }: { departments: readonly string[]; keep: KeptVersions },
): Promise<Managed> {
  const root = await followStoreRoot(office.store, office.root)
  return { root, departments: await beginGenerations(office, root, departments, { keep }) }
}
