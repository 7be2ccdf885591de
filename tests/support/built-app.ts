import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildApp } from '#cli/build-app.ts'

const project = resolve(import.meta.dirname, '../..')

export interface BuiltApp {
  /** What a host serves. */
  directory: string
  remove(): Promise<void>
}

/**
 * Builds the app as it is, or with changes, in a folder of its own.
 *
 * @param changes per file of the project: what becomes of its text
 */
export async function buildVariant(
  changes: Record<string, (text: string) => string> = {},
): Promise<BuiltApp> {
  const folder = await mkdtemp(join(tmpdir(), 'planb-build-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  if (Object.keys(changes).length === 0) {
    const { appDirectory } = await buildApp(project, () => undefined)
    await cp(appDirectory, join(folder, 'dist'), { recursive: true })
    return { directory: join(folder, 'dist'), remove }
  }
  for (const path of ['src', 'public', 'vite.config.ts', 'package.json'])
    await cp(join(project, path), join(folder, path), { recursive: true })
  await symlink(join(project, 'node_modules'), join(folder, 'node_modules'))
  for (const [path, change] of Object.entries(changes)) {
    const text = await readFile(join(folder, path), 'utf8')
    const changed = change(text)
    if (changed === text) throw new Error(`${path} is as it was`)
    await writeFile(join(folder, path), changed)
  }
  const { appDirectory } = await buildApp(folder, console.error)
  return { directory: appDirectory, remove }
}
