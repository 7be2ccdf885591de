import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { link, lstat, open, readdir, rename, stat, unlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { checkFolder, checkReplace, checkWrite } from './check-write.ts'
import { makeFolder } from './directory-make-folder.ts'
import { requireStorePath } from './layout.ts'
import { StoreError } from './store.ts'
import type { Store } from './store.ts'

/** Where objects are written before they are linked into place. Never listed, read or served. */
const incoming = '.incoming'

/** What a dead process left in `incoming` is removed when it is older than this. */
const leftoverAgeMs = 60 * 60 * 1000

/**
 * A store in a folder of this machine (Node only). An object is written beside its place, flushed to
 * disk, and then given its name by `link()`, which fails when the name is taken: so exactly one
 * writer wins, in any number of processes, and a crash leaves the whole object or none. File and folder
 * are both flushed: without the folder a power cut can take the name away again.
 *
 * @param directory made at the first write when it is not there
 */
export function createDirectoryStore(directory: string): Store {
  const base = resolve(directory)
  const flushedFolders = new Set<string>()
  let leftoversRemoved = false

  return {
    async get(path, { maxBytes, signal }) {
      requireStorePath(path)
      signal?.throwIfAborted()
      return await readObject(join(base, path), path, maxBytes)
    },

    async putIfAbsent(path, bytes) {
      checkWrite(path, bytes)
      return await withStoreErrors(path, async () => {
        const target = join(base, path)
        if (await isThere(target)) {
          // Whoever put it may not have flushed the folder yet, and our caller will build upon it.
          await flushFolder(dirname(target))
          return 'exists'
        }
        await makeFlushed(dirname(target))
        return await withIncoming(bytes, async (written) => {
          const outcome = await linkIfAbsent(written, target)
          await flushFolder(dirname(target))
          return outcome
        })
      })
    },

    async replace(path, bytes) {
      checkReplace(path, bytes)
      await withStoreErrors(path, async () => {
        const target = join(base, path)
        await makeFlushed(dirname(target))
        await withIncoming(bytes, async (written) => {
          await rename(written, target)
          await flushFolder(dirname(target))
        })
      })
    },

    async list(prefix) {
      checkFolder(prefix)
      return await withStoreErrors(prefix, async () => {
        const paths: string[] = []
        await collect(base, prefix, paths)
        return paths.sort()
      })
    },

    async remove(path) {
      requireStorePath(path)
      await withStoreErrors(path, async () => {
        const target = join(base, path)
        try {
          await unlink(target)
        } catch (error) {
          if (hasCode(error, 'ENOENT', 'ENOTDIR')) return
          throw error
        }
        await flushFolder(dirname(target))
      })
    },

    async storedAt(path) {
      requireStorePath(path)
      return await withStoreErrors(path, async () => {
        try {
          const status = await lstat(join(base, path))
          return status.isFile() ? status.mtimeMs : undefined
        } catch (error) {
          if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined
          throw error
        }
      })
    },
  }

  /** Makes a folder and flushes it and those above it, once for each folder this process writes to. */
  async function makeFlushed(folder: string): Promise<void> {
    const isNew = await makeFolder(folder)
    if (!isNew && flushedFolders.has(folder)) return
    const end = dirname(base)
    for (let current = folder; current !== end; current = dirname(current)) {
      await flushFolder(dirname(current))
    }
    flushedFolders.add(folder)
  }

  /** Writes and flushes bytes under a name of their own, hands it on, and leaves nothing behind. */
  async function withIncoming<T>(
    bytes: Uint8Array,
    use: (written: string) => Promise<T>,
  ): Promise<T> {
    const folder = join(base, incoming)
    await makeFolder(folder)
    if (!leftoversRemoved) {
      leftoversRemoved = true
      await removeLeftovers(folder)
    }
    const written = join(folder, `${process.pid}-${randomBytes(12).toString('hex')}`)
    try {
      const file = await open(written, 'wx', 0o644)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      return await use(written)
    } finally {
      await unlink(written).catch((error: unknown) => {
        if (!hasCode(error, 'ENOENT')) throw error
      })
    }
  }
}

async function linkIfAbsent(written: string, target: string): Promise<'stored' | 'exists'> {
  try {
    await link(written, target)
    return 'stored'
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return 'exists'
    throw error
  }
}

async function readObject(
  file: string,
  path: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  let handle
  try {
    // NOFOLLOW: a link in the store must not make the server hand out another file of the machine.
    // NONBLOCK: a pipe in the place of an object must not hold a reader for ever.
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined
    if (hasCode(error, 'ELOOP', 'ENXIO')) throw notAFile(path)
    throw toStoreError(error, path)
  }
  try {
    const status = await handle.stat()
    const { size } = status
    if (!status.isFile()) throw notAFile(path)
    if (size > maxBytes) {
      throw new StoreError('too-large', `${path} holds ${size} bytes, more than ${maxBytes}`, {
        path,
      })
    }
    const bytes = new Uint8Array(size)
    let length = 0
    while (length < size) {
      const { bytesRead } = await handle.read(bytes, length, size - length, length)
      if (bytesRead === 0) break
      length += bytesRead
    }
    return length === size ? bytes : bytes.slice(0, length)
  } catch (error) {
    throw toStoreError(error, path)
  } finally {
    await handle.close()
  }
}

async function collect(base: string, prefix: string, paths: string[]): Promise<void> {
  let entries
  try {
    entries = await readdir(join(base, prefix), { withFileTypes: true })
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return
    throw error
  }
  for (const entry of entries) {
    if (prefix === '' && entry.name === incoming) continue
    const path = prefix + entry.name
    if (entry.isDirectory()) await collect(base, `${path}/`, paths)
    else paths.push(path)
  }
}

async function removeLeftovers(folder: string): Promise<void> {
  const oldest = Date.now() - leftoverAgeMs
  for (const name of await readdir(folder)) {
    try {
      const file = join(folder, name)
      if ((await stat(file)).mtimeMs < oldest) await unlink(file)
    } catch (error) {
      // Another process removes leftovers at the same time.
      if (!hasCode(error, 'ENOENT')) throw error
    }
  }
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    await lstat(file)
    return true
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false
    throw error
  }
}

async function withStoreErrors<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    throw toStoreError(error, path)
  }
}

/** Node's messages name folders of the machine; ours name the path of the layout and the system's code. */
function toStoreError(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error
  const code = systemCode(error) ?? 'unknown error'
  if (hasCode(error, 'ENOSPC', 'EDQUOT', 'EFBIG')) {
    return new StoreError('full', `no room to write ${path} (${code})`, { path, cause: error })
  }
  const hint = hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')
    ? '; the file system under the data folder must allow hard links'
    : ''
  return new StoreError('unreachable', `cannot reach ${path} (${code})${hint}`, {
    path,
    cause: error,
  })
}

function notAFile(path: string): StoreError {
  return new StoreError('not-the-store', `${path} is a link, folder or pipe, not a file`, { path })
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  const code = systemCode(error)
  return code !== undefined && codes.includes(code)
}
