import type { Draft } from '#device/drafts.ts'
import { documentName, type PlanBDocument } from '#domain/schema/document.ts'
import {
  resolveConflicts,
  type DocumentConflict,
  type FieldConflict,
  type Settled,
} from '#release/merge.ts'

/**
 * A draft after somebody has chosen, resting on what is published now, so that the same question is not asked
 * again. Undefined: there is nothing of it left to publish.
 */
export function settleDraft(
  draft: Draft,
  input: {
    published: readonly PlanBDocument[]
    place: { gen: number; v: number }
    /** Its body with what does not collide merged in, mine where it does. */
    merged: unknown
    conflict: DocumentConflict | undefined
    choiceOf: (field: FieldConflict) => Settled
    whole: Settled
  },
): Omit<Draft, 'rev' | 'changedAt'> | undefined {
  const { name } = draft
  const { conflict } = input
  const theirs = input.published.find((one) => documentName(one) === name)?.body
  const base = theirs === undefined ? {} : { base: { ...input.place, body: theirs } }
  if (conflict?.whole !== undefined) {
    if (input.whole === 'theirs') return undefined
    // Removed there and kept here: it is a new document; removed here: it goes from what is there now.
    return draft.body === undefined ? { name, ...base } : { name, ...base, body: draft.body }
  }
  if (conflict === undefined) return { name, ...base, ...bodyOf(draft.body, input.merged) }
  const body = resolveConflicts(
    input.merged,
    conflict.fields.map((field) => ({ conflict: field, settled: input.choiceOf(field) })),
  )
  return { name, ...base, body }
}

/** A document that is to go has no body, whatever it was merged with. */
function bodyOf(own: unknown, merged: unknown): { body?: unknown } {
  return own === undefined ? {} : { body: merged ?? own }
}
