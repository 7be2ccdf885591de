import { isPlainObject } from '../schema/walk-schema.ts'
import { isSameValue } from './same-value.ts'

/** What may change under an approval: who looked at it when, and what readers are not told to do. */
const unapproved: ReadonlySet<string> = new Set([
  'approval',
  'reviewed',
  'nextReview',
  'translations',
  'aliases',
  'sources',
  'secrecy',
])

/**
 * The medical lead nurse approves a text, not a file: an approval that was given for another text than this is
 * taken away, so that nobody reads "Godkänd av MAS" over steps that MAS has not seen. One that is given just now
 * stays.
 *
 * @param body a document as it would be
 * @param known the same document as it was, or as others have it: the texts an approval may have been given for
 * @returns the body, the same object where nothing is taken away
 */
export function keepApproval(body: unknown, ...known: readonly unknown[]): unknown {
  if (!isPlainObject(body) || body['approval'] === undefined) return body
  const given = known.filter(
    (one) => isPlainObject(one) && isSameValue(one['approval'], body['approval']),
  )
  if (given.length === 0 || given.some((one) => isSameText(one, body))) return body
  const { approval: _gone, ...rest } = body
  return rest
}

/** Whether two bodies say the same to a reader. */
export function isSameText(one: unknown, other: unknown): boolean {
  return isSameValue(textOf(one), textOf(other))
}

function textOf(body: unknown): unknown {
  if (!isPlainObject(body)) return body
  return Object.fromEntries(Object.entries(body).filter(([field]) => !unapproved.has(field)))
}
