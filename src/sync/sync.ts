import { codeOf, createStoreKeeper } from './ask-stores.ts'
import { pause } from './pause.ts'
import { createFailures, createNoter, type Round } from './round.ts'
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
  /** How long one store may take for its roots, or for a department's heads, in a round. Default: 45 seconds. */
  walkMs?: number
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
  /** When what follows the rounds so far is done too: beats, and what members tell each other. Never rejects. */
  followed(): Promise<void>
  /**
   * [S56] Called before this phone leaves a department; what it gives back tells the others, once the phone has
   * left. Neither rejects, and nobody need wait.
   */
  leaving(organisation: string, department: string): Promise<() => Promise<void>>
  onProgress(listener: (progress: SyncProgress) => void): () => void
}

/** [S42] How often everything is asked for while the app stays open. */
const fullEveryMs = 15 * 60_000
/** How long the others are told that this phone has left: nobody is there to try again. */
const leftMs = 5_000
/** What is known of a round that another tab is at. */
const otherTabsTurn = { isUnreachable: false, isIncomplete: true, retryAfterMs: 0 }
/** How long a first visit is left alone. */
const firstPauseMs = 3_000

/** Brings releases from an organisation's stores to a device. Rules: SPEC.md. */
export function createSync(options: SyncOptions): Sync {
  const { device, clock, random, locks, visibility, log } = options
  const timeoutMs = options.timeoutMs ?? 10_000
  const storesOf = createStoreKeeper({ fetch: options.fetch, timeoutMs })
  const listeners = new Set<(progress: SyncProgress) => void>()
  const now = () => clock.now()
  let stopping = new AbortController()
  let running: Promise<SyncOutcome> | undefined
  let schedule: Schedule | undefined
  const lastFullById = new Map<string, number>()
  const againById = new Map<string, number>()
  let following = Promise.resolve()
  const queued = new Set<string>()

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
      // A tab that has just been closed may still have its turn, and leave its round half done.
      schedule?.finished(outcomes.map((outcome) => outcome ?? otherTabsTurn))
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
    const round: Round = {
      organisation,
      device,
      stores,
      failures: createFailures(stores.length),
      signal,
      now,
      isFull: reason !== 'tick' || isFullDue(organisation.id),
      walkMs: options.walkMs ?? 45_000,
      seen: { isNewerFormat: false, namedRoots: [] },
      report: (progress) => {
        for (const listener of listeners) listener({ organisation: organisation.id, ...progress })
      },
      note: createNoter(device, organisation.id, now),
    }
    try {
      const outcome = await syncOrganisation(round)
      if (outcome.wasFull) {
        lastFullById.set(organisation.id, now().getTime())
        follow(round, outcome)
      }
      return outcome
    } catch (error) {
      if (!signal.aborted) log?.('sync-failed', error)
      const code = signal.aborted ? 'stopped' : codeOf(error)
      const departments = organisation.departments.map(({ department }) => {
        return { organisation: organisation.id, department, result: 'failed' as const, code }
      })
      return {
        departments,
        isUnreachable: true,
        isIncomplete: true,
        wasFull: false,
        retryAfterMs: 0,
      }
    }
  }

  /** [S42] A phone that lies on a table, always open, hears of a new root too. So does a tab that has asked for nothing yet. */
  function isFullDue(id: string): boolean {
    const last = lastFullById.get(id)
    if (last === undefined) return true
    const since = now().getTime() - last
    return since > fullEveryMs || since < 0
  }

  /** [S43] After the round, so that content never waits for it; what fails there is no failure of sync. */
  function follow(round: Round, { departments }: OrganisationOutcome): void {
    const { id, root } = round.organisation
    if (queued.has(id)) return
    queued.add(id)
    const { signal } = round
    const run = async () => {
      // A first visit is still drawing its pages and storing the app.
      await pause(clock, root ? 0 : firstPauseMs, signal)
      queued.delete(id)
      const { followRound } = await import('./sync-journal.ts')
      const { again } = await followRound({ ...options, timeoutMs, round, departments })
      // Once in a while: a host that names ever new things must not keep the phone at it.
      if (!again || now().getTime() - (againById.get(id) ?? 0) < fullEveryMs) return
      againById.set(id, now().getTime())
      await syncNow('asked')
    }
    following = following.then(run).catch((error: unknown) => {
      queued.delete(id)
      if (!signal.aborted) log?.('follow-failed', error)
    })
  }

  return {
    syncNow,
    followed: async () => {
      for (let before; before !== following;) await (before = following)
    },
    start: () => {
      schedule ??= createSchedule({ clock, random, visibility, run: syncNow })
    },
    stop: () => {
      schedule?.stop()
      schedule = undefined
      stopping.abort(new DOMException('sync was stopped', 'AbortError'))
      stopping = new AbortController()
    },
    leaving: async (id, department) => {
      const quiet = (error: unknown) => log?.('left-untold', error)
      const prepare = async () => {
        const organisation = (await device.organisations()).find((one) => one.id === id)
        if (!organisation) return undefined
        const { prepareLeft } = await import('./sync-journal.ts')
        return prepareLeft(options, { organisation, department, timeoutMs: leftMs })
      }
      const patience = new Promise<undefined>((done) => clock.after(leftMs, () => done(undefined)))
      const send = await Promise.race([prepare().catch(quiet), patience])
      return async () => {
        await send?.().catch(quiet)
      }
    },
    onProgress: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
