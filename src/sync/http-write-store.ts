import { parseGeneral } from '#trust/jws.ts'
import { asBytes, sameBytes, utf8, type Bytes } from '#trust/bytes.ts'
import { createHttpStore } from '#store/http.ts'
import { LIMITS, beatPath, rootPath } from '#store/layout.ts'
import { SendError } from './send-error.ts'
import type { EntryPage, WriteStore } from './write-store.ts'

export interface HttpWriteStoreOptions {
  /** Where the store lies, with a closing slash: `https://plan.example.se/store/`. */
  base: URL
  fetch: typeof globalThis.fetch
  /** How long an answer may take, besides the time that sending needs on a slow line. */
  timeoutMs: number
}

/** A page of the journal. Reading stops there. */
const maxPage = 2 * 1024 * 1024
/** What a server says besides a head: a code and a sentence. */
const maxAnswer = 16 * 1024
/** Bytes a millisecond on the slowest line that is waited for: one bar of 4G shared by ten people. */
const slowest = 4

interface Answer {
  status: number
  bytes: Bytes
  isJson: boolean
  retryAfterMs: number | undefined
}

/**
 * [S60]–[S65] A store of a `planb serve`, to read from and to send to (DESIGN, "Server"). Sends no cookies and no
 * referrer, and never follows a redirect: a key's owner must not be led to sign away to somebody else.
 */
export function createHttpWriteStore(options: HttpWriteStoreOptions): WriteStore {
  const { base } = options
  const reader = createHttpStore(options)
  const departmentUrl = (department: string, what = '') => {
    // Throws for a name that would climb out of the layout.
    const path = beatPath(department).replace(/\/beat\.jws$/, what)
    return new URL(path, base)
  }

  return {
    get: (path, wanted) => reader.get(path, wanted),

    async sendRoot(bytes) {
      const answer = await post(options, new URL('root', base), bytes, bytes.length)
      if (isTaken(answer) || codeOf(answer) === 'root-version') {
        // [S61] An answer that was lost on the way: what stands there may be what was sent.
        const { v } = JSON.parse(new TextDecoder().decode(parseGeneral(bytes).payload)) as {
          v: number
        }
        const there = await reader.get(rootPath(v), { maxBytes: LIMITS.root })
        if (!there) throw refusal(answer)
        return sameBytes(there, bytes) ? 'stored' : 'taken'
      }
      requireGood(answer)
      return 'stored'
    },

    async sendRelease(department, { head, blobs }) {
      const form = new FormData()
      form.append('head', new Blob([asBytes(head)]))
      for (const { hash, bytes } of blobs) form.append(hash, new Blob([asBytes(bytes)]))
      const size = blobs.reduce((sum, { bytes }) => sum + bytes.length, head.length)
      const answer = await post(options, departmentUrl(department), form, size)
      if (isTaken(answer)) {
        return sameBytes(answer.bytes, head)
          ? { outcome: 'stored' }
          : { outcome: 'taken', current: answer.bytes }
      }
      requireGood(answer)
      return { outcome: 'stored' }
    },

    async sendBeat(department, bytes) {
      const answer = await post(options, departmentUrl(department, '/beat'), bytes, bytes.length)
      if (isTaken(answer)) return 'older'
      requireGood(answer)
      return 'stored'
    },

    async sendEntry(department, bytes) {
      const answer = await post(options, departmentUrl(department, '/log'), bytes, bytes.length)
      if (isTaken(answer)) return 'taken'
      requireGood(answer)
      return 'stored'
    },

    async entriesAfter(department, after) {
      const url = departmentUrl(department, '/log')
      if (after !== undefined) url.searchParams.set('after', after)
      const answer = await ask(options, url, { method: 'GET' }, 0, maxPage)
      // [S65] A static host has no journal: that is told by what is missing, and is no failure.
      if ([403, 404, 405, 410, 501].includes(answer.status)) return undefined
      requireGood(answer)
      return readPage(answer)
    },
  }
}

function post(options: HttpWriteStoreOptions, url: URL, body: Uint8Array | FormData, size: number) {
  return ask(
    options,
    url,
    { method: 'POST', body: body instanceof FormData ? body : new Blob([asBytes(body)]) },
    size,
    LIMITS.head,
  )
}

/** [S60] One request and its whole answer, within a time and a size. */
async function ask(
  { fetch, timeoutMs }: HttpWriteStoreOptions,
  url: URL,
  init: RequestInit,
  size: number,
  maxBytes: number,
): Promise<Answer> {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), timeoutMs + size / slowest)
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'error',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: limit.signal,
    })
    const type = response.headers.get('content-type') ?? ''
    if (response.ok && /html/i.test(type)) {
      await response.body?.cancel()
      throw new SendError('not-the-store', 'a web page was answered', { status: response.status })
    }
    return {
      status: response.status,
      bytes: await readAnswer(
        response,
        response.ok || response.status === 409 ? maxBytes : maxAnswer,
      ),
      isJson: /json/i.test(type),
      retryAfterMs: retryAfter(response.headers.get('retry-after')),
    }
  } catch (error) {
    if (error instanceof SendError) throw error
    if (limit.signal.aborted) {
      throw new SendError('timeout', 'no answer in time', { cause: error })
    }
    throw new SendError('unreachable', 'no answer', { cause: error })
  } finally {
    clearTimeout(timer)
  }
}

async function readAnswer(response: Response, maxBytes: number): Promise<Bytes> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = response.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > maxBytes) {
      await reader.cancel()
      // [S64] Reading stops there.
      throw new SendError('not-the-store', `an answer of more than ${maxBytes} bytes`, {
        status: response.status,
      })
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

function isTaken({ status }: Answer): boolean {
  return status === 409
}

/** [S62] Anything but a success is told apart by what can be done about it. */
function requireGood(answer: Answer): void {
  if (answer.status < 200 || answer.status > 299) throw refusal(answer)
}

function refusal(answer: Answer): SendError {
  const { status, retryAfterMs } = answer
  const serverCode = codeOf(answer)
  const what = { status, ...(serverCode && { serverCode }), ...(retryAfterMs && { retryAfterMs }) }
  const message = `status ${status}${serverCode ? ` (${serverCode})` : ''}`
  if (status === 429) return new SendError('too-many', message, what)
  if (status === 413) return new SendError('too-large', message, what)
  if (status === 507) return new SendError('full', message, what)
  if (status === 408) return new SendError('timeout', message, what)
  if (status === 511 || status < 400) return new SendError('not-the-store', message, what)
  if (status >= 500 && status !== 501) return new SendError('unreachable', message, what)
  // [S63] What says so without a code of ours is a host that takes nothing, not one that refuses this.
  if (!serverCode && [401, 403, 404, 405, 410, 501].includes(status)) {
    return new SendError('read-only', message, what)
  }
  return new SendError('refused', message, what)
}

/** The `code` of a server's `{ code, message }`. */
function codeOf({ bytes, isJson, status }: Answer): string | undefined {
  if (!isJson || status < 400) return undefined
  try {
    const { code } = JSON.parse(new TextDecoder().decode(bytes)) as { code?: unknown }
    return typeof code === 'string' && /^[a-z0-9-]{1,60}$/.test(code) ? code : undefined
  } catch {
    return undefined
  }
}

function readPage({ bytes, status }: Answer): EntryPage {
  try {
    const page = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown> | null
    const entries = page?.['entries']
    const next = page?.['next']
    if (Array.isArray(entries) && typeof next === 'string' && typeof page?.['more'] === 'boolean') {
      const texts = entries.filter(
        (entry): entry is string => typeof entry === 'string' && entry.length <= LIMITS.log,
      )
      return { entries: texts.map((text) => utf8(text)), next, more: page['more'] }
    }
  } catch (cause) {
    throw new SendError('not-the-store', 'a page of no journal', { status, cause })
  }
  throw new SendError('not-the-store', 'a page of no journal', { status })
}

/** RFC 9110: seconds. Dates are not read: our clock may be wrong. */
function retryAfter(value: string | null): number | undefined {
  return value !== null && /^[0-9]{1,6}$/.test(value.trim()) ? Number(value) * 1000 : undefined
}
