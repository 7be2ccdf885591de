import type { VerifiedRelease } from '#release/open-release.ts'
import type { RestoreType } from '#trust/restore-payload.ts'
import type { DeviceErrorCode } from './device-error.ts'

/** Everything on this phone, as one picture. */
export interface DeviceState {
  organisations: OrganisationState[]
  departments: DepartmentState[]
  roles: Role[]
  /** Keys that were restored and are not all in force; absent where none are. */
  givenKeys?: GivenKeys[]
  /** Names the stored releases and memberships this was read from; the same when nothing changed. */
  fingerprint: string
  /** Why something could not be read, or not in the ordinary way: the copy on the screen stays. */
  problem?: { code: DeviceErrorCode | 'raw' }
}

export interface OrganisationState {
  id: string
  title: string
  example: boolean
  /** Eight words, also on the poster. */
  checkWords: string[]
  /** Thumbprint of this phone's signing key in this organisation. */
  device: string
  /**
   * Somebody the organisation knows has published in a format this app is too old for. What is here goes
   * on being shown; an update of the app brings the rest.
   */
  needsNewerApp: boolean
  /** The root's fields a screen needs; absent before the first sync. */
  root?: { v: number; reviewBy: string }
}

/**
 * - `stored`: there is a release to read.
 * - `waiting`: joined, nothing received yet.
 * - `needs-new-code`: the content has a new key this phone was not given; what it has stays readable.
 * - `ended`: the department or this phone's access has ended.
 */
export type DepartmentStatus = 'stored' | 'waiting' | 'needs-new-code' | 'ended'

export interface DepartmentState {
  organisation: string
  department: string
  title: string
  status: DepartmentStatus
  release?: VerifiedRelease
  /** When a store last proved that this is the newest, RFC 3339. */
  checkedAt?: string
  /** When the current release was first received, RFC 3339. */
  receivedAt?: string
  /**
   * Up to when somebody the root names has said that this release is the newest, RFC 3339: by publishing it,
   * or since ([R] confirmed-at.ts). Older than 30 days: call and compare the version code.
   */
  confirmedAt?: string
  note?: DepartmentNote
}

/**
 * - `previous-used`: the current release is damaged; the one before is shown, the next sync repairs.
 * - `damaged`: neither opens; the next sync gets it again.
 * - `clock`: the release was signed after what this phone thinks is now: its clock seems wrong.
 * - `withheld-root`: release, confirmation or invitation name a later root than can be had, so that it is not
 *   known who may publish now. Goes by itself when that root arrives.
 */
export interface DepartmentNote {
  code: 'previous-used' | 'damaged' | 'clock' | 'withheld-root'
}

/**
 * Keys that were restored, and what the highest root held says of them.
 * - `waiting`: it has not been asked yet; most often none is here.
 * - `unknown`: it does not name the key.
 * - `recovery-unknown`: it names the signing key, which is in force, and another recovery key.
 */
export interface GivenKeys {
  organisation: string
  type: RestoreType
  standing: 'waiting' | 'unknown' | 'recovery-unknown'
}

/** What this phone may do beside reading: it holds the key, and the root names it. */
export interface Role {
  organisation: string
  role: 'coordinator' | 'publisher'
  /** Thumbprint of the key it signs with. */
  kid: string
  /** Departments it may publish. */
  departments: string[]
  /** Departments whose routines of health care it approves. */
  approve: string[]
  /** Departments whose phone trees it may start. */
  start: string[]
}
