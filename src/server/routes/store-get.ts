import { createHash } from 'node:crypto'
import { LIMITS, parseStorePath, type StorePathKind } from '#store/layout.ts'
import { StoreError } from '#store/store.ts'
import { immutable, noCache } from '../cache-control.ts'
import { encodeAnswer } from '../encode-answer.ts'
import { isNotModified } from '../not-modified.ts'
import { notFound } from './app.ts'
import type { ReadStore } from '#store/store.ts'
import type { Context } from 'hono'

/**
 * `GET` and `HEAD /store/<path of the layout>`. Everything is sealed or signed, so any origin may
 * read it; it is sent as bytes that no browser will take for a page or a script.
 */
export function getStore(store: ReadStore) {
  return async (c: Context): Promise<Response> => {
    const path = c.req.path.slice('/store/'.length)
    const parsed = parseStorePath(path)
    if (!parsed) return notFound(c)
    const bytes = await store.get(path, { maxBytes: LIMITS[parsed.kind] }).catch(asAbsent)
    if (!bytes) return notFound(c)
    c.header('Cache-Control', parsed.kind === 'blob' ? immutable : noCache)
    if (parsed.kind !== 'blob') {
      // A blob never changes: nobody asks whether it has.
      const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
      c.header('ETag', etag)
      if (isNotModified(c.req.header('If-None-Match'), etag)) return c.body(null, 304)
    }
    c.header('Content-Type', 'application/octet-stream')
    const sent = compressed.has(parsed.kind) ? await encodeAnswer(c, bytes) : bytes
    c.header('Content-Length', String(sent.length))
    return c.body(sent)
  }
}

/** Text in base64url, half of it repeated, which each phone reads; all else is sealed, or a few bytes. */
const compressed = new Set<StorePathKind>(['root', 'head'])

/** What cannot be an object (a folder, a link, above its limit) is not there; a failing disk is an error. */
function asAbsent(error: unknown): undefined {
  if (error instanceof StoreError && ['too-large', 'not-the-store'].includes(error.code)) return
  throw error
}
