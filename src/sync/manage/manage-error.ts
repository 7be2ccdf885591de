import type { Kid } from '#trust/keys.ts'

/**
 * Why an operation of the office stopped.
 *
 * - `root-fork`: the store has another root under a number that is held. Two chains need stolen root keys,
 *   or a store of somebody else's: nothing is sent.
 * - `root-behind`: the store has only older roots than the one held; it has lost some.
 * - `gen-fork`: a head of the generation that this operation has just begun was signed by somebody else
 *   and is not what it should be.
 * - `head-behind`: the store's newest head of a department lies below the one held here; it has lost some, or
 *   hides them.
 * - `head-fork`: the store has another head under the number held.
 * - `epoch-changed`: somebody else gave the department a new key since the phones were looked at.
 * - `root-squatted`: what lies at the next root's number does not verify, and is never written over.
 * - `root-keys`: fewer root keys are at hand than the change needs, or none at all.
 * - `head-missing`: the version that was to be kept is not there or does not verify.
 * - `keep-unsaid`: a revocation was stopped before its heads, the newest version of a department is by a key that
 *   has gone, and nobody has said which version counts ([M13]).
 * - `lost-race`: somebody else was first, five times in a row.
 * - `department-unknown`, `key-unknown`: the root names no such department, no such key.
 * - `not-a-publisher`: the signer may not publish the department.
 * - `other-organisation`: the request was made for another organisation.
 */
export type ManageErrorCode =
  | 'root-fork'
  | 'root-behind'
  | 'gen-fork'
  | 'head-behind'
  | 'head-fork'
  | 'epoch-changed'
  | 'root-squatted'
  | 'root-keys'
  | 'head-missing'
  | 'keep-unsaid'
  | 'lost-race'
  | 'department-unknown'
  | 'key-unknown'
  | 'not-a-publisher'
  | 'not-readable'
  | 'other-organisation'

/** [M13] A department of which nobody has said what counts, and the key that signed its newest version. */
export interface Unsaid {
  department: string
  gone: Kid
}

/** Thrown by the operations of this folder; what a store refuses is a SendError. */
export class ManageError extends Error {
  readonly code: ManageErrorCode
  /** With `keep-unsaid`: every department in question. */
  readonly unsaid: readonly Unsaid[]

  constructor(
    code: ManageErrorCode,
    message: string,
    options: { cause?: unknown; unsaid?: readonly Unsaid[] } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.name = 'ManageError'
    this.code = code
    this.unsaid = options.unsaid ?? []
  }
}
