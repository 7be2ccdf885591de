import type { DeviceId, Managed, Office } from './office.ts'

/**
 * Ends devices' access: at their next contact, content and keys leave them. A device that may publish loses
 * that too, as by `revoke`.
 *
 * @throws ManageError, SendError
 */
export function wipe(
  _office: Office,
  _options: { devices: readonly DeviceId[]; keep?: Readonly<Record<string, number>> },
): Promise<Managed> {
  return Promise.reject(new Error('not written yet'))
}
