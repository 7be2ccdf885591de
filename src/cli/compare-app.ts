import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'

/** One file of a build. */
export interface BuiltFile {
  path: string
  /** SHA-256 hex. */
  hash: string
}

/**
 * The files of a built app as they are served, and the hash of the whole: SHA-256 hex over
 * `<path> <hash>\n` of each, sorted by path. Two checkouts of the same sources build the same.
 */
export async function describeBuild(
  directory: string,
): Promise<{ build: string; files: BuiltFile[] }> {
  const files: BuiltFile[] = []
  const entries = await readdir(directory, { withFileTypes: true, recursive: true })
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
      .slice(directory.length + 1)
      .replaceAll(sep, '/')
    if (!entry.isFile() || /\.(?:br|gz|tmp)$|(?:^|\/)\./.test(path)) continue
    files.push({ path, hash: hashOf(await readFile(join(directory, path))) })
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1))
  const build = hashOf(new TextEncoder().encode(files.map((f) => `${f.path} ${f.hash}\n`).join('')))
  return { build, files }
}

/** The largest file that is read of a host. */
const mostBytes = 16 * 1024 * 1024

/**
 * Asks a host for every file of a build, and for the page its address gives.
 *
 * @param app the app's address, with a closing slash
 * @returns what differs: path and why
 */
export async function compareApp(
  files: readonly BuiltFile[],
  app: URL,
  options: { fetch: typeof globalThis.fetch; timeoutMs: number },
): Promise<{ path: string; problem: string }[]> {
  const wanted = [
    ...files,
    ...files.filter(({ path }) => path === 'index.html').map(({ hash }) => ({ path: '', hash })),
  ]
  const problems: { path: string; problem: string }[] = []
  const queue = [...wanted]
  const work = async () => {
    for (let file = queue.shift(); file; file = queue.shift()) {
      const problem = await compareOne(file, new URL(file.path, app), options)
      if (problem !== undefined) problems.push({ path: file.path, problem })
    }
  }
  await Promise.all(Array.from({ length: 6 }, work))
  return problems.sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function compareOne(
  file: BuiltFile,
  url: URL,
  { fetch, timeoutMs }: { fetch: typeof globalThis.fetch; timeoutMs: number },
): Promise<string | undefined> {
  try {
    const answer = await fetch(url, {
      redirect: 'error',
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (answer.status !== 200) {
      await answer.body?.cancel()
      return `status ${answer.status}`
    }
    const hash = createHash('sha256')
    let length = 0
    const reader = answer.body?.getReader()
    while (reader) {
      const { done, value } = await reader.read()
      if (done) break
      length += value.length
      if (length > mostBytes) {
        await reader.cancel()
        return 'does not end'
      }
      hash.update(value)
    }
    return hash.digest('hex') === file.hash ? undefined : 'is another file'
  } catch {
    return 'no answer'
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
