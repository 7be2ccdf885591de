import type { Kid } from '#trust/keys.ts'
import type { Managed, Office } from './office.ts'

/**
 * Takes a publisher's key out of the root. The generation of its departments rises, and the last good head
 * is signed again by a root key: nothing the old key signs counts any more.
 *
 * @param options.keep by department, the version (v of the old generation) that is the last good one; the
 *   newest where it is left out. For a stolen key that has published something false.
 * @throws ManageError, SendError; TrustError root-key-in-use for a root key (replaceRootKey)
 */
export function revoke(
  _office: Office,
  _options: { kid: Kid; keep?: Readonly<Record<string, number>> },
): Promise<Managed> {
  return Promise.reject(new Error('not written yet'))
}
