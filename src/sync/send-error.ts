/**
 * Why something could not be sent.
 *
 * - `refused`: the store looked at it and does not take it; `serverCode` says why. Again will not help.
 * - `too-many`: more than it takes now; `retryAfterMs` says when again.
 * - `too-large`, `full`: no room.
 * - `read-only`: a host that takes nothing (a static host, a mirror).
 * - `not-the-store`: something else answered: a captive portal, a redirect.
 * - `unreachable`, `timeout`: whether it arrived is not known. Sending the same bytes again is safe.
 */
export type SendErrorCode =
  | 'refused'
  | 'too-many'
  | 'too-large'
  | 'full'
  | 'read-only'
  | 'not-the-store'
  | 'unreachable'
  | 'timeout'

/** Thrown by a WriteStore. The message is for developers and holds no content and no key. */
export class SendError extends Error {
  readonly code: SendErrorCode
  /** The HTTP status, where there was one. */
  readonly status: number | undefined
  /** The code in the server's answer (`server/server-error.ts`, TrustError, ReleaseError, JournalError). */
  readonly serverCode: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(
    code: SendErrorCode,
    message: string,
    options: { status?: number; serverCode?: string; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'SendError'
    this.code = code
    this.status = options.status
    this.serverCode = options.serverCode
    this.retryAfterMs = options.retryAfterMs
  }
}
