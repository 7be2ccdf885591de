import { replaceRecovery as withRecovery } from '#trust/change-root.ts'
import { sameJson } from '#trust/json.ts'
import type { AgreementKey, SigningKey } from '#trust/keys.ts'
import { unwrapEpochKey } from '#trust/wrap.ts'
import { beginGenerations } from './begin-generations.ts'
import { changeRoot } from './change-root.ts'
import { requireSaid } from './require-said.ts'
import { rewrap } from './rewrap.ts'
import type { Managed, ManagedDepartment, Office, OpenedDepartment } from './office.ts'

/**
 * [M23] Names another recovery key, and wraps every department's key for it. What the old one could open, it
 * still opens: rotate the departments afterwards when it is in wrong hands.
 *
 * @param options.recovery the new key, in safety before this is called. `office.open` must still be able to
 *   read by the old one, or by keys of the departments
 * @throws ManageError root-keys, keep-unsaid, …; SendError; StoreError
 */
export async function replaceRecovery(
  office: Office,
  options: { recovery: AgreementKey; extraKeys?: readonly SigningKey[] },
): Promise<Managed> {
  const { recovery, extraKeys } = options
  const root = await changeRoot(office, {
    isDone: (current) => sameJson(current.recovery, recovery.jwk),
    change: async (current) => {
      await requireSaid(office, current, Object.keys(current.departments))
      return withRecovery(current, { jwk: recovery.jwk, issued: office.now() })
    },
    ...(extraKeys && { extraKeys }),
  })
  const all = Object.keys(root.departments)
  await beginGenerations(office, root, all)
  const departments: ManagedDepartment[] = []
  for (const department of all) {
    const isDone = ({ release, keys }: OpenedDepartment) =>
      unwrapEpochKey(keys.recovery, recovery.key, {
        organisation: root.organisation,
        department,
        epoch: release.epoch,
      }).then(
        () => true,
        () => false,
      )
    departments.push(await rewrap(office, root, department, { isDone, add: {} }))
  }
  return { root, departments }
}
