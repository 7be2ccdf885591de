import { createHash } from 'node:crypto'
import { lstat, readFile, realpath } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { immutable, noCache } from './cache-control.ts'
import { isFresh } from './precompress.ts'
import type { Encoding } from './negotiate-encoding.ts'

/** A file of the built app, with each encoding that lies beside it. */
export interface AppFile {
  contentType: string
  cacheControl: string
  /** `identity` is always there. The ETag is strong: it comes from the encoded bytes. */
  variants: Partial<Record<Encoding, { bytes: Uint8Array<ArrayBuffer>; etag: string }>>
}

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.pdf': 'application/pdf',
}

const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/** Vite names a file of `assets/` by its content: eight characters before the ending. */
const hashedName = /^assets\/.+-[A-Za-z0-9_-]{8}\.[a-z0-9.]+$/

/** No dot files, no `..`, nothing that would have to be escaped: the build makes no other names. */
const servedName = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/

/** Whether a file of the app is named by its content: it never changes, and may be kept for ever. */
export function isHashedName(path: string): boolean {
  return hashedName.test(path)
}

/**
 * Reads files of the built app, each once: it is read again when the file has another time or size,
 * so that a new build is served without a restart.
 *
 * @param earlier hashed files of earlier builds: a tab that began with one still asks for its parts
 * @returns a function from a path below the app's address (no leading slash) to its file; undefined
 *   for what is not there, is a folder or a link, or is no name the build makes
 */
export function createAppFiles(
  directory: string,
  earlier?: string,
): (path: string) => Promise<AppFile | undefined> {
  const current = createReader(resolve(directory))
  const before = earlier === undefined ? undefined : createReader(resolve(earlier))

  return async (path) => {
    if (!servedName.test(path) || /\.(?:br|gz|tmp)$/.test(path)) return undefined
    const file = await current(path)
    return file ?? (hashedName.test(path) ? await before?.(path) : undefined)
  }
}

function createReader(base: string): (path: string) => Promise<AppFile | undefined> {
  const fileByPath = new Map<string, { stamp: string; file: AppFile }>()
  return async (path) => {
    const absolute = join(base, path)
    const stamp = await stampOf(base, absolute)
    if (stamp === undefined) return undefined
    const known = fileByPath.get(path)
    if (known?.stamp === stamp) return known.file
    const file = await readAppFile(absolute, path)
    fileByPath.set(path, { stamp, file })
    return file
  }
}

async function readAppFile(absolute: string, path: string): Promise<AppFile> {
  const variants: AppFile['variants'] = { identity: await readVariant(absolute) }
  for (const [encoding, suffix] of encodings) {
    if (await isFresh(absolute, absolute + suffix)) {
      variants[encoding] = await readVariant(absolute + suffix)
    }
  }
  return {
    contentType: contentTypes[extname(path)] ?? 'application/octet-stream',
    cacheControl: hashedName.test(path) ? immutable : noCache,
    variants,
  }
}

async function readVariant(file: string) {
  const bytes = await readFile(file)
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` }
}

/** What tells one content of a file from the next, with the files beside it; undefined when nothing may be served. */
async function stampOf(base: string, absolute: string): Promise<string | undefined> {
  try {
    const real = await realpath(absolute)
    if (!real.startsWith((await realpath(base)) + sep)) return undefined
  } catch {
    return undefined
  }
  const statuses = await Promise.all(
    ['', '.br', '.gz'].map((suffix) => lstat(absolute + suffix).catch(() => undefined)),
  )
  if (!statuses[0]?.isFile()) return undefined
  return statuses.map((status) => (status ? `${status.mtimeMs}:${status.size}` : '')).join('|')
}
