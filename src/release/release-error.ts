/** What can be wrong with a release whose bytes are otherwise well made. Stable. */
export type ReleaseErrorCode =
  | 'head-malformed'
  | 'beat-malformed'
  | 'head-organisation'
  | 'head-department'
  | 'head-gen'
  | 'department-unknown'
  | 'blob-missing'
  | 'blob-size'
  | 'blob-hash'
  | 'keys-malformed'
  | 'keys-not-for-us'
  | 'manifest-malformed'
  | 'manifest-mismatch'
  | 'pack-malformed'
  | 'build-document'
  | 'build-duplicate'
  | 'build-signer'
  | 'build-epoch'
  | 'build-gen'
  | 'entry-place'
  | 'entry-epoch'
  | 'build-size'

/** Thrown by everything in this room that refuses something; `trust` throws TrustError. */
export class ReleaseError extends Error {
  readonly code: ReleaseErrorCode

  constructor(code: ReleaseErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'ReleaseError'
    this.code = code
  }
}
