import type { Kid } from '#trust/keys.ts'
import type { VerifiedEntry } from './entry.ts'

/**
 * [J30]–[J32] The entries that still matter: those of a run that was closed are left out, also those that arrive after the
 * closing. A closing counts only from a device in `closers` (publishers of the department, and who may
 * start a run), and only where it names the run; from anybody else it is an entry like any other.
 *
 * Keep the closing entry itself as long as it has to be kept: without it a late entry would open the run again.
 */
export function openEntries(
  entries: readonly VerifiedEntry[],
  options: { closers: readonly Kid[] },
): VerifiedEntry[] {
  const closers = new Set(options.closers)
  const closed = new Set<string>()
  for (const { kind, run, device } of entries) {
    if (kind === 'closed' && run !== undefined && closers.has(device)) closed.add(run)
  }
  return entries.filter(({ run }) => run === undefined || !closed.has(run))
}
