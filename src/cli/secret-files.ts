import { chmod, open, readFile, rename, unlink } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { makeFolder } from './make-folder.ts'

/** Files of keys: JSON in a folder only its owner reads. */
export interface SecretFiles {
  /** The value at a name (`organisation.json`, `departments/hemtjanst.json`); undefined when not there. */
  read(name: string): Promise<unknown>
  /** Writes whole or not at all, and flushes: a lost key cannot be made again. */
  write(name: string, value: unknown): Promise<void>
}

/**
 * The `secret/` folder of a data folder: 0700, files 0600 (DESIGN, "Data folder"), also when the
 * machine's umask is lax or the folder was there before.
 */
export function createSecretFiles(folder: string): SecretFiles {
  return {
    async read(name) {
      try {
        return JSON.parse(await readFile(join(folder, name), 'utf8'))
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        // The parser's message quotes the text, and that may be a key.
        if (error instanceof SyntaxError)
          throw new Error(`${join(folder, name)} is damaged: no JSON`)
        throw error
      }
    },

    async write(name, value) {
      const target = join(folder, name)
      await makePrivateFolder(folder)
      if (dirname(target) !== folder) await makePrivateFolder(dirname(target))
      const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`
      const file = await open(temporary, 'wx', 0o600)
      try {
        await file.writeFile(`${JSON.stringify(value, null, 2)}\n`)
        await file.sync()
        await file.close()
        await rename(temporary, target)
      } catch (error) {
        await file.close().catch(() => undefined)
        await unlink(temporary).catch(() => undefined)
        throw error
      }
      await flush(dirname(target))
    },
  }
}

async function makePrivateFolder(folder: string): Promise<void> {
  await makeFolder(folder, 0o700)
  await chmod(folder, 0o700)
}

async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
