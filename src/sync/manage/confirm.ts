import type { SigningKey } from '#trust/keys.ts'
import type { Managed, Office } from './office.ts'

/**
 * Signs that the newest head of a department is still current (a beat).
 *
 * @returns `published` when the store took it, `unchanged` when it has one as late
 * @throws ManageError not-a-publisher, department-unknown; SendError
 */
export function confirm(
  _office: Pick<Office, 'store' | 'root' | 'now'>,
  _department: string,
  _signer: SigningKey,
): Promise<Managed> {
  return Promise.reject(new Error('not written yet'))
}
