import { alarmsOf } from '#journal/alarms.ts'
import { openEntry } from '#journal/entry.ts'
import { mergeEntries } from '#journal/merge-entries.ts'
import { leftOf, phonesOf } from '#journal/phones.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import type { AlarmNote } from '#journal/alarms.ts'
import type { VerifiedEntry } from '#journal/entry.ts'
import type { Phone } from '#journal/phones.ts'
import type { Office } from '#sync/manage/office.ts'
import type { VerifiedRoot } from '#trust/root.ts'

export interface ReadJournal {
  phones: Phone[]
  /** Devices that have said that they left. */
  left: string[]
  alarms: AlarmNote[]
  /** Entries that could not be opened: of an earlier epoch, or not what they should be. */
  unopened: number
}

/**
 * What the devices of a department have told in the epoch that stands now; undefined when the department
 * cannot be read here. An entry that does not hold is left out.
 *
 * @throws StoreError, SendError
 */
export async function readJournal(
  office: Pick<Office, 'store' | 'open'>,
  root: VerifiedRoot,
  department: string,
): Promise<ReadJournal | undefined> {
  const opened = await office.open(department, root)
  if (!opened) return undefined
  const context = {
    organisation: root.organisation,
    department,
    epoch: opened.epoch.epoch,
    memberKey: opened.release.head.memberKey,
    epochKey: await importEpochKey(opened.epoch.key, { extractable: false }),
  }
  const entries: VerifiedEntry[] = []
  let unopened = 0
  let after: string | undefined
  for (;;) {
    const page = await office.store.entriesAfter(department, after)
    for (const bytes of page?.entries ?? []) {
      const entry = await openEntry(bytes, context).catch(() => undefined)
      if (entry) entries.push(entry)
      else unopened++
    }
    if (!page?.more || page.next === after) break
    after = page.next
  }
  const merged = mergeEntries([], entries)
  return { phones: phonesOf(merged), left: leftOf(merged), alarms: alarmsOf(merged), unopened }
}
