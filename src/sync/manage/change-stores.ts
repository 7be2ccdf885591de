import { changeStores as withStores } from '#trust/change-root.ts'
import { sameJson } from '#trust/json.ts'
import { changeRoot } from './change-root.ts'
import type { Managed, Office } from './office.ts'

/**
 * [M4] Names the stores phones ask. One root key is enough.
 *
 * @throws ManageError, SendError, StoreError
 */
export async function changeStores(
  office: Office,
  { stores }: { stores: readonly { url: string; write: boolean }[] },
): Promise<Managed> {
  const root = await changeRoot(office, {
    isDone: (current) => sameJson(current.stores, stores),
    change: (current) => withStores(current, { stores: [...stores], issued: office.now() }),
  })
  return { root, departments: [] }
}
