import { constants } from 'node:fs'
import { open, readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { parsePlanPath } from '#library/plan-path.ts'
import { fileProblem, maxFileBytes } from '#library/problem.ts'
import { CliError } from './command.ts'
import type { Problem } from '#library/problem.ts'

interface Found {
  texts: Map<string, string>
  problems: Problem[]
}

/** A content folder is three deep; what lies far below that is something else, and is not walked. */
const deepest = 6

/**
 * Reads the YAML texts of a content folder by path (`hemtjanst/routines/tes.yaml`). A file's size is looked at
 * before it is read, no link is followed out of the folder, and what cannot be given as text is a problem.
 * A file whose place is wrong is given without its text, so that `readPlans` tells it with the others.
 *
 * @throws CliError when the folder is not there
 */
export async function readPlansFolder(folder: string): Promise<Found> {
  const found: Found = { texts: new Map(), problems: [] }
  const base = await requireFolder(folder)
  await walk(base, '', found)
  return found
}

async function requireFolder(folder: string): Promise<string> {
  const status = await stat(folder).catch(() => undefined)
  if (status?.isDirectory()) return await realpath(folder)
  throw new CliError(
    1,
    status ? `${folder} is no folder` : `there is no folder ${folder}`,
    'Name the folder that holds organisation.yaml.',
  )
}

async function walk(base: string, prefix: string, found: Found): Promise<void> {
  const entries = await readdir(join(base, prefix), { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue
    const path = prefix + entry.name
    const problem = (code: Parameters<typeof fileProblem>[1]) =>
      found.problems.push(fileProblem(path, code))
    if (entry.isDirectory()) {
      if (path.split('/').length >= deepest) problem('not-a-file')
      else await walk(base, `${path}/`, found)
      continue
    }
    const real = entry.isSymbolicLink() ? await realTarget(base, path) : join(base, path)
    if (real === undefined) {
      problem('outside-folder')
      continue
    }
    if (entry.isSymbolicLink() && (await stat(real)).isDirectory()) {
      problem('linked-folder')
      continue
    }
    const place = parsePlanPath(path)
    if (!place.ok) {
      if (!place.ignored) found.texts.set(path, '')
      continue
    }
    const text = await readText(real)
    if (text.ok) found.texts.set(path, text.text)
    else problem(text.code)
  }
}

/** Where a link leads; undefined when that is outside the folder, or nowhere. */
async function realTarget(base: string, path: string): Promise<string | undefined> {
  const real = await realpath(join(base, path)).catch(() => undefined)
  return real?.startsWith(base + sep) ? real : undefined
}

async function readText(
  file: string,
): Promise<
  { ok: true; text: string } | { ok: false; code: 'too-large' | 'not-a-file' | 'not-text' }
> {
  // NONBLOCK: a pipe in the place of a plan must not hold us for ever.
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined)
  if (!handle) return { ok: false, code: 'not-a-file' }
  try {
    const status = await handle.stat()
    if (!status.isFile()) return { ok: false, code: 'not-a-file' }
    if (status.size > maxFileBytes) return { ok: false, code: 'too-large' }
    const bytes = await handle.readFile()
    if (bytes.length > maxFileBytes) return { ok: false, code: 'too-large' }
    if (bytes.includes(0)) return { ok: false, code: 'not-text' }
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, code: 'not-text' }
    throw error
  } finally {
    await handle.close()
  }
}
