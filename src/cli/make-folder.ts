import { makeFolder as make } from '#store/directory-make-folder.ts'
import { CliError } from './command.ts'

/**
 * Makes a folder that a command writes to, and those above it.
 *
 * @param mode of every folder that is made, before the umask
 * @throws CliError when it cannot be made
 */
export async function makeFolder(folder: string, mode?: number): Promise<void> {
  await make(folder, mode).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new CliError(
      1,
      `the folder ${folder} cannot be made (${code})`,
      'Name a folder in a place that is there and that this user may write to.',
      error,
    )
  })
}
