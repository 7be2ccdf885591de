import type { VerifiedRoot } from '#trust/root.ts'
import { allOrGrace } from './all-or-grace.ts'
import { storeFailure, type AskedStore } from './ask-stores.ts'
import { bringRelease, type Brought, type SharedFloor } from './bring-release.ts'
import { findHeads, heldVersion, type Latest, type Look } from './find-heads.ts'
import type { DepartmentOutcome } from './progress.ts'
import { withinLimit } from './time-limit.ts'
import { nothingYet, type Round } from './round.ts'
import type { SyncDepartment } from './sync-device.ts'

/**
 * Brings one department's newest release: asks every store, takes the highest that arrives whole and
 * opens, and remembers when that was. Rejects only when sync is stopped.
 *
 * @param latest what each store's hint says
 * @param shared given for what all share: see bringRelease
 */
export async function bringDepartment(
  round: Round,
  root: VerifiedRoot,
  wanted: SyncDepartment,
  latest: (store: AskedStore, department: string) => Promise<Latest>,
  shared: SharedFloor | undefined,
): Promise<DepartmentOutcome> {
  const { department } = wanted
  const named = { organisation: round.organisation.id, department }
  if (!Object.hasOwn(root.departments, department)) {
    return { ...named, result: 'failed', code: 'department-unknown' }
  }
  round.report({ ...nothingYet(department), phase: 'looking' })

  const looks: Look[] = []
  const asked = round.stores.map(async (store) => {
    try {
      const hint = await latest(store, department)
      if (hint === 'unchanged') return false
      const look = await withinLimit(round, (limited) =>
        findHeads(limited, store, root, wanted, hint),
      )
      looks.push(look)
      return look.isProof
    } catch (error) {
      round.signal.throwIfAborted()
      round.failures.add(store, error)
      if (storeFailure(error).code === 'not-the-store') {
        round.note('not-the-store', { store, department })
      }
      return false
    }
  })
  await allOrGrace(asked, round.signal)
  let brought = await bringFound(round, root, wanted, looks, shared)
  // [S12] Those that answered late may have something higher: a quick bad mirror hides no slow good one.
  const counted = looks.length
  await Promise.all(asked)
  const late = looks.slice(counted)
  if (late.some(({ heads }) => heads.length > 0) || (late.length && !isDone(brought))) {
    const again = await bringFound(round, root, wanted, looks, shared)
    // What was brought first stays brought, whatever became of the rest.
    if (!isDone(brought) || again.result === 'updated') brought = again
  }
  await settle(round, wanted, looks, brought)
  return { ...named, ...brought }
}

async function bringFound(
  round: Round,
  root: VerifiedRoot,
  wanted: SyncDepartment,
  looks: readonly Look[],
  shared: SharedFloor | undefined,
): Promise<Brought> {
  const { department, current } = wanted
  const found = looks.flatMap(({ heads }) => heads)
  if (found.length) {
    const held = heldVersion(wanted, root.departments[department]?.gen ?? 1)
    return bringRelease(round, department, root, found, held, shared)
  }
  if (current && looks.some(({ isProof }) => isProof)) {
    round.report({ ...nothingYet(department), phase: 'done' })
    return { result: 'current' }
  }
  const code = looks.length ? 'nothing-there' : (round.failures.code() ?? 'unreachable')
  round.report({ ...nothingYet(department), phase: 'failed', code })
  return current || !looks.length ? { result: 'failed', code } : { result: 'waiting', code }
}

/** [S14] What a round that left nothing undone leaves: when it was, and the hints it need not ask for again. */
async function settle(
  round: Round,
  { department }: SyncDepartment,
  looks: readonly Look[],
  brought: Brought,
): Promise<void> {
  const { device, organisation } = round
  if (isDone(brought)) await device.recordCheck(organisation.id, department, round.now())
  if (brought.result === 'needs-new-code') {
    await device.recordNeedsNewCode(organisation.id, department)
  }
  // A new code comes with a new head or with the person; asking for the same again brings neither.
  const isSettled = isDone(brought) || brought.result === 'needs-new-code'
  for (const { store, etag } of looks) {
    if (isSettled && etag !== undefined)
      store.settledByDepartment.set(department, { etag, isHeld: isDone(brought) })
    else store.settledByDepartment.delete(department)
  }
}

function isDone({ result }: Brought): boolean {
  return result === 'updated' || result === 'current'
}
