import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { isHashedName } from '#server/app-files.ts'
import { precompress } from '#server/precompress.ts'
import { CliError } from './command.ts'
import { makeFolder } from './make-folder.ts'
import { writeLibrary } from './write-library.ts'

/** What the built app is made of. Rooms of the server and tests change nothing in it. */
const sources = ['src', 'public', 'plans', 'vite.config.ts', 'package.json', 'package-lock.json']
const notBuilt = /^src\/(?:server|cli)\/|\.test\.tsx?$/

/** A dot file: the server never sends it. */
const stampName = '.build.json'

/** How long hashed files of earlier builds are kept. */
const keptEarlierMs = 60 * 24 * 3600_000

/** A lock this old belongs to a process that died; a build takes some seconds. */
const lockAgeMs = 3 * 60_000

/**
 * Builds the app into dist/ when what it is made of has changed since, and compresses it. The hash of
 * the sources decides and not their times: a checkout gives every file a new time.
 *
 * @param log takes the build's own words
 * @returns the folder of the built app, and that of hashed files of earlier builds
 * @throws CliError when the build fails
 */
export async function buildApp(
  project: string,
  log: (line: string) => void,
): Promise<{ appDirectory: string; earlierDirectory: string }> {
  const dist = join(project, 'dist')
  const earlier = join(project, '.cache', 'earlier')
  const release = await lock(join(project, '.cache', 'build.lock'))
  try {
    const wanted = await hashSources(project)
    if ((await readStamp(dist)) !== wanted) {
      log('Building the app …')
      await keepEarlier(dist, earlier)
      await runVite(project, log)
      await writeLibrary(project, dist)
      // Last of all: a build that was stopped midway has no stamp and is done again.
      const temporary = join(dist, `${stampName}.tmp`)
      await writeFile(temporary, `${JSON.stringify({ sources: wanted })}\n`)
      await rename(temporary, join(dist, stampName))
    }
    await precompress(dist)
    return { appDirectory: dist, earlierDirectory: earlier }
  } finally {
    await release()
  }
}

/**
 * Puts hashed files of the build that is about to go aside: a tab that began with them may still ask for
 * a part of itself, and must not get 404 (TRAPS 10).
 */
async function keepEarlier(dist: string, earlier: string): Promise<void> {
  const target = join(earlier, 'assets')
  await makeFolder(target)
  for (const name of await readdir(target)) {
    const { mtimeMs } = await stat(join(target, name))
    if (mtimeMs < Date.now() - keptEarlierMs) await rm(join(target, name))
  }
  for (const name of await readdir(join(dist, 'assets')).catch(() => [])) {
    if (!isHashedName(`assets/${name}`)) continue
    await cp(join(dist, 'assets', name), join(target, name), { preserveTimestamps: true })
  }
}

async function readStamp(dist: string): Promise<string | undefined> {
  try {
    const stamp = JSON.parse(await readFile(join(dist, stampName), 'utf8')) as { sources?: unknown }
    return existsSync(join(dist, 'index.html')) ? String(stamp.sources) : undefined
  } catch {
    return undefined
  }
}

async function hashSources(project: string): Promise<string> {
  const hash = createHash('sha256')
  for (const path of await listSources(project)) {
    const content = await readFile(join(project, path))
    hash.update(`${path}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

async function listSources(project: string): Promise<string[]> {
  const paths: string[] = []
  for (const source of sources) {
    const status = await stat(join(project, source)).catch(() => undefined)
    if (status?.isFile()) paths.push(source)
    if (!status?.isDirectory()) continue
    for (const entry of await readdir(join(project, source), {
      withFileTypes: true,
      recursive: true,
    })) {
      const path = join(entry.parentPath, entry.name).slice(project.length + 1)
      if (entry.isFile() && !notBuilt.test(path)) paths.push(path)
    }
  }
  return paths.sort()
}

async function runVite(project: string, log: (line: string) => void): Promise<void> {
  const advice = 'Run npm ci in the project’s folder, then try again.'
  let vite: string
  try {
    vite = createRequire(join(project, 'package.json')).resolve('vite/package.json')
  } catch (cause) {
    throw new CliError(
      1,
      'the app is not built, and what builds it is not installed',
      advice,
      cause,
    )
  }
  const child = spawn(process.execPath, [join(vite, '..', 'bin', 'vite.js'), 'build'], {
    cwd: project,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) {
    for (const line of output.trimEnd().split('\n')) log(line)
    throw new CliError(1, 'the app could not be built', 'What the build says stands above.')
  }
}

/** One build at a time, also among processes; gives what lets go of it. */
async function lock(folder: string): Promise<() => Promise<void>> {
  await makeFolder(join(folder, '..'))
  for (;;) {
    try {
      await mkdir(folder)
      await writeFile(join(folder, 'pid'), String(process.pid))
      return () => rm(folder, { recursive: true, force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      if (await isAbandoned(folder)) await rm(folder, { recursive: true, force: true })
      else await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

async function isAbandoned(folder: string): Promise<boolean> {
  const status = await stat(folder).catch(() => undefined)
  if (!status) return false
  if (Date.now() - status.mtimeMs > lockAgeMs) return true
  const pid = Number(await readFile(join(folder, 'pid'), 'utf8').catch(() => ''))
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
