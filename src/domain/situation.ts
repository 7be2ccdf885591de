import type { DocumentOf, PlanBDocument } from './schema/document.ts'

export interface Situations {
  /** The one in force (läge nu): not ended, the latest since. Undefined when there is none. */
  inForce: DocumentOf<'situation'> | undefined
  /** It is announced for later ("nätet stängs 22:00"): its `since` lies ahead. */
  announced: boolean
  /** All others, the latest first; they stay readable. */
  earlier: DocumentOf<'situation'>[]
}

/**
 * Which situation is in force at `now`. One that starts later is shown already: it is published to be
 * known beforehand, and a phone whose clock is slow must not hide the latest word. One with an `ended` is over,
 * whatever the clock says: it was written when it had happened.
 */
export function situations(documents: readonly PlanBDocument[], now: Date): Situations {
  const all = documents
    .filter((one) => one.kind === 'situation')
    .sort((a, b) => Date.parse(b.body.since) - Date.parse(a.body.since) || a.id.localeCompare(b.id))
  const inForce = all.find(({ body }) => body.ended === undefined)
  return {
    inForce,
    announced: inForce !== undefined && Date.parse(inForce.body.since) > now.getTime(),
    earlier: all.filter((one) => one !== inForce),
  }
}
