import type { EpochKey } from '#trust/epoch-key.ts'
import type { Kid, PrivateJwk, PublicJwk, SigningKey } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import type { VerifiedEntry } from '#journal/entry.ts'
import type { VerifiedHead } from '#release/head.ts'
import type { SyncNote } from './sync-device.ts'

/**
 * What the follow-up of a round needs of the device, in one organisation: what it holds and may do at this
 * moment, and where it keeps what others have said. The device's room implements it without importing
 * this one.
 */
export interface FollowDevice {
  /** The highest root held. */
  root: VerifiedRoot
  /** The phone's own signing key: its kid is the device's id. */
  deviceKey: SigningKey
  agreement: PublicJwk
  /** What the person calls this phone. */
  label: string
  /** Departments with a release that opens. */
  departments: FollowedDepartment[]
  /** What this phone met itself, newest last. */
  notes(): Promise<(Omit<SyncNote, 'code'> & { code: string })[]>
  /** Whether any root held has named this key for the department: then an old signature of it is no forgery. */
  wasNamed(department: string, kid: Kid): boolean
  readStanding(department: string): Promise<Standing>
  writeStanding(department: string, standing: Standing): Promise<void>
  /** What send-entries.ts remembers; undefined at first. */
  readOutbox(department: string): Promise<unknown>
  writeOutbox(department: string, outbox: unknown): Promise<void>
  /** What a person has written for the others and is not in the outbox yet, oldest first. */
  sayings(department: string): Promise<Saying[]>
  /** They are in the outbox now. */
  forgetSayings(department: string, ids: readonly string[]): Promise<void>
  entries(department: string): Promise<KeptEntry[]>
  /** Keeps some and removes others in one go. An entry takes the place of another with its device and number. */
  keepEntries(department: string, kept: KeptEntry[], gone: VerifiedEntry[]): Promise<void>
  /** Takes this phone's wrap out of the keys object, so that the epoch's key can be handed on. */
  takeSecret(head: VerifiedHead, keys: Uint8Array): Promise<boolean>
}

export interface FollowedDepartment {
  department: string
  /** Days that the department lets entries be kept; undefined: as their kind says. */
  keepDays: number | undefined
  /** Of the release held. */
  head: VerifiedHead
  /** Payload hashes of releases that this one is known to follow. */
  earlier: string[]
  /** The epoch's member key. */
  member: PrivateJwk
  epochKey: EpochKey
  /** The invitation this phone came by. */
  invitation: string | undefined
  /** The key with which this phone publishes the department; undefined for who only reads. */
  signer: SigningKey | undefined
  /** Publishes, but cannot hand the epoch's key on yet. */
  lacksSecret: boolean
}

/** Something a person has written for the other members of a department. */
export interface Saying {
  /** Chosen at random. */
  id: string
  kind: 'report' | 'handled'
  body: object
  /** RFC 3339. */
  time: string
}

export interface KeptEntry {
  entry: VerifiedEntry
  /** By this phone's clock, RFC 3339. */
  receivedAt: string
}

/** Where a department stands, as others than the release itself say. */
export interface Standing {
  /** "Still the newest", with when it was first received here. */
  beats: { head: string; signer: Kid; time: string; receivedAt: string }[]
  /** A later root than could be had, as a beat names it, and in how many rounds. */
  namedRoot?: { v: number; signer: Kid; rounds: number }
  /** A release that is not here, which a beat later than ours confirms, and in how many rounds. */
  unknownHead?: { hash: string; rounds: number }
  /** The keys object in which no wrap for this phone was found: it may be large. */
  triedKeys?: string
}
