import type { FollowDevice } from './follow-device.ts'

/** What this phone has told, and still has to tell, in one department. Of this phone only. */
export interface Outbox {
  /** The last number given to an entry; never used twice. */
  n: number
  /** Hash of the last entry that arrived. */
  previous?: string
  /** Oldest first. */
  pending: Pending[]
  /** What was told last, so that it is told once. */
  joined?: { epoch: number; label: string; invitation?: string }
  /** Hash of the head that was last said to be held. */
  confirmed?: string
  /** When each was last told, RFC 3339: what is told expires. */
  toldAt?: { joined?: string; confirmed?: string }
  /** Which notes were told, with their day. */
  alarms: string[]
  /** Where in the department's journal this phone has read to; of which epoch. */
  cursor?: { epoch: number; next: string }
  failures: number
  /** Until when nothing is sent, after a failure, RFC 3339. */
  quietUntil?: string
  /** When a beat was last tried, RFC 3339. */
  beatTriedAt?: string
}

export interface Pending {
  kind: 'joined' | 'confirmed' | 'alarm' | 'left' | 'report' | 'handled'
  body: object
  /** Of what a person has written; see Saying. */
  id?: string
  /** RFC 3339. */
  time: string
  /** How often a store has refused it. */
  refusals: number
  /** Once it is sealed these bytes are sent until there is an answer, so that a repeat is the same entry. */
  sealed?: { n: number; epoch: number; hash: string; bytes: Uint8Array }
}

export async function readOutbox(follow: FollowDevice, department: string): Promise<Outbox> {
  const held = (await follow.readOutbox(department)) as Outbox | undefined
  return held ?? { n: 0, pending: [], alarms: [], failures: 0 }
}
