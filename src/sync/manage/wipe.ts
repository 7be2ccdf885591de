import { wipeDevices } from '#trust/change-root.ts'
import { beginGenerations, requireKept } from './begin-generations.ts'
import { changeRoot } from './change-root.ts'
import type { DeviceId, Managed, Office } from './office.ts'
import type { KeptVersions } from './require-said.ts'

/**
 * [M21] Ends devices' access: at their next contact, content and keys leave them. A device that may publish
 * loses that too, as by `revoke`. It protects nothing that was already read; `rotate` keeps what comes later.
 *
 * @throws ManageError keep-unsaid (another revocation was stopped), …; TrustError root-key-in-use, root-gen,
 *   root-full; SendError; StoreError
 */
export async function wipe(
  office: Office,
  { devices, keep }: { devices: readonly DeviceId[]; keep?: KeptVersions },
): Promise<Managed> {
  const said = { keep, gone: devices }
  const root = await changeRoot(office, {
    isDone: (current) =>
      devices.every((id) => current.wiped.includes(id) && !Object.hasOwn(current.keys, id)),
    change: async (current) => {
      const next = wipeDevices(current, { devices, issued: office.now() })
      await requireKept(office, current, next, said)
      return next
    },
  })
  const departments = await beginGenerations(office, root, Object.keys(root.departments), said)
  return { root, departments }
}
