import { JournalError } from '#journal/journal-error.ts'
import { ReleaseError } from '#release/release-error.ts'
import { StoreError } from '#store/store.ts'
import { TrustError } from '#trust/trust-error.ts'
import { noCache } from './cache-control.ts'
import { ServerError } from './server-error.ts'
import type { Context } from 'hono'

/**
 * Turns what was thrown into an answer `{ code, message }`. [H13] The log line holds the method, the kind of
 * path and a code: no address of a person, no query, no body, so that nothing secret can end up in it.
 */
export function answerError(error: unknown, c: Context, log: (line: string) => void): Response {
  const { status, code, message } = describeError(error)
  log(`${c.req.method} ${routeOf(c.req.path)} ${status} ${code}`)
  if (status >= 500 && error instanceof Error && !(error instanceof StoreError)) {
    log(`  ${error.name} ${'code' in error ? String(error.code) : ''}`.trimEnd())
  }
  if (error instanceof ServerError && error.retryAfter !== undefined) {
    c.header('Retry-After', String(error.retryAfter))
  }
  c.header('Cache-Control', noCache)
  return c.json({ code, message }, status)
}

/** What is said of an error: the status, a stable code, and words without anything secret. */
export function describeError(error: unknown) {
  if (error instanceof ServerError) {
    return { status: error.status, code: error.code, message: error.message }
  }
  if (
    error instanceof TrustError ||
    error instanceof ReleaseError ||
    error instanceof JournalError
  ) {
    return { status: 422 as const, code: error.code, message: error.message }
  }
  if (error instanceof StoreError) {
    const status = error.code === 'full' ? (507 as const) : (503 as const)
    return { status, code: error.code, message: 'the store cannot be used now' }
  }
  return { status: 500 as const, code: 'internal', message: 'something went wrong here' }
}

/** Which route it was. What stands in its places is left out: anybody can write anything there. */
function routeOf(path: string): string {
  if (path === '/store/root' || path === '/health') return path
  const department = /^\/store\/d\/[^/]+(\/beat|\/log)?$/.exec(path)
  if (department) return `/store/d/…${department[1] ?? ''}`
  return path.startsWith('/store/') ? '/store/…' : '/…'
}
