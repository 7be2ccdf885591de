import { codeOf, createStoreKeeper } from './ask-stores.ts'
import { createFailures, createNoter } from './round.ts'
import { createSchedule, type Schedule } from './schedule.ts'
import { syncOrganisation, type OrganisationOutcome } from './sync-organisation.ts'
import type { SyncOutcome, SyncProgress } from './progress.ts'
import type { SyncDevice, SyncOrganisation } from './sync-device.ts'

export interface SyncOptions {
  device: SyncDevice
  fetch: typeof globalThis.fetch
  clock: SyncClock
  /** 0 ≤ x < 1. */
  random: () => number
  /** Absent in older browsers: then two tabs may ask for the same, which does no harm. */
  locks?: LockManager
  visibility?: { isVisible(): boolean; onChange(listener: () => void): () => void }
  /** For developers; never with content. */
  log?: (event: string, detail?: unknown) => void
  /** How long an answer may stand still. Default: 10 seconds. */
  timeoutMs?: number
}

export interface SyncClock {
  now(): Date
  /** Runs something once, later; the answer calls it off. */
  after(ms: number, run: () => void): () => void
}

/**
 * - `open`, `visible`: the app was opened or returned to.
 * - `joined`: there is a new membership.
 * - `asked`: a person asked.
 * - `tick`: half a minute has passed; only the hints are asked for.
 */
export type SyncReason = 'open' | 'visible' | 'joined' | 'asked' | 'tick'

export interface Sync {
  /** Brings what is new. Never rejects: what failed stands in the outcome. */
  syncNow(reason: SyncReason): Promise<SyncOutcome>
  /** Syncs now, whenever the app is returned to, and while it is visible; more seldom while it fails. */
  start(): void
  /** Stops, also what is under way; what has arrived is kept for the next time. */
  stop(): void
  onProgress(listener: (progress: SyncProgress) => void): () => void
}

/** Brings releases from an organisation's stores to a device. Rules: SPEC.md. */
export function createSync(options: SyncOptions): Sync {
  const { device, clock, random, locks, visibility, log } = options
  const storesOf = createStoreKeeper({
    fetch: options.fetch,
    timeoutMs: options.timeoutMs ?? 10_000,
  })
  const listeners = new Set<(progress: SyncProgress) => void>()
  const now = () => clock.now()
  let stopping = new AbortController()
  let running: Promise<SyncOutcome> | undefined
  let schedule: Schedule | undefined

  async function syncNow(reason: SyncReason): Promise<SyncOutcome> {
    if (running) {
      const outcome = await running
      // What is under way may have begun before the person joined.
      if (reason !== 'joined' && reason !== 'asked') return outcome
      if (reason === 'joined' && (await hasAll(outcome))) return outcome
      return syncNow(reason)
    }
    running = syncAll(reason).finally(() => (running = undefined))
    return running
  }

  /** Whether a round has brought every department that this device is a member of by now. */
  async function hasAll(outcome: SyncOutcome): Promise<boolean> {
    if (outcome.kind !== 'synced') return false
    const brought = outcome.departments.filter(({ result }) => result === 'updated')
    const organisations = await device.organisations()
    return organisations.every(({ id, departments }) =>
      departments.every(({ department }) =>
        brought.some((one) => one.organisation === id && one.department === department),
      ),
    )
  }

  async function syncAll(reason: SyncReason): Promise<SyncOutcome> {
    try {
      const organisations = await device.organisations()
      if (!organisations.some(({ departments, root }) => departments.length || !root)) {
        return { kind: 'nothing-joined' }
      }
      const outcomes = await Promise.all(organisations.map((one) => syncAlone(one, reason)))
      const mine = outcomes.filter((outcome) => outcome !== undefined)
      schedule?.finished(mine)
      if (!mine.length) return { kind: 'busy' }
      return { kind: 'synced', departments: mine.flatMap(({ departments }) => departments) }
    } catch (error) {
      log?.('sync-failed', error)
      schedule?.finished([{ isUnreachable: true, isIncomplete: true, retryAfterMs: 0 }])
      return { kind: 'synced', departments: [] }
    }
  }

  /** [S32] One tab at a time for each organisation; undefined when another one is at it. */
  async function syncAlone(
    organisation: SyncOrganisation,
    reason: SyncReason,
  ): Promise<OrganisationOutcome | undefined> {
    if (!locks) return syncOne(organisation, reason)
    return locks.request(organisation.lock, { ifAvailable: true }, (lock) =>
      lock ? syncOne(organisation, reason) : undefined,
    )
  }

  async function syncOne(
    organisation: SyncOrganisation,
    reason: SyncReason,
  ): Promise<OrganisationOutcome> {
    const { signal } = stopping
    const stores = storesOf(organisation)
    try {
      return await syncOrganisation({
        organisation,
        device,
        stores,
        failures: createFailures(stores.length),
        signal,
        now,
        isFull: reason !== 'tick',
        report: (progress) => {
          for (const listener of listeners) listener({ organisation: organisation.id, ...progress })
        },
        note: createNoter(device, organisation.id, now),
      })
    } catch (error) {
      if (!signal.aborted) log?.('sync-failed', error)
      const code = signal.aborted ? 'stopped' : codeOf(error)
      const departments = organisation.departments.map(({ department }) => {
        return { organisation: organisation.id, department, result: 'failed' as const, code }
      })
      return { departments, isUnreachable: true, isIncomplete: true, retryAfterMs: 0 }
    }
  }

  return {
    syncNow,
    start: () => {
      schedule ??= createSchedule({ clock, random, visibility, run: syncNow })
    },
    stop: () => {
      schedule?.stop()
      schedule = undefined
      stopping.abort(new DOMException('sync was stopped', 'AbortError'))
      stopping = new AbortController()
    },
    onProgress: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
