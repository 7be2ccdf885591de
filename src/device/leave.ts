import { clearReadingCopy, removeFromReadingCopy } from './reading-copy/reading-copy.ts'
import { organisationRecord, type DeviceContext, type OrganisationContext } from './context.ts'
import { DeviceError } from './device-error.ts'
import { deviceAgreementKey, deviceSigningKey, identityRecord } from './device-identity.ts'
import { draftRecord } from './drafts.ts'
import { entryRecord, handledRecord, outboxRecord, sayingRecord } from './journal-rows.ts'
import { publicationRecord } from './publications.ts'
import { pendingName, readHeldKeys, recoveryKeyName, roleKeyName } from './roles.ts'
import { standingRecord } from './standing.ts'
import { tidy } from './tidy.ts'
import type { OccasionRow } from './rows.ts'

/**
 * Leaves a department: what this phone holds of it goes, by the person's own decision. The reading copy
 * goes first: it is clear text, and the app draws it anew from what is left.
 *
 * @throws DeviceError unknown-name: this phone is no member of it
 */
export async function leave(
  context: DeviceContext,
  caches: CacheStorage,
  organisation: OrganisationContext,
  department: string,
): Promise<void> {
  const { connection } = organisation
  const memberships = await connection.read((reader) => reader.all('memberships'))
  const membership = memberships.find((row) => row.department === department)
  if (!membership) throw new DeviceError('unknown-name', `not a member of ${department}`)
  // Pages of other departments stay readable until the copy is drawn anew; shared lists may show this one.
  const isGone = (address: string) =>
    !address.startsWith('/d/') || `${address}/`.startsWith(`/d/${department}/`)
  if (memberships.length > 1) await removeFromReadingCopy(caches, context.scope, isGone)
  else await clearReadingCopy(caches, context.scope)
  await removeContent(organisation, [department])
  await connection.write((database) =>
    database
      .table('records')
      .where('name')
      .startsWithAnyOf(entryRecord(department), draftRecord(`${department}/`))
      .or('name')
      .anyOf(
        standingRecord(department),
        outboxRecord(department),
        publicationRecord(department),
        sayingRecord(department),
        handledRecord(department),
      )
      .delete(),
  )
  await connection.write((database) => database.table('memberships').delete(department))
  if (memberships.length === 1) {
    // The organisation's database stays, without content: its roots let a return be checked.
    await context.phone.write((database) => database.table('organisations').delete(organisation.id))
    await connection.write((database) => database.table('records').delete('organisation'))
  }
  context.announce('content')
}

/**
 * [D6] The root has ended this phone's access (TRUST "Wiping"): content and keys go, what members have told
 * and what the person has written too; the fact stays. Whatever interrupts it, the next contact goes on.
 */
export async function endAccess(
  context: DeviceContext,
  caches: CacheStorage,
  organisation: OrganisationContext,
): Promise<void> {
  const { connection, chest, id } = organisation
  const memberships = await connection.read((reader) => reader.all('memberships'))
  if (memberships.every(({ status }) => status === 'ended')) return
  await clearReadingCopy(caches, context.scope)
  await removeContent(
    organisation,
    memberships.map(({ department }) => department),
  )
  const { kids } = await connection.read(readHeldKeys)
  const own = [deviceSigningKey, deviceAgreementKey, recoveryKeyName, pendingName]
  for (const name of [...own, ...kids.map(roleKeyName)]) await chest.forget(name)
  await connection.write((database) =>
    database.table('records').where('name').noneOf([identityRecord, organisationRecord]).delete(),
  )
  await context.phone.write((database) =>
    database
      .table('occasions')
      .filter((row: OccasionRow) => row.organisation === id)
      .delete(),
  )
  await connection.write((database) =>
    database
      .table('memberships')
      .bulkPut(memberships.map((row) => ({ ...row, status: 'ended', epochs: [] }))),
  )
  context.announce('content')
}

/** Pointers first: from then on nothing shows it, whatever interrupts the rest. */
async function removeContent(
  organisation: OrganisationContext,
  departments: string[],
): Promise<void> {
  const { connection, chest, openedBySnapshot } = organisation
  const memberships = await connection.read((reader) => reader.many('memberships', departments))
  await connection.write((database) => database.table('pointers').bulkDelete(departments))
  openedBySnapshot.clear()
  for (const { key } of memberships.flatMap((row) => row?.epochs ?? [])) await chest.forget(key)
  for (const department of departments) {
    await connection.write((database) => tidy(database, department))
  }
}
