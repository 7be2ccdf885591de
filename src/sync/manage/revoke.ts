import { revokeKey } from '#trust/change-root.ts'
import type { Kid } from '#trust/keys.ts'
import { beginGenerations, requireKept } from './begin-generations.ts'
import { changeRoot } from './change-root.ts'
import { rootsUpTo } from './follow-store-root.ts'
import { ManageError } from './manage-error.ts'
import type { Managed, Office } from './office.ts'
import type { KeptVersions } from './require-said.ts'

/**
 * [M20] Takes a publisher's key out of the root. The generation of its departments rises, and the last good
 * head is signed again by a root key: nothing the old key signs counts any more.
 *
 * Run again it finishes what was stopped after the root, with the choice that is given then ([M13]).
 *
 * @param options.keep by department, the version (v of the old generation) that is the last good one; the
 *   newest where it is left out. For a stolen key that has published something false.
 * @throws ManageError key-unknown (no root ever named it), keep-unsaid (another revocation was stopped), …;
 *   TrustError root-key-in-use for a root key (replaceRootKey), root-gen; SendError; StoreError
 */
export async function revoke(
  office: Office,
  { kid, keep }: { kid: Kid; keep?: KeptVersions },
): Promise<Managed> {
  const said = { keep, gone: [kid] }
  const root = await changeRoot(office, {
    isDone: (current) => !Object.hasOwn(current.keys, kid),
    change: async (current) => {
      const next = revokeKey(current, { kid, issued: office.now() }).root
      await requireKept(office, current, next, said)
      return next
    },
  })
  if (root.v === office.root.v) await requireOnceNamed(office, root, kid)
  const departments = await beginGenerations(office, root, Object.keys(root.departments), said)
  return { root, departments }
}

/** What was revoked before is fine; what was never there is a mistake in the kid. */
async function requireOnceNamed(office: Office, root: Managed['root'], kid: Kid): Promise<void> {
  const roots = await rootsUpTo(office.store, root)
  if (roots.some(({ keys }) => Object.hasOwn(keys, kid))) return
  throw new ManageError('key-unknown', `no root has ever named ${kid}`)
}
