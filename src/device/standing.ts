import { mayPublish, type VerifiedRoot } from '#trust/root.ts'
import { confirmedAt } from '#release/confirmed-at.ts'
import type { VerifiedRelease } from '#release/open-release.ts'
import type { RowReader } from './rows.ts'

/** What others than the release itself have said of where a department stands; as in sync/follow-device.ts. */
export interface Standing {
  /** "Still the newest", as it was first received here. */
  beats: { head: string; signer: string; time: string; receivedAt: string }[]
  /** A later root than could be had, as a beat names it, and in how many rounds. */
  namedRoot?: { v: number; signer: string; rounds: number }
  /** A release that is not here, which a beat later than ours confirms, and in how many rounds. */
  unknownHead?: { hash: string; rounds: number }
  /** The keys object in which no wrap for this phone was found. */
  triedKeys?: string
}

export function standingRecord(department: string): string {
  return `standing/${department}`
}

export async function readStanding(reader: RowReader, department: string): Promise<Standing> {
  const row = await reader.get('records', standingRecord(department))
  return (row?.value as Standing | undefined) ?? { beats: [] }
}

/**
 * [D2] Up to when the release is known to have been the newest. Only what somebody says counts whom the root
 * names now: a revoked key has confirmed nothing.
 */
export function confirmationOf(
  release: VerifiedRelease,
  receivedAt: string,
  { beats }: Standing,
  root: VerifiedRoot,
  now: Date,
): string | undefined {
  const { department, headHash: head, issued } = release
  if (!mayPublish(root, department, release.head.signer)) return undefined
  const counted = beats.filter(
    (beat) => beat.head === head && mayPublish(root, department, beat.signer),
  )
  return confirmedAt({ issued, receivedAt, beats: counted, now })
}

/**
 * [D3] Whether somebody the root names, or the invitation, names a later root than is here. What a beat names
 * must have been so in two rounds: root and beat are asked for one after the other.
 */
export function isRootWithheld(
  release: VerifiedRelease | undefined,
  { namedRoot }: Standing,
  root: VerifiedRoot,
  department: string,
  invitedRoot: number,
): boolean {
  const head = release?.head
  return (
    invitedRoot > root.v ||
    (head !== undefined && head.root.v > root.v && mayPublish(root, department, head.signer)) ||
    (namedRoot !== undefined &&
      namedRoot.v > root.v &&
      namedRoot.rounds > 1 &&
      mayPublish(root, department, namedRoot.signer))
  )
}
