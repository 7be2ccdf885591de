import { within } from './within.ts'
import type { RowReader, Rows, TableName } from './rows.ts'

/**
 * Reads a database without Dexie: the way that is left when Dexie does not get it open. Names no
 * version, so it opens what an older or newer app wrote, and makes nothing: a database that is not there
 * stays away and reads as empty.
 *
 * @param patienceMs limit of the opening and of each read
 * @throws DeviceError `no-answer`; else what the browser says
 */
export async function readRaw(
  indexedDB: IDBFactory,
  name: string,
  patienceMs: number,
): Promise<RowReader & { close(): void }> {
  const database = await within(patienceMs, `opening ${name}`, openAsItIs(indexedDB, name))

  function ask<R>(table: TableName, requestOf: (store: IDBObjectStore) => IDBRequest<R>) {
    if (!database?.objectStoreNames.contains(table)) return Promise.resolve(undefined)
    const store = database.transaction(table, 'readonly').objectStore(table)
    return within(patienceMs, `reading ${table}`, resultOf(requestOf(store)))
  }

  return {
    get: <T extends TableName>(table: T, key: string | number) =>
      ask<Rows[T] | undefined>(table, (store) => store.get(key)),
    many: <T extends TableName>(table: T, keys: string[]) =>
      Promise.all(keys.map((key) => ask<Rows[T] | undefined>(table, (store) => store.get(key)))),
    all: async <T extends TableName>(table: T) =>
      (await ask<Rows[T][]>(table, (store) => store.getAll())) ?? [],
    close: () => database?.close(),
  }
}

function openAsItIs(indexedDB: IDBFactory, name: string): Promise<IDBDatabase | undefined> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name)
    request.onupgradeneeded = () => {
      // It did not exist: abort, so that looking leaves no empty database behind.
      request.transaction?.abort()
      resolve(undefined)
    }
    request.onsuccess = () => {
      const database = request.result
      // Another tab that wants to upgrade must not wait for a reader.
      database.onversionchange = () => database.close()
      resolve(database)
    }
    request.onerror = () => reject(request.error ?? new Error('open failed'))
  })
}

function resultOf<R>(request: IDBRequest<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('read failed'))
  })
}
