import type { VerifiedRoot } from '#trust/root.ts'
import type { VerifiedHead } from '#release/head.ts'
import type { FollowDevice } from './follow-device.ts'

/**
 * What sync needs of a device. The device's room implements it without importing this one; whoever
 * puts the two together is told by the compiler when they no longer fit.
 */
export interface SyncDevice {
  /** Everything joined, as it lies on the device now. */
  organisations(): Promise<SyncOrganisation[]>
  /** Keeps roots that verify, in order. They are the only thing an earlier root can be replaced by. */
  keepRoots(organisation: string, roots: { root: VerifiedRoot; bytes: Uint8Array }[]): Promise<void>
  /** Which of these are not here, or are here but no longer the bytes their hash names. */
  missingBlobs(organisation: string, wanted: readonly BlobName[]): Promise<BlobName[]>
  /** Keeps bytes whose size and hash have been checked, for a release that is not whole yet. */
  stageBlob(
    organisation: string,
    department: string,
    hash: string,
    bytes: Uint8Array,
  ): Promise<void>
  /**
   * Whether the device can open what this head names: it has the epoch's key, or finds its own wrap in
   * the keys object, once that is staged. With `own`, only its wrap counts: a key that was held is of no use.
   */
  holdsKey(organisation: string, head: VerifiedHead, which?: 'own'): Promise<boolean>
  /**
   * Writes a release whose blobs are all here under an id of its own, opens it from what was written, and
   * only then makes it the current one; the one before is kept.
   * `kept`: what is current is the same or higher. Throws what opening throws: then nothing is switched.
   */
  storeSnapshot(
    organisation: string,
    release: { head: Uint8Array; verified: VerifiedHead; root: VerifiedRoot },
  ): Promise<'stored' | 'kept'>
  /** A store was asked, and the newest it could prove is what the device has. */
  recordCheck(organisation: string, department: string, at: Date): Promise<void>
  /** The content is under a new key that this device was not given; what it has stays. */
  recordNeedsNewCode(organisation: string, department: string): Promise<void>
  /** The root has ended this device's access: content and keys go, the membership says so. */
  endAccess(organisation: string): Promise<void>
  /**
   * Whether something that somebody we know has signed needs a newer app: of roots and heads, or of beats.
   * What is here goes on being shown.
   */
  recordNewerApp(organisation: string, of: 'content' | 'beats', isNeeded: boolean): Promise<void>
  /** Something a manager should know: never shown to staff. */
  note(organisation: string, note: SyncNote): Promise<void>
  /** What follows a round needs; undefined where there is nothing to follow up. Brought when it is needed. */
  follow(organisation: string): Promise<FollowDevice | undefined>
}

export interface BlobName {
  /** SHA-256, lower-case hex. */
  hash: string
  /** In bytes. */
  size: number
}

export interface SyncOrganisation {
  /** Hash of root 1. */
  id: string
  /** Name of the lock that the one syncing tab holds. */
  lock: string
  /** The app's address: the root's relative store addresses are read against it. */
  base: string
  /** Stores that invitations named. */
  mirrors: string[]
  /**
   * The root the invitation named: a chain that does not pass through it is refused. Not so for a claim, of an
   * invitation that came when there was content: a false one must not cut the phone off.
   */
  invitedRoot: { v: number; hash: string; isClaim?: true }
  /** The highest root held; undefined before the first sync. */
  root: VerifiedRoot | undefined
  /** Addresses of stores in the highest root held that enough root keys signed; none before the first sync. */
  agreedStores: string[]
  deviceId: string
  departments: SyncDepartment[]
}

export interface SyncDepartment {
  department: string
  /** Nothing lower is taken as the first release. */
  floor: { gen: number; v: number }
  /** What is shown; undefined when there is nothing, or it cannot be opened any more. */
  current: { gen: number; v: number; headHash: string } | undefined
}

export type SyncNoteCode =
  | 'bad-root'
  | 'withheld-root'
  | 'bad-head'
  | 'bad-blob'
  | 'missing-blob'
  | 'cannot-open'
  | 'bad-hint'
  | 'old-gen'
  | 'rollback'
  | 'fork'
  | 'not-the-store'
  | 'clock'
  | 'withheld-head'
  | 'bad-beat'
  | 'bad-entry'
  | 'entry-fork'

export interface SyncNote {
  code: SyncNoteCode
  at: string
  /** Address of the store that offered it. */
  store?: string
  department?: string
  /** Path in the store's layout, and the code of the error where there is one. */
  detail?: string
}
