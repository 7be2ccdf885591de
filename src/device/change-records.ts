import type { Dexie } from 'dexie'
import { toDeviceError } from './device-error.ts'
import type { RecordRow } from './rows.ts'

/**
 * Changes records in one transaction that is on disk before it is answered. Dexie has no durability for a
 * single transaction, so it is made on the connection below it. All of it is written, or nothing.
 *
 * @param names the records that `change` may look at, set and delete
 * @param change given their values by name, those that are there
 * @throws DeviceError full, failed; what `change` throws
 */
export function changeRecords<R>(
  database: Dexie,
  names: readonly string[],
  change: (values: Map<string, unknown>) => R,
): Promise<R> {
  return new Promise((resolve, reject) => {
    const transaction = database
      .backendDB()
      .transaction(['records'], 'readwrite', { durability: 'strict' })
    const records = transaction.objectStore('records')
    let result: { value: R } | undefined
    let problem: unknown
    transaction.oncomplete = () => {
      if (result) resolve(result.value)
    }
    transaction.onabort = () => {
      const error: unknown = problem ?? toDeviceError(transaction.error)
      reject(error instanceof Error ? error : toDeviceError(error))
    }
    const held = new Map<string, unknown>()
    let missing = names.length
    const apply = () => {
      const values = new Map(held)
      try {
        result = { value: change(values) }
        for (const name of names) {
          if (!values.has(name)) {
            if (held.has(name)) records.delete(name)
          } else if (!held.has(name) || values.get(name) !== held.get(name)) {
            records.put({ name, value: values.get(name) })
          }
        }
      } catch (error) {
        problem = error
        transaction.abort()
      }
    }
    for (const name of names) {
      const request = records.get(name) as IDBRequest<RecordRow | undefined>
      request.onsuccess = () => {
        if (request.result) held.set(name, request.result.value)
        missing -= 1
        if (missing === 0) apply()
      }
    }
  })
}
