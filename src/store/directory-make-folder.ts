import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder and those above it that are not there (Node only). Not by `mkdir` with `recursive`: where a file
 * system answers ENOENT below a folder that is there (/proc does), that never ends, without a word.
 *
 * @param mode of every folder that is made, before the umask
 * @returns whether any was made
 * @throws the system's error, of the uppermost folder that could not be made
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<boolean> {
  const path = resolve(folder)
  const first = await makeOne(path, mode)
  if (first !== 'no-parent') return first === 'made'
  const parent = dirname(path)
  if (parent !== path) await makeFolder(parent, mode)
  const again = await makeOne(path, mode)
  if (again === 'no-parent') throw notThere(path)
  return true
}

async function makeOne(path: string, mode: number): Promise<'made' | 'there' | 'no-parent'> {
  try {
    await mkdir(path, { mode })
    return 'made'
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'no-parent'
    // Which code says that it is there depends on the system, and on whether it may be written to.
    if (await isFolder(path)) return 'there'
    throw error
  }
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  )
}

function notThere(path: string): Error {
  return Object.assign(new Error(`ENOENT: the folder ${path} cannot be made`), { code: 'ENOENT' })
}
