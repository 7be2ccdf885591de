import type { Publication } from '#device/publications.ts'
import { sendPublication } from '#sync/manage/send-publication.ts'
import type { EditorParts } from '../editor-parts.ts'
import { openOffice } from '../office.ts'

export type QueueParts = Pick<EditorParts, 'device' | 'sync' | 'fetch' | 'now' | 'base'>

/** What the queue needs of a window. */
export interface Surroundings {
  /** Absent in older browsers: then tabs may do the same twice, which publishes once all the same. */
  locks?: Pick<LockManager, 'request'>
  lockName: string
  after: (ms: number, run: () => void) => () => void
  /** Calls when there is a network again, and when somebody returns to the page. */
  onReturn: (listener: () => void) => void
}

/** How it goes for one department in this window. */
export type Sending =
  { at: 'sending' } | { at: 'published'; edition: number } | { at: 'nothing-new' }

export interface PublishQueue {
  /** Looks at once for what waits. */
  kick: () => void
  /** What is told of a department's last try is no news any more. */
  forget: (organisation: string, department: string) => void
  get: () => ReadonlyMap<string, Sending>
  subscribe: (listener: () => void) => () => void
}

const firstWaitMs = 5_000
const longestWaitMs = 60_000

/**
 * Publishes what waits for it, one thing at a time and in one tab: at once, when there is a network, when
 * somebody returns, and after 5 s, then more seldom, up to every minute. Between any two of its writes the
 * browser may be closed: what was sent is found to be published already, and is not published twice.
 */
export function createPublishQueue(parts: QueueParts, around: Surroundings): PublishQueue {
  const listeners = new Set<() => void>()
  let sending: ReadonlyMap<string, Sending> = new Map()
  let isRunning = false
  let isWanted = false
  let wait = firstWaitMs
  let forgetTimer: (() => void) | undefined

  const tell = (organisation: string, department: string, how: Sending | undefined) => {
    const next = new Map(sending)
    if (how === undefined) next.delete(`${organisation}/${department}`)
    else next.set(`${organisation}/${department}`, how)
    sending = next
    for (const listener of listeners) listener()
  }

  const kick = () => {
    isWanted = true
    if (!isRunning) void run()
  }

  const run = async () => {
    isRunning = true
    forgetTimer?.()
    while (isWanted) {
      isWanted = false
      const left = await inOneTab(around, () => publishAll(parts, tell)).catch(() => true)
      if (!left) wait = firstWaitMs
      else if (!isWanted) {
        forgetTimer = around.after(wait, kick)
        wait = Math.min(longestWaitMs, wait * 2)
      }
    }
    isRunning = false
  }

  around.onReturn(() => {
    wait = firstWaitMs
    kick()
  })
  return {
    kick,
    forget: (organisation, department) => tell(organisation, department, undefined),
    get: () => sending,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** @returns whether something is left to try again; true also where another tab is at it */
async function inOneTab(around: Surroundings, work: () => Promise<boolean>): Promise<boolean> {
  if (around.locks === undefined) return await work()
  const held = await around.locks.request(
    around.lockName,
    { ifAvailable: true },
    async (lock: Lock | null) => (lock === null ? undefined : { left: await work() }),
  )
  return held?.left ?? true
}

type Tell = (organisation: string, department: string, how: Sending | undefined) => void

async function publishAll(parts: QueueParts, tell: Tell): Promise<boolean> {
  const state = await parts.device.load()
  const organisations = new Set(state.roles.map(({ organisation }) => organisation))
  let left = false
  for (const organisation of organisations) {
    const waiting = await parts.device.publications(organisation).list()
    for (const publication of waiting) {
      if (publication.state !== 'waiting') continue
      tell(organisation, publication.department, { at: 'sending' })
      const outcome = await publishOne(parts, organisation, publication)
      tell(organisation, publication.department, outcome === 'again' ? undefined : outcome)
      if (outcome === 'again') left = true
    }
  }
  return left
}

/** One try. `again`: it waits for another. */
async function publishOne(
  parts: QueueParts,
  organisation: string,
  { department }: Publication,
): Promise<Sending | undefined | 'again'> {
  const desk = {
    drafts: parts.device.drafts(organisation),
    publications: parts.device.publications(organisation),
  }
  const office = await openOffice(parts, organisation)
  const signer = office.authority.signerFor(department)
  if (signer === undefined) {
    const held = await desk.publications.get(department)
    if (held !== undefined)
      await desk.publications.put({ ...held, state: 'refused', code: 'not-a-publisher' })
    return undefined
  }
  const result = await sendPublication(office, desk, { department, signer })
  switch (result.outcome) {
    case 'published':
    case 'unchanged':
      void parts.sync.syncNow('asked').catch(() => undefined)
      return result.outcome === 'unchanged'
        ? { at: 'nothing-new' }
        : { at: 'published', edition: result.edition }
    case 'conflict':
      // What the other wrote is to be at hand, to be read beside one's own.
      void parts.sync.syncNow('asked').catch(() => undefined)
      return undefined
    case 'waiting':
      return 'again'
    case 'nothing':
    case 'refused':
      return undefined
  }
}
