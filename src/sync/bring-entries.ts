import { sha256 } from '#trust/bytes.ts'
import { parseStrictJson } from '#trust/json.ts'
import { parseGeneral } from '#trust/jws.ts'
import { openEntry, type VerifiedEntry } from '#journal/entry.ts'
import { isExpired } from '#journal/expiry.ts'
import { findForks, mergeEntries } from '#journal/merge-entries.ts'
import { codeOf } from './ask-stores.ts'
import { readOutbox } from './outbox.ts'
import type { KeptEntry } from './follow-device.ts'
import type { Follow } from './sync-journal.ts'
import type { WriteStore } from './write-store.ts'

/** Looked at in one round; the next goes on. Each costs a phone about a millisecond. */
const mostPages = 50
const mostEntriesARound = 5_000
/** Held of a department: room for 5,000 phones that tell of four releases. */
const mostHeld = 20_000

/**
 * [S55] Brings what members have told, to the phones of those who publish. Entries are believed by their
 * signatures and under the current epoch only: a former member still has the keys of the one before. What was
 * believed in an earlier epoch stays.
 */
export async function bringEntries(parts: Follow, write: WriteStore): Promise<void> {
  const { follow, one, round } = parts
  const { department, head } = one
  if (!one.signer) return
  const kept = await follow.entries(department)
  const expired = kept.filter(({ entry, receivedAt }) => isExpired(entry, receivedAt, round.now()))
  const held = new Map(kept.map((each) => [each.entry.hash, each]))
  for (const { entry } of expired) held.delete(entry.hash)
  let gone = expired.map(({ entry }) => entry)
  let looked = 0
  for (
    let count = 0, more = true;
    more && count < mostPages && looked < mostEntriesARound;
    count++
  ) {
    const { cursor } = await readOutbox(follow, department)
    // With a new epoch from the beginning: what was written in it may stand before what was read last.
    const after = cursor?.epoch === head.epoch ? cursor.next : undefined
    const page = await write.entriesAfter(department, after)
    round.signal.throwIfAborted()
    if (!page) return
    looked += page.entries.length
    const fresh = await openNew(parts, page.entries, held)
    const taken = takeIn(parts, held, fresh)
    if (taken.kept.length || taken.gone.length || gone.length)
      await follow.keepEntries(department, taken.kept, [...gone, ...taken.gone])
    gone = []
    const outbox = await readOutbox(follow, department)
    const next = { epoch: head.epoch, next: page.next }
    if (JSON.stringify(outbox.cursor) !== JSON.stringify(next))
      await follow.writeOutbox(department, { ...outbox, cursor: next })
    // A host that goes round in circles is left.
    more = page.more && page.next !== after
  }
}

async function openNew(
  { follow, one, round }: Follow,
  entries: readonly Uint8Array[],
  held: ReadonlyMap<string, KeptEntry>,
): Promise<VerifiedEntry[]> {
  const { department, head, epochKey } = one
  const context = {
    organisation: round.organisation.id,
    department,
    epoch: head.epoch,
    memberKey: head.memberKey,
    epochKey,
  }
  const opened: VerifiedEntry[] = []
  for (const bytes of entries) {
    round.signal.throwIfAborted()
    try {
      const { payload } = parseGeneral(bytes)
      // Before its signatures are looked at, which costs more: repeated, or of an epoch that is not ours.
      if (held.has(await sha256(payload))) continue
      const { epoch, device } = parseStrictJson(payload) as { epoch?: unknown; device?: unknown }
      if (epoch !== head.epoch || follow.root.wiped.includes(String(device))) continue
      opened.push(await openEntry(bytes, context))
    } catch (error) {
      const code = codeOf(error)
      if (code !== 'format-newer') round.note('bad-entry', { department, detail: code })
    }
  }
  return opened
}

/** Merges what has come into what is held, so that every phone comes to the same in whatever order. */
function takeIn(
  { one, round }: Follow,
  held: Map<string, KeptEntry>,
  fresh: readonly VerifiedEntry[],
): { kept: KeptEntry[]; gone: VerifiedEntry[] } {
  const { department } = one
  const before = [...held.values()].map(({ entry }) => entry)
  for (const { device, n } of findForks(before, fresh)) {
    round.note('entry-fork', { department, detail: `${device} ${n}` })
  }
  const merged = new Set(mergeEntries(before, fresh).map(({ hash }) => hash))
  const receivedAt = round.now().toISOString()
  const gone = before.filter(({ hash }) => !merged.has(hash))
  for (const { hash } of gone) held.delete(hash)
  const kept: KeptEntry[] = []
  for (const entry of fresh) {
    if (!merged.has(entry.hash) || held.has(entry.hash)) continue
    if (held.size >= mostHeld) {
      round.note('bad-entry', { department, detail: 'too-many' })
      break
    }
    const row = { entry, receivedAt }
    kept.push(row)
    held.set(entry.hash, row)
  }
  return { kept, gone }
}
