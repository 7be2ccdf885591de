import type { Kid, PublicJwk, SigningKey } from '#trust/keys.ts'
import type { Managed, Office } from './office.ts'

/**
 * Puts a new root key in the place of one that is lost or stolen. As a root key may sign for every
 * department, every generation rises and every head is signed again.
 *
 * @param options.jwk public half of the new key; whoever holds it has it in safety before this is called
 * @param options.extraKeys further root keys that sign, of papers for example: `needForRoot` in all
 * @throws ManageError root-keys, …; SendError
 */
export function replaceRootKey(
  _office: Office,
  _options: { gone: Kid; jwk: PublicJwk; role?: string; extraKeys?: readonly SigningKey[] },
): Promise<Managed> {
  return Promise.reject(new Error('not written yet'))
}
