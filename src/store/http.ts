import { requireStorePath } from './layout.ts'
import { StoreError } from './store.ts'
import type { ReadStore, StoreErrorCode } from './store.ts'

export interface HttpStoreOptions {
  /** Where the store lies, with a closing slash: `https://plan.example.se/store/`. */
  base: URL
  fetch: typeof globalThis.fetch
  /** An answer that stands still for this long is given up. */
  timeoutMs: number
  /**
   * Whether `If-None-Match` may be sent. A store of another origin would have to allow that header
   * beforehand (CORS), which plain static hosts do not; there the browser's own cache asks instead.
   */
  sendsEtag?: boolean
}

export interface HttpStore extends ReadStore {
  readonly base: URL
  /**
   * As `get`, for a path that is asked for again and again (`latest`): `unchanged` when the store
   * says that it still has what `etag` names.
   */
  getIfChanged(
    path: string,
    options: { maxBytes: number; etag?: string; signal?: AbortSignal },
  ): Promise<'unchanged' | { bytes: Uint8Array<ArrayBuffer>; etag?: string } | undefined>
}

/** A StoreError of a host, with how long it asked us to wait (`Retry-After`), in milliseconds. */
export class HttpStoreError extends StoreError {
  readonly retryAfterMs: number | undefined

  constructor(
    code: StoreErrorCode,
    message: string,
    options: { path?: string; cause?: unknown; retryAfterMs?: number } = {},
  ) {
    super(code, message, options)
    this.name = 'HttpStoreError'
    this.retryAfterMs = options.retryAfterMs
  }
}

/**
 * A drip of single bytes must not hold an app for long: the whole answer may take two time limits and what its
 * largest size takes on the slowest line that is waited for, in bytes a millisecond; never more than so many limits.
 */
const slowest = 4
const patience = 30

/**
 * Reads a store from any web host, static ones and mirrors too. Sends no cookies and no referrer and
 * never follows a redirect; a page of HTML in place of an object (a captive portal) is `not-the-store`.
 *
 * 404, 410 and 403 (what S3 says of an object that is not there, where listing is forbidden) all give
 * undefined: absence proves nothing, so no caller may conclude from it that it is up to date.
 */
export function createHttpStore(options: HttpStoreOptions): HttpStore {
  const { base, sendsEtag = true } = options
  if (!base.pathname.endsWith('/')) {
    throw new StoreError('bad-path', `the address of a store ends with a slash: ${base.href}`)
  }

  async function get(path: string, wanted: { maxBytes: number; signal?: AbortSignal }) {
    const answer = await ask(options, path, wanted, { cache: 'no-store' })
    return answer === 'unchanged' ? undefined : answer?.bytes
  }

  async function getIfChanged(
    path: string,
    wanted: { maxBytes: number; etag?: string; signal?: AbortSignal },
  ) {
    if (!sendsEtag) return ask(options, path, wanted, { cache: 'no-cache' })
    const headers = wanted.etag === undefined ? undefined : { 'if-none-match': wanted.etag }
    return ask(options, path, wanted, { cache: 'no-store', ...(headers && { headers }) })
  }

  return { base, get, getIfChanged }
}

async function ask(
  { base, fetch, timeoutMs }: HttpStoreOptions,
  path: string,
  wanted: { maxBytes: number; signal?: AbortSignal },
  init: RequestInit,
): Promise<'unchanged' | { bytes: Uint8Array<ArrayBuffer>; etag?: string } | undefined> {
  requireStorePath(path)
  wanted.signal?.throwIfAborted()
  const limit = createTimeLimit(timeoutMs, wanted)
  try {
    const response = await fetch(new URL(path, base), {
      ...init,
      redirect: 'error',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: limit.signal,
    })
    limit.progress()
    if (response.status !== 200) {
      await response.body?.cancel()
      return readStatus(response, path, init.headers !== undefined)
    }
    const type = response.headers.get('content-type') ?? ''
    if (/html/i.test(type)) {
      await response.body?.cancel()
      throw new HttpStoreError('not-the-store', `a web page was answered for ${path}`, { path })
    }
    const bytes = await readBody(response, path, wanted.maxBytes, limit.progress)
    const etag = response.headers.get('etag') ?? undefined
    return etag === undefined ? { bytes } : { bytes, etag }
  } catch (error) {
    // In this order: an abort of ours shows in fetch as just another network error.
    wanted.signal?.throwIfAborted()
    if (limit.ended()) {
      throw new HttpStoreError('timeout', `no answer in time for ${path}`, { path, cause: error })
    }
    if (error instanceof StoreError) throw error
    throw new HttpStoreError('unreachable', `no answer for ${path}`, { path, cause: error })
  } finally {
    limit.clear()
  }
}

function readStatus(
  response: Response,
  path: string,
  mayBeUnchanged: boolean,
): 'unchanged' | undefined {
  const { status } = response
  if (status === 304 && mayBeUnchanged) return 'unchanged'
  if (status === 404 || status === 410 || status === 403) return undefined
  // 511: "network authentication required", RFC 6585. Other 2xx and 3xx (a 304 that nobody asked for
  // too) are no answers of a store.
  if (status === 511 || status < 400) {
    throw new HttpStoreError('not-the-store', `status ${status} for ${path}`, { path })
  }
  throw new HttpStoreError('unreachable', `status ${status} for ${path}`, {
    path,
    retryAfterMs: retryAfter(response.headers.get('retry-after')),
  })
}

/** RFC 9110: seconds, or a date. Our clock may be wrong, so a date is read against the host's own. */
function retryAfter(value: string | null): number | undefined {
  if (value === null || !/^[0-9]{1,6}$/.test(value.trim())) return undefined
  return Number(value) * 1000
}

async function readBody(
  response: Response,
  path: string,
  maxBytes: number,
  progress: () => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = response.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    progress()
    length += value.length
    if (length > maxBytes) {
      await reader.cancel()
      throw new HttpStoreError('too-large', `${path} has more than ${maxBytes} bytes`, { path })
    }
    chunks.push(value)
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}

function createTimeLimit(
  timeoutMs: number,
  { maxBytes, signal: outer }: { maxBytes: number; signal?: AbortSignal },
) {
  const controller = new AbortController()
  let isOver = false
  const end = () => {
    isOver = true
    controller.abort()
  }
  const callOff = () => controller.abort()
  outer?.addEventListener('abort', callOff)
  const wholeMs = Math.min(timeoutMs * patience, timeoutMs * 2 + maxBytes / slowest)
  const whole = setTimeout(end, wholeMs)
  let idle = setTimeout(end, timeoutMs)
  return {
    signal: controller.signal,
    ended: () => isOver,
    progress: () => {
      clearTimeout(idle)
      idle = setTimeout(end, timeoutMs)
    },
    clear: () => {
      clearTimeout(idle)
      clearTimeout(whole)
      outer?.removeEventListener('abort', callOff)
    },
  }
}
