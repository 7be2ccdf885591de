import type { DepartmentState, DeviceState } from '#device/device-state.ts'
import type { Occasion } from '#device/occasions.ts'
import type { ReadinessCheck } from '#device/readiness.ts'
import type { Settings } from '#device/settings.ts'
import type { SyncProgress } from '#sync/progress.ts'
import type { Invitation } from '#trust/invitation.ts'
import type { RestoreType } from '#trust/restore-payload.ts'
import type { ExampleInvitations } from './example-invitations.ts'

/** All that the screens show, as one value that is replaced when something changes. */
export interface ReaderState {
  device: DeviceState
  settings: Settings
  occasions: readonly Occasion[]
  readiness: readonly ReadinessCheck[]
  isCheckingReadiness: boolean
  storage: { usage?: number; quota?: number } | undefined
  /** The last word of sync on each department, by id. */
  progress: ReadonlyMap<string, SyncProgress>
  /** Something was joined since the page was opened: a first visit. */
  hasJoined: boolean
  /** What was put in from paper or a link just now, until the page that says so is left. */
  restored: { organisation: string; type: RestoreType } | undefined
  /** A link that was opened, taken out of the address bar, and not yet used. */
  link: { kind: 'join' | 'restore'; text: string } | undefined
  example: ExampleInvitations | undefined
  /** A newer version of the app lies ready. */
  hasUpdate: boolean
  /** What this window lacks to open without internet: a private window, most often. */
  lack: 'no-worker' | undefined
  /** How many false things were offered to this phone or others; only managers' phones ask. */
  tried: number
  install: InstallOffer
  /** `ended`: titles of departments that this phone might publish until just now. */
  problem: 'full' | 'tick-lost' | { ended: string } | undefined
  /** What was just done and can be taken back. */
  undo: { text: 'started-over'; occasion: string } | undefined
}

/**
 * - `prompt`: the browser has a prompt of its own to show.
 * - `ios-tab`: Safari in a tab: what is stored here is not what the home screen's app has.
 */
export type InstallOffer = 'none' | 'prompt' | 'ios-tab'

/** What people can do. Every promise settles: errors are shown, not thrown. */
export interface ReaderActions {
  setSettings: (change: Partial<Settings>) => Promise<void>
  tick: (tick: {
    name: string
    organisation: string | undefined
    step: string
    done: boolean
  }) => Promise<void>
  startOver: (occasion: string) => Promise<void>
  undo: () => Promise<void>
  forgetUndo: () => void
  checkReadiness: () => Promise<void>
  join: (invitation: Invitation) => Promise<JoinOutcome>
  restore: (payload: string) => Promise<JoinOutcome>
  forgetRestored: () => void
  leave: (department: DepartmentState) => Promise<void>
  syncNow: () => Promise<void>
  /** What the manager's list calls this phone, and its id there. */
  thisPhone: (organisation: string) => Promise<{ name: string; device?: string | undefined }>
  /** False when the name could not be kept. */
  namePhone: (organisation: string, name: string) => Promise<boolean>
  /** Says what is wrong in a document to whoever publishes it; it waits for a network where there is none. */
  report: (
    organisation: string,
    report: { document: string; title: string; text: string },
  ) => Promise<'noted' | 'too-many' | 'failed'>
  /** A link that was pasted or scanned, for the screen that uses it: never by way of the address bar. */
  keepLink: (link: NonNullable<ReaderState['link']>) => void
  forgetLink: () => void
  applyUpdate: () => void
  install: () => Promise<void>
  declineInstall: () => void
  dismissProblem: () => void
}

export type JoinOutcome = { ok: true } | { ok: false; code: string }
