/** What can be wrong with a member entry. Stable: callers, answers of the server and texts hang on these. */
export type JournalErrorCode =
  | 'entry-too-large'
  | 'entry-malformed'
  | 'entry-signers'
  | 'entry-device'
  | 'entry-organisation'
  | 'entry-department'
  | 'entry-epoch'
  | 'entry-mismatch'

/** Thrown by everything in this room that refuses something; `trust` throws TrustError. */
export class JournalError extends Error {
  readonly code: JournalErrorCode

  constructor(code: JournalErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'JournalError'
    this.code = code
  }
}
