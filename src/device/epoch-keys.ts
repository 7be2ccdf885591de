import { sha256, utf8 } from '#trust/bytes.ts'
import type { EpochKey } from '#trust/epoch-key.ts'
import type { OrganisationContext } from './context.ts'
import type { MembershipRow } from './rows.ts'

/**
 * Keeps an epoch key of a department whose membership exists. A key never replaces another one of the
 * same epoch: a false link with a false key must not lock anybody out, so each is kept and tried.
 */
export async function keepEpochKey(
  organisation: OrganisationContext,
  department: string,
  epoch: number,
  bytes: Uint8Array,
  options: { extractable: boolean },
): Promise<void> {
  const key = await epochKeyName(department, epoch, bytes)
  await organisation.chest.put(key, { kind: 'epoch', bytes: new Uint8Array(bytes) }, options)
  await organisation.connection.write((database) =>
    database.transaction('rw', ['memberships'], async () => {
      const row = (await database.table('memberships').get(department)) as MembershipRow | undefined
      if (!row || row.epochs.some((held) => held.key === key)) return
      await database.table('memberships').put({ ...row, epochs: [...row.epochs, { epoch, key }] })
    }),
  )
}

/** The keys held for an epoch, the one learnt last first. */
export async function epochKeys(
  organisation: OrganisationContext,
  department: string,
  epoch: number,
): Promise<{ name: string; key: EpochKey }[]> {
  const membership = await organisation.connection.read((reader) =>
    reader.get('memberships', department),
  )
  const names = (membership?.epochs ?? []).filter((held) => held.epoch === epoch)
  const keys = await Promise.all(
    names.reverse().map(async ({ key: name }) => {
      const key = await organisation.chest.get('epoch', name)
      return key && { name, key }
    }),
  )
  return keys.filter((key) => key !== undefined)
}

/** The name tells two keys apart and gives nothing away: a hash of 256 random bits. */
async function epochKeyName(department: string, epoch: number, bytes: Uint8Array): Promise<string> {
  const text = `planb1|key-name|${Array.from(bytes).join(',')}`
  return `epoch/${department}/${epoch}/${(await sha256(utf8(text))).slice(0, 16)}`
}
