import { sha256, utf8 } from '#trust/bytes.ts'
import type { Invitation } from '#trust/invitation.ts'
import type { RestorePayload } from '#trust/restore-payload.ts'
import { createChanges } from './changes.ts'
import { createContext, type DeviceChange } from './context.ts'
import { createCopySwitch, type CopyOutcome, type Pages } from './copy-switch.ts'
import { join, type Membership } from './join.ts'
import { loadState } from './load-state.ts'
import { createOccasions, type OccasionKeeper } from './occasions.ts'
import {
  checkReadiness,
  lastReadiness,
  type ReadinessCheck,
  type ReadinessSources,
} from './readiness.ts'
import { createSettings, type Settings, type SettingsKeeper } from './settings.ts'
import { createSyncSide, notesRecord, type DeviceNote, type DeviceSyncSide } from './sync-side.ts'
import type { Authority } from './authority.ts'
import type { DeviceState } from './device-state.ts'
import type { DraftKeeper } from './drafts.ts'
import type { InvitationKeeper } from './invitations.ts'
import type { JournalReader, LabelKeeper, NewReport, Tried } from './journal-reader.ts'
import type { PublicationKeeper } from './publications.ts'

export interface DeviceOptions {
  /** The app's base path, `/` or `/planb/`: part of every name. */
  scope: string
  now: () => Date
  indexedDB: IDBFactory
  keyRange: typeof IDBKeyRange
  caches: CacheStorage
  /** Absent in older browsers; then tabs are not kept apart. */
  locks?: LockManager
  /** Absent in older browsers; then other tabs are not told. */
  createChannel?: (name: string) => BroadcastChannel
  /** `navigator.storage`. */
  storage?: StorageManager
  readiness?: ReadinessSources
  /** Of the interface, where nobody has chosen one. Default: Swedish. */
  language?: Settings['language']
  /** Names the app's build: a copy drawn by another one does not match. */
  build?: string
  /** How long opening the database and each read may take. Default: 3,000 ms. */
  patienceMs?: number
}

/**
 * What pages are drawn from. Given by who draws, since another `load()` may have seen something newer
 * meanwhile: old pages under a new name would never be drawn again. By default what was loaded last.
 */
export interface DrawnFrom {
  device: Pick<DeviceState, 'fingerprint'>
  settings: Settings
}

/** What this phone remembers. Everything that changes something may throw DeviceError. */
export interface Device {
  /** Everything on the phone, opened from what is stored. Never touches the network, never throws. */
  load(): Promise<DeviceState>
  /** Takes an invitation; the first sync brings the content. `base`: the app's address. */
  join(invitation: Invitation, source: { base: string }): Promise<Membership>
  /** Takes a restore payload; its keys show in `load().roles` after the first sync. */
  restore(payload: RestorePayload, source: { base: string }): Promise<{ organisation: string }>
  /** Removes a department from this phone, and the reading copy, which the app then draws anew. */
  leave(organisation: string, department: string): Promise<void>
  readonly settings: SettingsKeeper
  readonly occasions: OccasionKeeper
  /** Invitations made on this phone. */
  invitations(organisation: string): InvitationKeeper
  /** Looks at everything anew. */
  readiness(): Promise<ReadinessCheck[]>
  /** What the last look said. */
  lastReadiness(): Promise<ReadinessCheck[]>
  storage(): Promise<{ usage?: number; quota?: number }>
  /** Asks the browser not to clear the storage: after installing, and on a tap. */
  persist(): Promise<boolean | undefined>
  /** Pages put in force, with what they were drawn from; see copy-switch.ts. */
  replaceReadingCopy(pages: Pages, from?: DrawnFrom): Promise<CopyOutcome>
  /** Whether the copy in force was drawn from that. */
  readingCopyMatches(from?: DrawnFrom): Promise<boolean>
  /** What managers should know: mirrors that offered something false, and the like. Newest last. */
  notes(organisation: string): Promise<DeviceNote[]>
  /** What this phone can sign and hand on. @throws DeviceError unknown-name: no root of it is here */
  authority(organisation: string): Promise<Authority>
  /** [D5] Departments it could publish at some time; `load().roles` says which it still may. */
  published(organisation: string): Promise<string[]>
  journal(organisation: string, department: string): JournalReader
  /**
   * [D13] Notes what somebody has found wrong in a document, for those who publish it; the next round of sync sends it.
   * `too-many`: so much waits already that no more is taken.
   *
   * @param department the document's; what all share is reported in the first department this phone has
   * @throws DeviceError not-usable: no words; unknown-name: no member; full, read-only
   */
  report(organisation: string, department: string, report: NewReport): Promise<'noted' | 'too-many'>
  /** [J51] Says that a report (`hash`) was seen to: here at once, and to all who publish its `department`. */
  handleReport(
    organisation: string,
    department: string,
    hash: string,
  ): Promise<'noted' | 'too-many'>
  /** What was tried against this organisation, for managers: own notes and other phones' alarms. */
  tried(organisation: string): Promise<Tried[]>
  label(organisation: string): LabelKeeper
  /** What is being written on this phone, one draft for each document. */
  drafts(organisation: string): DraftKeeper
  /** What waits to be published, one for each department. */
  publications(organisation: string): PublicationKeeper
  /** Tries the ordinary way to the databases again: on `pageshow`. True when all answer. */
  probe(): Promise<boolean>
  /** Something changed, here or in another tab. */
  onChange(listener: (change: DeviceChange) => void): () => void
  /** For `createSync`. */
  readonly sync: DeviceSyncSide
  close(): void
}

/** Opens what the phone remembers. Waits for nothing: what does not open shows in `load().problem`. */
export function openDevice(options: DeviceOptions): Promise<Device> {
  const { scope, caches, locks } = options
  const changes = createChanges(scope, options.createChannel)
  const context = createContext({
    scope,
    now: options.now,
    indexedDB: options.indexedDB,
    keyRange: options.keyRange,
    patienceMs: options.patienceMs ?? 3000,
    announce: (change) => changes.announce(change),
  })
  let loaded: DeviceState | undefined
  const load = async () => (loaded = await loadState(context))
  const settings = createSettings(context, options.language)
  /** Pages differ by what is stored, by what was chosen, and by the app that draws them. */
  const lookOf = async ({ device: { fingerprint }, settings: chosen }: DrawnFrom) => {
    const { language, scheme, together, last } = chosen
    const parts = [fingerprint, options.build, language, scheme, last, ...together]
    return (await sha256(utf8(parts.join('\n')))).slice(0, 16)
  }
  const lastLoaded = async () => ({
    device: loaded ?? (await load()),
    settings: await settings.get(),
  })
  const drawnFrom = async (from?: DrawnFrom) => lookOf(from ?? (await lastLoaded()))
  const stored = async () =>
    lookOf({ device: await loadState(context), settings: await settings.get() })
  const copy = createCopySwitch({ caches, scope, locks, stored })
  const copyMatches = async (from?: DrawnFrom) => copy.matches(await drawnFrom(from))
  const sources: ReadinessSources = {
    persisted: async () => options.storage?.persisted(),
    ...options.readiness,
  }
  const seldom = async () => (await import('./seldom.ts')).createSeldom(context, caches)
  const told = async (organisation: string) => (await seldom()).told(organisation)
  const device: Device = {
    load,
    join: (invitation, source) => join(context, invitation, source),
    restore: async (payload, source) => (await seldom()).restore(payload, source),
    leave: async (organisation, department) => (await seldom()).leave(organisation, department),
    settings,
    occasions: createOccasions(context),
    invitations: (organisation) => ({
      list: async (department) => (await seldom()).invitations(organisation).list(department),
      note: async (...made) => (await seldom()).invitations(organisation).note(...made),
    }),
    readiness: () => checkReadiness(context, sources, load, copyMatches),
    lastReadiness: () => lastReadiness(context),
    storage: async () => {
      const estimate = await options.storage?.estimate().catch(() => undefined)
      return { usage: estimate?.usage, quota: estimate?.quota }
    },
    persist: async () => options.storage?.persist().catch(() => undefined),
    replaceReadingCopy: async (pages, from) => copy.replace(await drawnFrom(from), pages),
    readingCopyMatches: copyMatches,
    notes: async (organisation) => {
      const { connection } = context.organisation(organisation)
      const row = await connection.read((reader) => reader.get('records', notesRecord))
      return (row?.value ?? []) as DeviceNote[]
    },
    authority: async (organisation) => (await seldom()).authority(organisation),
    published: async (organisation) => (await seldom()).published(organisation),
    journal: (organisation, department) => ({
      phones: async (newest) => (await told(organisation)).phones(department, newest),
      left: async () => (await told(organisation)).left(department),
      alarms: async () => (await told(organisation)).alarms(department),
      reports: async () => (await told(organisation)).reports(department),
      entries: async () => (await told(organisation)).entries(department),
    }),
    report: async (organisation, department, report) =>
      (await seldom()).sayings(organisation).report(department, report),
    handleReport: async (organisation, department, hash) =>
      (await seldom()).sayings(organisation).handle(department, hash),
    tried: async (organisation) => (await told(organisation)).tried(),
    label: (organisation) => ({
      get: async () => (await seldom()).label(organisation).get(),
      set: async (label) => (await seldom()).label(organisation).set(label),
      device: async () => (await seldom()).label(organisation).device(),
    }),
    drafts: (organisation) => ({
      list: async (department) => (await seldom()).drafts(organisation).list(department),
      get: async (name) => (await seldom()).drafts(organisation).get(name),
      put: async (draft) => (await seldom()).drafts(organisation).put(draft),
      remove: async (name, rev) => (await seldom()).drafts(organisation).remove(name, rev),
      settle: async (sent, place) => (await seldom()).drafts(organisation).settle(sent, place),
    }),
    publications: (organisation) => ({
      list: async () => (await seldom()).publications(organisation).list(),
      get: async (department) => (await seldom()).publications(organisation).get(department),
      put: async (publication) => (await seldom()).publications(organisation).put(publication),
      remove: async (department) => (await seldom()).publications(organisation).remove(department),
    }),
    probe: async () => {
      const rows = await context.organisationRows().catch(() => [])
      const connections = rows.map(({ id }) => context.organisation(id).connection)
      const answers = await Promise.all([context.phone, ...connections].map((one) => one.probe()))
      return answers.every(Boolean)
    },
    onChange: (listener) => changes.onChange(listener),
    sync: createSyncSide(context, seldom),
    close: () => {
      changes.close()
      context.close()
    },
  }
  return Promise.resolve(device)
}
