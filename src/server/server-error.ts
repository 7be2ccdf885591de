/** Why the server refuses what was sent. Codes are part of the answer: an app shows its own words for them. */
export type ServerErrorCode =
  | 'too-large'
  | 'too-many'
  | 'too-slow'
  | 'not-multipart'
  | 'head-missing'
  | 'part-unknown'
  | 'part-twice'
  | 'blob-hash'
  | 'blob-size'
  | 'blob-missing'
  | 'blob-unnamed'
  | 'department-unknown'
  | 'root-missing'
  | 'root-newer'
  | 'root-other'
  | 'example'
  | 'release-missing'
  | 'beat-future'
  | 'beat-older'
  | 'device-wiped'
  | 'entry-taken'

export class ServerError extends Error {
  readonly code: ServerErrorCode
  readonly status: 404 | 408 | 413 | 422 | 429 | 503
  /** Seconds until another try makes sense. */
  readonly retryAfter: number | undefined

  constructor(
    code: ServerErrorCode,
    status: ServerError['status'],
    message: string,
    retryAfter?: number,
  ) {
    super(message)
    this.name = 'ServerError'
    this.code = code
    this.status = status
    this.retryAfter = retryAfter
  }
}

/** 429: what was sent is above a quota that has room again in so many seconds. */
export function tooMany(seconds: number): ServerError {
  return new ServerError('too-many', 429, 'too much was sent: try again later', seconds)
}
