/**
 * What lies in the databases. The shape is meant to stay: content is sealed bytes by hash, and a row
 * that a later version adds to goes into `records` under a name of its own, so that no table need
 * change (a throw in an upgrade would make every later open fail).
 */

/** Tables of one organisation's database, with the key path of each. */
export const organisationTables = {
  blobs: 'hash',
  roots: 'v',
  snapshots: 'id',
  pointers: 'department',
  memberships: 'department',
  keys: 'name',
  records: 'name',
} as const

/** Tables of the phone's own database: what belongs to no organisation. */
export const phoneTables = {
  organisations: 'id',
  occasions: 'id',
  records: 'name',
} as const

export interface BlobRow {
  /** SHA-256 of the bytes, lower-case hex. */
  hash: string
  bytes: Uint8Array<ArrayBuffer>
}

export interface RootRow {
  v: number
  hash: string
  bytes: Uint8Array<ArrayBuffer>
  receivedAt: string
}

export interface BlobName {
  hash: string
  size: number
}

/** One release as it was received. Never changed once written. */
export interface SnapshotRow {
  id: string
  department: string
  gen: number
  v: number
  headHash: string
  /** The root under which the head was accepted: a later root may no longer name its signer. */
  rootV: number
  head: Uint8Array<ArrayBuffer>
  /** Everything needed to open it. */
  blobs: BlobName[]
  /** Name of the epoch key that opened it. */
  key: string
  storedAt: string
}

/** Which snapshot of a department is shown, and the one before it. */
export interface PointerRow {
  department: string
  current: string
  previous?: string
}

export type MembershipStatus = 'joined' | 'needs-new-code' | 'ended'

export interface MembershipRow {
  department: string
  status: MembershipStatus
  joinedAt: string
  /** Invitation's id; absent where membership came with another department (`gemensamt`). */
  invitation?: string
  /** What was offered at joining: nothing older is taken as the first release. */
  floor: { gen: number; v: number }
  /** Keys held, newest last. Key rows are only ever read by primary key (dexie#585). */
  epochs: { epoch: number; key: string }[]
  receivedAt?: string
  checkedAt?: string
}

/** A key as the browser keeps it, or, where it refuses, wrapped bytes. */
export interface KeyRow<K = unknown> {
  name: string
  key?: K
  wrapped?: { iv: Uint8Array<ArrayBuffer>; bytes: Uint8Array<ArrayBuffer> }
}

export interface RecordRow {
  name: string
  value: unknown
}

export interface OrganisationRow {
  id: string
  joinedAt: string
  /** The app's address, against which the root's relative stores are read. */
  base: string
  /** What invitations named beside the root's stores. */
  mirrors: string[]
  /** The root that the invitation named: the chain must pass through it. */
  root: { v: number; hash: string; isClaim?: true }
}

export interface OccasionRow {
  id: string
  organisation?: string
  name: string
  startedAt: string
  changedAt: string
  endedAt?: string
  ticks: string[]
}

export interface Rows {
  blobs: BlobRow
  roots: RootRow
  snapshots: SnapshotRow
  pointers: PointerRow
  memberships: MembershipRow
  keys: KeyRow
  records: RecordRow
  organisations: OrganisationRow
  occasions: OccasionRow
}
export type TableName = keyof Rows

/** Reading rows, by Dexie or without it. `all` is never asked for `keys`. */
export interface RowReader {
  get<T extends TableName>(table: T, key: string | number): Promise<Rows[T] | undefined>
  /** In the order of the keys asked for; undefined where there is no row. */
  many<T extends TableName>(table: T, keys: string[]): Promise<(Rows[T] | undefined)[]>
  all<T extends Exclude<TableName, 'keys'>>(table: T): Promise<Rows[T][]>
}
