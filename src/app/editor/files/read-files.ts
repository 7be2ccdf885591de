import { unzipSync, type UnzipFileInfo } from 'fflate'
import { parsePlanPath } from '#library/plan-path.ts'
import { fileProblem, maxFileBytes, type Problem } from '#library/problem.ts'

/** A folder of plans has some hundred files; what has far more is something else. */
const mostFiles = 5_000
const mostZipBytes = 20 * 1024 * 1024

export type FilesCode = 'not-a-zip' | 'too-large' | 'too-many' | 'nothing'

export interface GivenFiles {
  /** YAML texts by their path in a folder of plans. */
  texts: Map<string, string>
  /** Files that are there, but could not be read as text. */
  unreadable: Problem[]
}

interface Entry {
  path: string
  size: number
  bytes: () => Promise<Uint8Array>
}

/**
 * Reads what somebody has chosen: YAML files, a folder of them, or one zip. Folders around the plans are taken off,
 * so that "Hämtat/plans/hemtjanst/…" is understood as well as "hemtjanst/…".
 */
export async function readFiles(
  files: readonly File[],
): Promise<{ ok: true; given: GivenFiles } | { ok: false; code: FilesCode }> {
  const zip = files.find(({ name }) => /\.zip$/i.test(name))
  if (zip && zip.size > mostZipBytes) return { ok: false, code: 'too-large' }
  const entries = zip ? await entriesOfZip(zip) : files.map(entryOf)
  if (entries === undefined) return { ok: false, code: 'not-a-zip' }
  const plans = entries.filter(({ path }) => /\.ya?ml$/i.test(path))
  if (plans.length === 0) return { ok: false, code: 'nothing' }
  if (plans.length > mostFiles) return { ok: false, code: 'too-many' }
  const given: GivenFiles = { texts: new Map(), unreadable: [] }
  const depth = depthOf(plans.map(({ path }) => path))
  for (const { path, size, bytes } of plans) {
    const within = path.split('/').slice(depth).join('/')
    const text = size > maxFileBytes ? undefined : await textOf(bytes)
    if (text !== undefined) given.texts.set(within, text)
    else given.unreadable.push(fileProblem(within, size > maxFileBytes ? 'too-large' : 'not-text'))
  }
  return { ok: true, given }
}

function entryOf(file: File): Entry {
  return {
    path: (file.webkitRelativePath || file.name).replaceAll('\\', '/'),
    size: file.size,
    bytes: async () => new Uint8Array(await file.arrayBuffer()),
  }
}

/** What a zip says of a size is believed only up to the size that is read anyway. */
async function entriesOfZip(zip: File): Promise<Entry[] | undefined> {
  const sizes = new Map<string, number>()
  const isWanted = ({ name, originalSize }: UnzipFileInfo) => {
    if (!/\.ya?ml$/i.test(name) || sizes.size > mostFiles) return false
    sizes.set(name, originalSize)
    return originalSize <= maxFileBytes
  }
  try {
    const bytes = new Uint8Array(await zip.arrayBuffer())
    // Here and not in a worker of the library's own: the page's policy allows none but ours.
    const found = unzipSync(bytes, { filter: isWanted })
    return [...sizes].map(([name, size]) => ({
      path: name.replaceAll('\\', '/'),
      size: Object.hasOwn(found, name) ? size : Infinity,
      bytes: () => Promise.resolve(found[name] ?? new Uint8Array()),
    }))
  } catch {
    return undefined
  }
}

/** So many folders stand around the plans: as many as make most paths understood. */
function depthOf(paths: readonly string[]): number {
  const understood = [0, 1, 2, 3, 4].map(
    (depth) =>
      paths.filter((path) => {
        const parts = path.split('/')
        return parts.length > depth && parsePlanPath(parts.slice(depth).join('/')).ok
      }).length,
  )
  return understood.indexOf(Math.max(...understood))
}

async function textOf(bytes: () => Promise<Uint8Array>): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await bytes())
  } catch {
    return undefined
  }
}
