import type { Managed, Office } from './office.ts'

/** Names the stores phones ask. @throws ManageError, SendError */
export function changeStores(
  _office: Office,
  _options: { stores: readonly { url: string; write: boolean }[] },
): Promise<Managed> {
  return Promise.reject(new Error('not written yet'))
}
