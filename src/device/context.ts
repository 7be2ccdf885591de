import { connect, type Connection } from './connection.ts'
import { DeviceError } from './device-error.ts'
import { createKeyChest, type KeyChest } from './key-chest.ts'
import { organisationDatabaseName, organisationOfDatabase, phoneDatabaseName } from './names.ts'
import { organisationTables, phoneTables } from './rows.ts'
import { within } from './within.ts'
import type { OrganisationRow } from './rows.ts'
import type { VerifiedRelease } from '#release/open-release.ts'

/** One organisation on this phone: its database, its keys, and what was opened in this session. */
export interface OrganisationContext {
  readonly id: string
  readonly connection: Connection
  readonly chest: KeyChest
  /** Releases opened in this session, by snapshot id, so that a change opens only what is new. */
  readonly openedBySnapshot: Map<string, VerifiedRelease>
}

/**
 * What changed: `content` (releases, memberships, roles), `check` (only when something was last confirmed),
 * `settings`, `occasions`, `journal` (what members have told), `drafts` (what is being written, and what waits
 * to be published).
 */
export type DeviceChange = 'content' | 'check' | 'settings' | 'occasions' | 'journal' | 'drafts'

/** What the device's operations share. */
export interface DeviceContext {
  readonly scope: string
  readonly now: () => Date
  readonly phone: Connection
  organisation(id: string): OrganisationContext
  /** Rows of the organisations on this phone, in the order of joining. */
  organisationRows(): Promise<OrganisationRow[]>
  /** Tells this tab and the others that something changed. */
  announce(change: DeviceChange): void
  close(): void
}

export interface ContextOptions {
  scope: string
  now: () => Date
  indexedDB: IDBFactory
  keyRange: typeof IDBKeyRange
  patienceMs: number
  announce: (change: DeviceChange) => void
}

export function createContext(options: ContextOptions): DeviceContext {
  const { scope, indexedDB, keyRange, patienceMs } = options
  const shared = { indexedDB, keyRange, patienceMs }
  // What somebody ticked must outlive a battery that dies the next moment; these writes are small.
  const phone = connect({
    ...shared,
    name: phoneDatabaseName(scope),
    tables: phoneTables,
    durability: 'strict',
  })
  const contextById = new Map<string, OrganisationContext>()

  function organisation(id: string): OrganisationContext {
    const held = contextById.get(id)
    if (held) return held
    if (!/^[0-9a-f]{64}$/.test(id)) throw new DeviceError('unknown-name', `no organisation: ${id}`)
    const name = organisationDatabaseName(scope, id)
    const connection = connect({ ...shared, name, tables: organisationTables })
    const chest = createKeyChest(connection, (why) => wrappingSecret(phone, why))
    const context = { id, connection, chest, openedBySnapshot: new Map() }
    contextById.set(id, context)
    return context
  }

  return {
    scope,
    now: options.now,
    phone,
    organisation,
    organisationRows: () => organisationRows(options, phone, organisation),
    announce: options.announce,
    close: () => {
      phone.close()
      for (const context of contextById.values()) context.connection.close()
    },
  }
}

/**
 * The list in the phone's database; where that is lost or does not open, the databases that are there
 * tell which organisations there are. Their content does not hang on the list.
 */
async function organisationRows(context: ContextOptions, phone: Connection, of: OfOrganisation) {
  try {
    const rows = await phone.read((reader) => reader.all('organisations'))
    if (rows.length) return rows.sort((a, b) => (a.joinedAt < b.joinedAt ? -1 : 1))
  } catch (error) {
    const found = await rowsByDatabase(context, of)
    if (!found.length) throw error
    return found
  }
  return rowsByDatabase(context, of)
}

type OfOrganisation = (id: string) => OrganisationContext

/** Name of the record in which an organisation's own database holds its row of the list. */
export const organisationRecord = 'organisation'

async function rowsByDatabase(
  { indexedDB, scope, patienceMs }: ContextOptions,
  of: OfOrganisation,
): Promise<OrganisationRow[]> {
  // Not in every browser of the baseline, may hang like the rest, and is only a second way.
  const listed = (indexedDB.databases?.() ?? Promise.resolve([])).catch(() => [])
  const databases = await within(patienceMs, 'listing databases', listed).catch(() => [])
  const ids = databases
    .map(({ name }) => organisationOfDatabase(scope, name ?? ''))
    .filter((id) => id !== undefined)
  const records = await Promise.all(
    ids.map((id) =>
      of(id)
        .connection.read((reader) => reader.get('records', organisationRecord))
        .catch(() => undefined),
    ),
  )
  return records.flatMap((record) => (record ? [record.value as OrganisationRow] : []))
}

async function wrappingSecret(
  phone: Connection,
  why: 'make' | 'read',
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const name = 'wrapping'
  const row = await phone.read((reader) => reader.get('records', name))
  if (row?.value instanceof Uint8Array) return row.value as Uint8Array<ArrayBuffer>
  if (why === 'read') return undefined
  const value = crypto.getRandomValues(new Uint8Array(32))
  return phone.write((database) =>
    database.transaction('rw', ['records'], async () => {
      // Another tab may have been quicker; what is wrapped with one secret opens with no other.
      const held = (await database.table('records').get(name)) as
        { value: typeof value } | undefined
      if (held) return held.value
      await database.table('records').put({ name, value })
      return value
    }),
  )
}
