/** What can be wrong with bytes that ask to be believed. Stable: callers and texts hang on these. */
export type TrustErrorCode =
  | 'too-large'
  | 'text-malformed'
  | 'json-malformed'
  | 'json-spelling'
  | 'json-deep'
  | 'base64url-malformed'
  | 'jws-malformed'
  | 'jws-header'
  | 'jws-type'
  | 'jws-signer'
  | 'jws-signature'
  | 'key-malformed'
  | 'key-not-extractable'
  | 'format-newer'
  | 'root-malformed'
  | 'root-hash'
  | 'root-version'
  | 'root-organisation'
  | 'root-signatures'
  | 'root-gen'
  | 'root-department-gone'
  | 'seal-malformed'
  | 'seal-refused'
  | 'inflate-failed'
  | 'inflate-too-large'
  | 'wrap-refused'
  | 'invitation-characters'
  | 'invitation-case'
  | 'invitation-cut'
  | 'invitation-long'
  | 'invitation-checksum'
  | 'invitation-version'
  | 'invitation-kind'
  | 'invitation-malformed'
  | 'restore-characters'
  | 'restore-case'
  | 'restore-cut'
  | 'restore-long'
  | 'restore-checksum'
  | 'restore-version'
  | 'restore-kind'
  | 'restore-malformed'
  | 'restore-key-unknown'

/** Thrown by everything in this room that refuses something. The message is for developers. */
export class TrustError extends Error {
  readonly code: TrustErrorCode

  constructor(code: TrustErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'TrustError'
    this.code = code
  }
}
