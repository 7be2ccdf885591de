import { bringBeats } from './bring-beats.ts'
import { bringEntries } from './bring-entries.ts'
import { bringSecret } from './bring-secret.ts'
import { createHttpWriteStore } from './http-write-store.ts'
import { sendBeat } from './send-beat.ts'
import { sendEntries } from './send-entries.ts'
import { prepareLeftEntry } from './send-left.ts'
import type { DepartmentOutcome } from './progress.ts'
import type { FollowDevice, FollowedDepartment } from './follow-device.ts'
import type { Round } from './round.ts'
import type { SyncOptions } from './sync.ts'
import type { SyncOrganisation } from './sync-device.ts'
import type { WriteStore } from './write-store.ts'

export type FollowParts = Pick<SyncOptions, 'fetch' | 'clock' | 'random' | 'locks' | 'log'> & {
  timeoutMs: number
  /** The round that is followed up. */
  round: Round
  departments: readonly DepartmentOutcome[]
}

/** What the steps of a follow-up share, for one department. */
export interface Follow extends Omit<FollowParts, 'departments'> {
  follow: FollowDevice
  one: FollowedDepartment
  /** Where the organisation is written to; undefined where no root names such a store. */
  write: WriteStore | undefined
  /** Whether the round has shown that what is held is the newest that can be had. */
  isCurrent: boolean
}

/**
 * [S43] What follows a full round, when content is stored and shown: the key that publishers hand on, beats,
 * and what members tell each other. One step that fails leaves the others.
 *
 * @returns `again` when something was said that another round may bring at once
 */
export async function followRound(parts: FollowParts): Promise<{ again: boolean }> {
  const { locks, round } = parts
  if (!locks) return followAlone(parts)
  // [S32] A number of its own entries must not be given twice.
  return locks.request(`${round.organisation.lock}:after`, { ifAvailable: true }, (lock) =>
    lock ? followAlone(parts) : { again: false },
  )
}

async function followAlone(parts: FollowParts): Promise<{ again: boolean }> {
  const { round, departments, log } = parts
  const { organisation, device, signal } = round
  const follow = await device.follow(organisation.id)
  if (!follow || follow.root.wiped.includes(follow.deviceKey.kid)) return { again: false }
  const write = writeStoreOf({ ...parts, organisation }, follow)
  const isCurrent = new Set(
    departments
      .filter(({ result }) => result === 'current' || result === 'updated')
      .map(({ department }) => department),
  )
  const each = follow.departments.map((one): Follow => {
    return { ...parts, follow, one, write, isCurrent: isCurrent.has(one.department) }
  })
  const attempt = async <T>(step: string, work: () => Promise<T>): Promise<T | undefined> => {
    signal.throwIfAborted()
    try {
      return await work()
    } catch (error) {
      signal.throwIfAborted()
      log?.(step, error)
      return undefined
    }
  }
  const beats = await Promise.all(each.map((one) => attempt('beats', () => bringBeats(one))))
  const isNewer = beats.some((said) => said?.isNewerFormat)
  if (isNewer || beats.some((said) => said?.hasAnswered)) {
    await device.recordNewerApp(organisation.id, 'beats', isNewer)
  }
  for (const one of each) {
    await attempt('secret', () => bringSecret(one))
    if (!write) continue
    await attempt('send-beat', () => sendBeat(one, write))
    // One after the other: what is told can wait, and the phone is in somebody's hand.
    await attempt('send-entries', () => sendEntries(one, write))
    await attempt('bring-entries', () => bringEntries(one, write))
  }
  return { again: beats.some((said) => said?.isNews) }
}

/**
 * [S56] Seals, with the keys that are here still, that this phone leaves a department. What is given back sends
 * it; undefined where there is nobody to tell.
 */
export async function prepareLeft(
  parts: Pick<SyncOptions, 'device' | 'fetch' | 'clock' | 'random'>,
  place: { organisation: SyncOrganisation; department: string; timeoutMs: number },
): Promise<(() => Promise<void>) | undefined> {
  const { device } = parts
  const { organisation, department, timeoutMs } = place
  const follow = await device.follow(organisation.id)
  const one = follow?.departments.find((each) => each.department === department)
  const write = follow && writeStoreOf({ ...parts, timeoutMs, organisation }, follow)
  if (!follow || !one || !write) return undefined
  return prepareLeftEntry({ organisation, follow, one, write, now: parts.clock.now() })
}

/** [S44] Only what the root names as written to is written to; the first such, since one store is written. */
function writeStoreOf(
  parts: Pick<FollowParts, 'fetch' | 'timeoutMs'> & { organisation: { base: string } },
  { root }: FollowDevice,
): WriteStore | undefined {
  const named = root.stores.find(({ write }) => write)
  if (!named) return undefined
  const base = new URL(named.url, parts.organisation.base)
  if (base.protocol !== 'https:' && base.protocol !== 'http:') return undefined
  if (!base.pathname.endsWith('/')) base.pathname += '/'
  return createHttpWriteStore({ base, fetch: parts.fetch, timeoutMs: parts.timeoutMs })
}
