import { readJournal } from './read-journal.ts'
import type { Phone } from '#journal/phones.ts'
import type { Office } from '#sync/manage/office.ts'
import type { VerifiedRoot } from '#trust/root.ts'

/**
 * The phones of every department, as they told of themselves in the epoch that stands now; a phone of two
 * departments stands there twice.
 *
 * @returns `unread` are departments whose journal could not be read here
 */
export async function readPhones(
  office: Pick<Office, 'store' | 'open'>,
  root: VerifiedRoot,
): Promise<{ phones: { department: string; phone: Phone }[]; unread: string[] }> {
  const phones: { department: string; phone: Phone }[] = []
  const unread: string[] = []
  for (const department of Object.keys(root.departments)) {
    const journal = await readJournal(office, root, department).catch(() => undefined)
    if (!journal) unread.push(department)
    for (const phone of journal?.phones ?? []) phones.push({ department, phone })
  }
  return { phones, unread }
}
