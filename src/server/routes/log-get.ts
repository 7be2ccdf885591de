import { noCache } from '../cache-control.ts'
import { encodeAnswer } from '../encode-answer.ts'
import { notFound } from './app.ts'
import type { LogIndex } from '../log-index.ts'
import type { Context } from 'hono'

/**
 * `GET /store/d/<department>/log?after=`: `{ entries, next, more }`, sealed entries as text. Anybody may
 * read it, as everything in the store. 404 for a department the root does not name.
 */
export function getLog(logOf: (department: string) => Promise<LogIndex | undefined>) {
  return async (c: Context): Promise<Response> => {
    const log = await logOf(c.req.param('department') ?? '')
    if (!log) return notFound(c)
    const page = await log.page(c.req.query('after'))
    c.header('Cache-Control', noCache)
    c.header('Content-Type', 'application/json; charset=utf-8')
    const sent = await encodeAnswer(c, new TextEncoder().encode(JSON.stringify(page)))
    c.header('Content-Length', String(sent.length))
    return c.body(sent)
  }
}
