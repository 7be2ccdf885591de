import { lstat, readFile, readdir, rename, unlink, utimes, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const compressible = new Set([
  '.html',
  '.js',
  '.mjs',
  '.css',
  '.svg',
  '.json',
  '.webmanifest',
  '.txt',
  '.map',
  '.ico',
])

/** Below this a smaller body saves no packet. */
const leastBytes = 256

/**
 * Puts `name.br` and `name.gz` beside each file of the built app that gains by it, so that no
 * request waits for a compressor and a static host can send them too. A compressed file carries the
 * time of its original: that is how `isFresh` and the next run know that it is still its copy.
 *
 * @returns how many files were written; what is fresh already is left alone
 */
export async function precompress(directory: string): Promise<number> {
  let written = 0
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !compressible.has(extname(entry.name))) continue
    const file = join(entry.parentPath, entry.name)
    for (const [suffix, compress] of [
      ['.br', toBrotli],
      ['.gz', toGzip],
    ] as const) {
      if (await isFresh(file, file + suffix)) continue
      written += await writeCompressed(file, file + suffix, compress)
    }
  }
  return written
}

/** Whether a compressed file is the copy of what its original holds now. */
export async function isFresh(original: string, compressed: string): Promise<boolean> {
  try {
    const [a, b] = await Promise.all([lstat(original), lstat(compressed)])
    return b.isFile() && Math.abs(a.mtimeMs - b.mtimeMs) < 1
  } catch {
    return false
  }
}

async function writeCompressed(
  original: string,
  target: string,
  compress: (bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<0 | 1> {
  const { mtime } = await lstat(original)
  const bytes = await readFile(original)
  const smaller = bytes.length < leastBytes ? bytes : await compress(bytes)
  if (smaller.length >= bytes.length) {
    // One that is left from an earlier content would never be fresh again, but a static host does not check.
    await unlink(target).catch(() => undefined)
    return 0
  }
  const temporary = `${target}.${process.pid}.tmp`
  await writeFile(temporary, smaller)
  await utimes(temporary, mtime, mtime)
  await rename(temporary, target)
  return 1
}

function toBrotli(bytes: Uint8Array): Promise<Uint8Array> {
  return promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  })
}

function toGzip(bytes: Uint8Array): Promise<Uint8Array> {
  return promisify(gzip)(bytes, { level: 9 })
}
