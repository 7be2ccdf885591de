import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { listOf } from '../../src/service-worker/lists.ts'
import type { Figure } from './main.ts'

const dist = resolve(import.meta.dirname, '../../dist')

/** What each list of the built app weighs, Brotli, file by file as it is sent. */
export async function measureSizes(): Promise<Figure[]> {
  const bytes = { reader: 0, editor: 0, rest: 0, host: 0 }
  const scripts = { reader: 0, editor: 0, rest: 0, host: 0 }
  let readerFiles = 0
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.(br|gz)$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name).slice(dist.length + 1)
    const list = listOf(path)
    if (list === undefined) continue
    const size = brotliCompressSync(readFileSync(join(dist, path))).length
    bytes[list] += size
    if (path.endsWith('.js')) scripts[list] += size
    if (list === 'reader') readerFiles += 1
  }
  const worker = brotliCompressSync(readFileSync(join(dist, 'sw.js'))).length
  return [
    { name: 'reader list, all files', value: bytes.reader / 1000, unit: 'kB' },
    { name: 'reader list, JavaScript', value: scripts.reader / 1000, unit: 'kB' },
    { name: 'reader list, files', value: readerFiles, unit: 'files', limit: 12 },
    { name: 'editor list, JavaScript', value: scripts.editor / 1000, unit: 'kB' },
    { name: 'rest, stored once plans are; all files', value: bytes.rest / 1000, unit: 'kB' },
    { name: 'service worker', value: worker / 1000, unit: 'kB' },
  ]
}
