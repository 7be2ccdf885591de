import { importEpochKey } from '#trust/epoch-key.ts'
import { importSigningKey } from '#trust/keys.ts'
import type { EpochSecret } from '#release/epoch-secret.ts'
import { createTestJournal, type TestJournal } from './journal.ts'

/** The journal of a department as its members write it: with the keys of its published epoch. */
export async function journalOf(
  organisation: { organisation: string; epochs: Record<string, EpochSecret> },
  department: string,
  epoch: EpochSecret = organisation.epochs[department]!,
): Promise<TestJournal> {
  return createTestJournal({
    organisation: organisation.organisation,
    department,
    epoch: epoch.epoch,
    member: await importSigningKey(epoch.member, { extractable: true }),
    epochKey: await importEpochKey(epoch.key, { extractable: true }),
  })
}
