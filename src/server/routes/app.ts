import { noCache } from '../cache-control.ts'
import { negotiateEncoding } from '../negotiate-encoding.ts'
import { isNotModified } from '../not-modified.ts'
import type { AppFile } from '../app-files.ts'
import type { Encoding } from '../negotiate-encoding.ts'
import type { Context } from 'hono'

/**
 * `GET` and `HEAD` of the built app. A path that is not there is 404 and never the start page: a
 * missing script answered with HTML would be stored by a phone as that script (TRAPS 9).
 */
export function getApp(appFile: (path: string) => Promise<AppFile | undefined>) {
  return async (c: Context): Promise<Response> => {
    const path = c.req.path.slice(1)
    const file = await appFile(path === '' ? 'index.html' : path)
    if (!file) return notFound(c)
    const available = Object.keys(file.variants) as Encoding[]
    const encoding = negotiateEncoding(c.req.header('Accept-Encoding'), available)
    const variant = file.variants[encoding] ?? file.variants.identity
    if (!variant) return notFound(c)
    c.header('Cache-Control', file.cacheControl)
    c.header('ETag', variant.etag)
    if (available.length > 1) c.header('Vary', 'Accept-Encoding')
    if (isNotModified(c.req.header('If-None-Match'), variant.etag)) return c.body(null, 304)
    c.header('Content-Type', file.contentType)
    c.header('Content-Length', String(variant.bytes.length))
    if (encoding !== 'identity') c.header('Content-Encoding', encoding)
    return c.body(variant.bytes)
  }
}

export function notFound(c: Context): Response {
  return c.text('Not found\n', 404, { 'Cache-Control': noCache })
}
