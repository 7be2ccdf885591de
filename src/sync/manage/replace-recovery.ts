import type { AgreementKey, SigningKey } from '#trust/keys.ts'
import type { Managed, Office } from './office.ts'

/**
 * Names another recovery key, and wraps every department's key for it. What the old one could open, it
 * still opens: rotate the departments afterwards when it is in wrong hands.
 *
 * @param options.recovery the new key, in safety before this is called
 * @throws ManageError root-keys, …; SendError
 */
export function replaceRecovery(
  _office: Office,
  _options: { recovery: AgreementKey; extraKeys?: readonly SigningKey[] },
): Promise<Managed> {
  return Promise.reject(new Error('not written yet'))
}
