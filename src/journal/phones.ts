import type { Kid, PublicJwk } from '#trust/keys.ts'
import type { VerifiedEntry } from './entry.ts'
import { readBody } from './kinds.ts'

/** A device of the department, as it told of itself. */
export interface Phone {
  device: Kid
  /** Chosen by its person; may be empty, and two may be the same. */
  label: string
  invitation?: string
  agreement: PublicJwk
  /** By its own clock, or when we first had it, whichever is earlier. */
  joinedAt: string
  /** When we first had what it tells of itself, where that is known: no clock of its own counts. */
  receivedAt?: string
  /** The epoch it last joined in: below the current one, it has not come along. */
  epoch: number
  /** What it last said that it holds: last by its own numbering, not by anybody's clock. */
  confirmed?: { gen: number; v: number; head: string; at: string }
}

/**
 * [J21]–[J23] The devices that have told that they joined, sorted by when. What an entry says counts for
 * the device that wrote it and for no other.
 *
 * @param options.receivedAt when an entry was first received here, by its hash: a clock that runs ahead is cut to that
 */
export function phonesOf(
  entries: readonly VerifiedEntry[],
  options: { receivedAt?: (hash: string) => string | undefined } = {},
): Phone[] {
  const timeOf = (entry: VerifiedEntry) => earlier(entry.time, options.receivedAt?.(entry.hash))
  const phoneByDevice = new Map<Kid, Phone>()
  const byNumber = entries.toSorted((a, b) => a.n - b.n || (a.hash < b.hash ? -1 : 1))
  for (const entry of byNumber) {
    const joined = readBody(entry, 'joined')
    if (!joined) continue
    const before = phoneByDevice.get(entry.device)
    const invitation = joined.invitation ?? before?.invitation
    const receivedAt = before?.receivedAt ?? options.receivedAt?.(entry.hash)
    phoneByDevice.set(entry.device, {
      device: entry.device,
      label: joined.label,
      ...(invitation !== undefined && { invitation }),
      agreement: joined.agreement,
      joinedAt: before?.joinedAt ?? timeOf(entry),
      ...(receivedAt !== undefined && { receivedAt }),
      epoch: entry.epoch,
    })
  }
  for (const entry of byNumber) {
    const phone = phoneByDevice.get(entry.device)
    const confirmed = readBody(entry, 'confirmed')
    if (!phone || !confirmed) continue
    const { gen, v, head } = confirmed
    phone.confirmed = { gen, v, head, at: timeOf(entry) }
  }
  return [...phoneByDevice.values()].sort(
    (a, b) => Date.parse(a.joinedAt) - Date.parse(b.joinedAt) || (a.device < b.device ? -1 : 1),
  )
}

function earlier(time: string, received: string | undefined): string {
  return received !== undefined && Date.parse(received) < Date.parse(time) ? received : time
}
