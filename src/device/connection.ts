import { Dexie } from 'dexie'
import { DeviceError, isConnectionLost, toDeviceError } from './device-error.ts'
import { readRaw } from './read-raw.ts'
import { within } from './within.ts'
import type { RowReader, Rows, TableName } from './rows.ts'

export interface ConnectionOptions {
  name: string
  /** Tables with the key path of each. */
  tables: Readonly<Record<string, string>>
  indexedDB: IDBFactory
  keyRange: typeof IDBKeyRange
  /** How long opening and each read may take, in milliseconds. */
  patienceMs: number
  /** Whether each write is on disk before it is answered; by default the browser decides. */
  durability?: 'strict'
}

/** How the database is reached at the moment. */
export type ConnectionWay = 'closed' | 'dexie' | 'raw'

export interface Connection {
  readonly name: string
  way(): ConnectionWay
  /** What stood in the way of the ordinary opening, the last time it was tried. */
  problem(): DeviceError | undefined
  /**
   * Reads: by Dexie; if that does not open or answer, closed and opened once more; then without Dexie.
   * @throws DeviceError when no way is left
   */
  read<R>(work: (reader: RowReader) => Promise<R>): Promise<R>
  /**
   * Writes, by Dexie only. `work` may run twice (the connection may have been lost), so it must come to
   * the same when it does.
   * @throws DeviceError `full`, `read-only`, …
   */
  write<R>(work: (database: Dexie, reader: RowReader) => PromiseLike<R>): Promise<R>
  /** Tries the ordinary way again: on return to the foreground. True when it answers. */
  probe(): Promise<boolean>
  close(): void
}

/** Schema version, never raised so far. Dexie opens databases of other versions too (since 4.0.1). */
const schemaVersion = 1

export function connect(options: ConnectionOptions): Connection {
  const { name, patienceMs } = options
  let database: Dexie | undefined
  let raw: (RowReader & { close(): void }) | undefined
  let opening: Promise<Dexie> | undefined
  let problem: DeviceError | undefined
  let isClosed = false

  function opened(): Promise<Dexie> {
    if (isClosed) return Promise.reject(new DeviceError('failed', `${name} has been closed`))
    if (database?.isOpen()) return Promise.resolve(database)
    opening ??= open().finally(() => (opening = undefined))
    return opening
  }

  async function open(): Promise<Dexie> {
    try {
      database = await openDexie(options).catch(openAgain)
      problem = undefined
      raw?.close()
      raw = undefined
      return database
    } catch (error) {
      problem = toDeviceError(error)
      throw problem
    }
  }

  /** The second time stands in line behind the first and does not hear that a tab is in the way. */
  function openAgain(first: unknown): Promise<Dexie> {
    return openDexie(options).catch((second: unknown) => {
      throw first instanceof DeviceError && first.code === 'blocked' ? first : second
    })
  }

  function forget(): void {
    database?.close()
    database = undefined
  }

  async function read<R>(work: (reader: RowReader) => Promise<R>): Promise<R> {
    // Once the ordinary way has failed, reading does not wait for it again; probe() and writes do.
    if (!raw) {
      try {
        return await work(dexieReader(await opened(), patienceMs))
      } catch (error) {
        if (!mayReopen(error)) throw error
        forget()
      }
      try {
        if (!problem) return await work(dexieReader(await opened(), patienceMs))
      } catch (error) {
        if (!mayReopen(error)) throw error
        problem ??= toDeviceError(error)
        forget()
      }
      raw = await openRaw()
    }
    return work(raw)
  }

  async function openRaw() {
    try {
      return await readRaw(options.indexedDB, name, patienceMs)
    } catch (error) {
      // What stood in the way first says more ("close the other tabs") than that this failed too.
      throw problem ?? toDeviceError(error)
    }
  }

  async function write<R>(
    work: (database: Dexie, reader: RowReader) => PromiseLike<R>,
  ): Promise<R> {
    const attempt = async () => {
      const open = await opened()
      return work(open, dexieReader(open, patienceMs))
    }
    try {
      return await attempt().catch((error: unknown) => {
        if (!isConnectionLost(error)) throw error
        forget()
        return attempt()
      })
    } catch (error) {
      const known = toDeviceErrorOfWork(error)
      if (raw && !database?.isOpen() && known.code !== 'full') {
        throw new DeviceError('read-only', `${name} can only be read`, { cause: error })
      }
      throw known
    }
  }

  return {
    name,
    way: () => (database?.isOpen() ? 'dexie' : raw ? 'raw' : 'closed'),
    problem: () => problem,
    read,
    write,
    probe: async () => {
      try {
        const reader = dexieReader(await opened(), patienceMs)
        await reader.get('records', 'probe')
        return true
      } catch (error) {
        problem = toDeviceError(error)
        forget()
        return false
      }
    },
    close: () => {
      isClosed = true
      forget()
      raw?.close()
    },
  }
}

async function openDexie(options: ConnectionOptions): Promise<Dexie> {
  const { name, indexedDB, keyRange, patienceMs } = options
  const database = new Dexie(name, {
    indexedDB,
    IDBKeyRange: keyRange,
    // Opening by itself would wait without a time limit.
    autoOpen: false,
    cache: 'disabled',
    chromeTransactionDurability: options.durability ?? 'default',
  })
  database.version(schemaVersion).stores({ ...options.tables })
  let isBlocked = false
  database.on('blocked', () => {
    isBlocked = true
  })
  try {
    await within(patienceMs, `opening ${name}`, database.open())
    return database
  } catch (error) {
    database.close()
    if (isBlocked) {
      throw new DeviceError('blocked', `${name} is held open by another tab`, { cause: error })
    }
    throw error
  }
}

/** Rows by Dexie. Every read has a time limit: a connection may be open and still never answer. */
function dexieReader(database: Dexie, patienceMs: number): RowReader {
  const limited = <T>(table: TableName, promise: PromiseLike<T>) =>
    within(patienceMs, `reading ${table}`, promise)
  return {
    get: <T extends TableName>(table: T, key: string | number) =>
      limited<Rows[T] | undefined>(table, database.table(table).get(key)),
    many: <T extends TableName>(table: T, keys: string[]) =>
      limited<(Rows[T] | undefined)[]>(table, database.table(table).bulkGet(keys)),
    all: <T extends TableName>(table: T) =>
      limited<Rows[T][]>(table, database.table(table).toArray()),
  }
}

function mayReopen(error: unknown): boolean {
  if (error instanceof DeviceError) return error.code !== 'damaged'
  return isStorageError(error)
}

/** Errors that are the work's own (a bad signature, say) go through unchanged. */
function toDeviceErrorOfWork(error: unknown): DeviceError {
  if (error instanceof DeviceError || isStorageError(error)) return toDeviceError(error)
  throw error
}

function isStorageError(error: unknown): boolean {
  return (
    error instanceof Dexie.DexieError ||
    (typeof DOMException !== 'undefined' && error instanceof DOMException)
  )
}
