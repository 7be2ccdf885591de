import type { Kid, PublicJwk } from '#trust/keys.ts'
import { maxKeepDays } from './entry-schema.ts'
import type { VerifiedEntry } from './entry.ts'
import { readBody } from './kinds.ts'

/** A device of the department, as it told of itself. */
export interface Phone {
  device: Kid
  /** Chosen by its person; may be empty, and two may be the same. */
  label: string
  invitation?: string
  agreement: PublicJwk
  /** By its own clock, or when we first had it ([J23]). */
  joinedAt: string
  /** When we first had what it tells of itself, where that is known: no clock of its own counts. */
  receivedAt?: string
  /** The epoch it last joined in: below the current one, it has not come along. */
  epoch: number
  /** What it last said that it holds: last by its own numbering, not by anybody's clock. */
  confirmed?: { gen: number; v: number; head: string; at: string }
}

export interface PhonesOptions {
  /** When an entry was first received here, by its hash: a clock that runs ahead is cut to that. */
  receivedAt?: (hash: string) => string | undefined
  /** Without it no clock is called wrong. */
  now?: Date
  /** The newest release held: nobody can have confirmed it before it was there. */
  newest?: { gen: number; v: number; issued: string } | undefined
}

/**
 * [J21]–[J23] [J28] The devices that have told that they joined, sorted by when, without those that have left.
 * What an entry says counts for the device that wrote it and for no other.
 */
export function phonesOf(entries: readonly VerifiedEntry[], options: PhonesOptions = {}): Phone[] {
  const { newest } = options
  const timeOf = (entry: VerifiedEntry, since?: string) =>
    credible(entry.time, { received: options.receivedAt?.(entry.hash), since, now: options.now })
  const gone = new Set(leftOf(entries))
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
    const isNewest = newest !== undefined && (gen - newest.gen || v - newest.v) >= 0
    phone.confirmed = { gen, v, head, at: timeOf(entry, isNewest ? newest.issued : undefined) }
  }
  const phones = [...phoneByDevice.values()].filter(({ device }) => !gone.has(device))
  return phones.sort(
    (a, b) => Date.parse(a.joinedAt) - Date.parse(b.joinedAt) || (a.device < b.device ? -1 : 1),
  )
}

/**
 * [J28] The devices that have left: `left` is the last they said, by their own numbering. One that has come
 * back has said more since.
 */
export function leftOf(entries: readonly VerifiedEntry[]): Kid[] {
  const lastByDevice = new Map<Kid, VerifiedEntry>()
  for (const entry of entries) {
    const { device, n } = entry
    const last = lastByDevice.get(device)
    const counts = (['joined', 'confirmed', 'left'] as const).some((kind) => readBody(entry, kind))
    if (counts && (last === undefined || n > last.n)) lastByDevice.set(device, entry)
  }
  return [...lastByDevice.values()].flatMap((entry) =>
    readBody(entry, 'left') ? [entry.device] : [],
  )
}

const dayMs = 24 * 60 * 60 * 1000

/**
 * [J23] The earlier of what an entry says and when it came, where both can be true. Where they are further apart
 * than any entry is kept, or before what they tell of, one of two clocks is wrong: then the later, unless it is
 * still to come.
 */
function credible(
  time: string,
  by: { received: string | undefined; since: string | undefined; now: Date | undefined },
): string {
  if (by.received === undefined) return time
  const [early, late] = [time, by.received].sort((a, b) => Date.parse(a) - Date.parse(b)) as [
    string,
    string,
  ]
  const latest = by.now === undefined ? Number.NEGATIVE_INFINITY : by.now.getTime() + dayMs
  const since = Date.parse(by.since ?? '')
  const isBefore = (at: string) => since <= latest && Date.parse(at) < since - dayMs
  const areApart = Date.parse(late) - Date.parse(early) > maxKeepDays * dayMs
  if (!(areApart || isBefore(early)) || Date.parse(late) > latest) return early
  return by.since !== undefined && isBefore(late) ? by.since : late
}
