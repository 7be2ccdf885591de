import { commonDepartment } from '#domain/schema/document.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { storeFailure, type AskedStore } from './ask-stores.ts'
import { bringRelease, type Brought } from './bring-release.ts'
import { askLatest, findHeads, heldVersion, type Latest, type Look } from './find-heads.ts'
import { followRoots, type FollowedRoot } from './follow-roots.ts'
import type { DepartmentOutcome } from './progress.ts'
import type { Round } from './round.ts'
import type { SyncDepartment } from './sync-device.ts'

export interface OrganisationOutcome {
  departments: DepartmentOutcome[]
  /** Whether no store answered at all, so that the next try should wait longer. */
  isUnreachable: boolean
  retryAfterMs: number
}

/**
 * How long the other stores are waited for once one has answered, in milliseconds. What they bring later
 * is looked at too; only the person who waits for the first release does not wait for the slowest.
 */
const graceMs = 1500

/**
 * One round over an organisation: roots first, since they say who may publish, then every department.
 * All stores are asked at the same time; what one of them withholds or falsifies, another can bring.
 */
export async function syncOrganisation(round: Round): Promise<OrganisationOutcome> {
  const { organisation, stores } = round
  const failures = createFailures(stores.length)
  const isFull = round.isFull || (await hasNews(round, failures))
  if (!isFull) return outcomeOf(round, undefined, [], failures)
  const full = { ...round, isFull: true }

  const early = askEarly(full)
  const root = await newestRoot(full, failures)
  if (!root) return outcomeOf(round, undefined, [], failures)
  // [S20] The wiping is the root's word alone: no manager's key can empty phones.
  if (root.wiped.includes(organisation.deviceId)) {
    await round.device.endAccess(organisation.id)
    const departments = organisation.departments.map(({ department }) =>
      named(round, department, { result: 'ended' }),
    )
    return { departments, isUnreachable: false, retryAfterMs: 0 }
  }
  const departments = await bringDepartments({ ...full, stores: stores }, root, early, failures)
  return outcomeOf(round, root, departments, failures)
}

/** [S2] The quick look: whether any store's hint of any department is another than the last time. */
async function hasNews(round: Round, failures: Failures): Promise<boolean> {
  const { organisation, stores, device } = round
  if (!organisation.root || organisation.departments.some(({ current }) => !current)) return true
  const looks = stores.map(async (store) => {
    try {
      const answers = await Promise.all(
        organisation.departments.map(({ department }) => askLatest(round, store, department)),
      )
      return answers.every((answer) => answer === 'unchanged')
    } catch (error) {
      round.signal.throwIfAborted()
      failures.add(store, error)
      return undefined
    }
  })
  const isUnchanged = await Promise.all(looks)
  if (isUnchanged.includes(false)) {
    failures.clear()
    return true
  }
  if (isUnchanged.includes(true)) {
    const at = round.now()
    for (const { department } of organisation.departments) {
      await device.recordCheck(organisation.id, department, at)
    }
  }
  return false
}

type EarlyLatest = (store: AskedStore, department: string) => Promise<Latest>

/** Hints do not hang on the root: asked for at once, they save a round trip on the first visit. */
function askEarly(round: Round): EarlyLatest {
  const asked = new Map<string, Promise<Latest>>()
  const ask: EarlyLatest = (store, department) => {
    const key = `${store.store.base.href} ${department}`
    const held = asked.get(key)
    if (held) return held
    const latest = askLatest(round, store, department)
    latest.catch(() => undefined)
    asked.set(key, latest)
    return latest
  }
  const departments = new Set(round.organisation.departments.map(({ department }) => department))
  departments.add(commonDepartment)
  for (const store of round.stores)
    for (const department of departments) void ask(store, department)
  return ask
}

/** The highest root that any store proves; kept on the device. Undefined: none yet. */
async function newestRoot(round: Round, failures: Failures): Promise<VerifiedRoot | undefined> {
  const { organisation, device, stores } = round
  let best: FollowedRoot[] = []
  const asked = stores.map(async (store) => {
    try {
      const followed = await followRoots(round, store)
      if (followed.length > best.length) best = followed
      return followed.length > 0
    } catch (error) {
      round.signal.throwIfAborted()
      failures.add(store, error)
      if (storeFailure(error).code === 'not-the-store') round.note('not-the-store', { store })
      return false
    }
  })
  // Whoever has a root can begin; a root that comes later is found in the next round.
  await allOrGrace(asked, round.signal)
  const root = best.at(-1)?.root
  if (root) await device.keepRoots(organisation.id, best)
  if (!root && !organisation.root) await Promise.all(asked)
  const late = best.at(-1)?.root
  if (late && !root) await device.keepRoots(organisation.id, best)
  return late ?? organisation.root
}

async function bringDepartments(
  round: Round,
  root: VerifiedRoot,
  early: EarlyLatest,
  failures: Failures,
): Promise<DepartmentOutcome[]> {
  // Keeping a root may have added departments (a coordinator reads all of them).
  const { organisation, device } = round
  const fresh = (await device.organisations()).find(({ id }) => id === organisation.id)
  const members = (fresh ?? organisation).departments
  const own = members.filter(({ department }) => department !== commonDepartment)
  const ownOutcomes = Promise.all(
    own.map((wanted) => bringDepartment(round, root, wanted, early, failures, Promise.resolve())),
  )
  const common = members.find(({ department }) => department === commonDepartment)
  // The key of what all share comes with any department; its bytes can come meanwhile.
  const shared: SyncDepartment = common ?? {
    department: commonDepartment,
    floor: { gen: 0, v: 0 },
    current: undefined,
  }
  if (!Object.hasOwn(root.departments, commonDepartment)) return ownOutcomes
  const after = ownOutcomes.catch(() => undefined)
  const outcome = await bringDepartment(round, root, shared, early, failures, after)
  const isMember = common || outcome.result === 'updated'
  return [...(await ownOutcomes), ...(isMember ? [outcome] : [])]
}

async function bringDepartment(
  round: Round,
  root: VerifiedRoot,
  wanted: SyncDepartment,
  early: EarlyLatest,
  failures: Failures,
  beforeOpening: Promise<unknown>,
): Promise<DepartmentOutcome> {
  const { department } = wanted
  const ofRoot = Object.hasOwn(root.departments, department) && root.departments[department]
  if (!ofRoot) return named(round, department, { result: 'failed', code: 'department-unknown' })
  round.report({ department, phase: 'looking', objects: zero(), bytes: zero() })

  const looks: Look[] = []
  const asked = round.stores.map(async (store) => {
    try {
      const latest = await early(store, department)
      if (latest === 'unchanged') return false
      const look = await findHeads(round, store, root, wanted, latest)
      looks.push(look)
      return look.isProof
    } catch (error) {
      round.signal.throwIfAborted()
      failures.add(store, error)
      if (storeFailure(error).code === 'not-the-store') {
        round.note('not-the-store', { store, department })
      }
      return false
    }
  })
  await allOrGrace(asked, round.signal)
  let brought = await bringFound(round, root, wanted, looks, beforeOpening)
  // Those that answered late may have something higher: a quick bad mirror hides no slow good one.
  const counted = looks.length
  await Promise.all(asked)
  if (looks.length > counted && brought.result !== 'updated') {
    brought = await bringFound(round, root, wanted, looks, beforeOpening)
  }
  await settle(round, wanted, looks, brought)
  return named(round, department, brought)
}

async function bringFound(
  round: Round,
  root: VerifiedRoot,
  wanted: SyncDepartment,
  looks: readonly Look[],
  beforeOpening: Promise<unknown>,
): Promise<Brought> {
  const { department, current } = wanted
  const found = looks.flatMap(({ heads }) => heads)
  if (found.length) {
    const held = heldVersion(wanted, root.departments[department]?.gen ?? 1)
    return bringRelease(round, department, root, found, held, beforeOpening)
  }
  const isProven = looks.some(({ isProof }) => isProof)
  const result = isProven && current ? 'current' : current ? 'failed' : 'waiting'
  const brought: Brought =
    result === 'failed'
      ? { result, code: looks.length ? 'nothing-there' : 'unreachable' }
      : { result }
  const phase = result === 'current' ? 'done' : 'failed'
  const code = brought.code ?? (looks.length ? 'nothing-there' : 'unreachable')
  const progress = { department, objects: zero(), bytes: zero() }
  round.report(phase === 'done' ? { ...progress, phase } : { ...progress, phase, code })
  return brought
}

/** [S14] What a round that left nothing undone leaves: when it was, and the hints it need not ask for again. */
async function settle(
  round: Round,
  { department, current }: SyncDepartment,
  looks: readonly Look[],
  brought: Brought,
): Promise<void> {
  const { device, organisation } = round
  const isDone = brought.result === 'updated' || brought.result === 'current'
  if (isDone) await device.recordCheck(organisation.id, department, round.now())
  // Somebody who was never a member of this department has not lost anything.
  if (brought.result === 'needs-new-code' && (current || department !== commonDepartment)) {
    await device.recordNeedsNewCode(organisation.id, department)
  }
  for (const { store, etag } of looks) {
    if (isDone && etag !== undefined) store.etagByDepartment.set(department, etag)
    else store.etagByDepartment.delete(department)
  }
}

/** Resolves when all have, or a little after the first that gave something. Rejects only when stopped. */
async function allOrGrace(asked: readonly Promise<boolean>[], signal: AbortSignal): Promise<void> {
  const all = Promise.all(asked)
  if (asked.length > 1) {
    let timer: ReturnType<typeof setTimeout> | undefined
    const useful = Promise.any(
      asked.map(async (one) => {
        if (!(await one)) throw new Error('gave nothing')
      }),
    )
    const grace = useful.then(
      () => new Promise<void>((resolve) => (timer = setTimeout(resolve, graceMs))),
      () => all.then(() => undefined),
    )
    await Promise.race([all, grace]).finally(() => clearTimeout(timer))
    // Those still under way are awaited later, or end with the round.
    all.catch(() => undefined)
  } else {
    await all
  }
  signal.throwIfAborted()
}

interface Failures {
  add(store: AskedStore, error: unknown): void
  clear(): void
  isUnreachable(): boolean
  code(): string | undefined
  retryAfterMs(): number
}

function createFailures(stores: number): Failures {
  const failureByStore = new Map<AskedStore, { code: string; retryAfterMs?: number }>()
  return {
    add: (store, error) => failureByStore.set(store, storeFailure(error)),
    clear: () => failureByStore.clear(),
    isUnreachable: () => stores > 0 && failureByStore.size >= stores,
    code: () => [...failureByStore.values()][0]?.code,
    retryAfterMs: () =>
      Math.max(0, ...[...failureByStore.values()].map(({ retryAfterMs }) => retryAfterMs ?? 0)),
  }
}

function outcomeOf(
  round: Round,
  root: VerifiedRoot | undefined,
  departments: DepartmentOutcome[],
  failures: Failures,
): OrganisationOutcome {
  const { organisation } = round
  const isUnreachable = failures.isUnreachable()
  const code = failures.code()
  const rest = (): DepartmentOutcome[] =>
    organisation.departments.map(({ department, current }) => {
      const outcome: Brought = isUnreachable
        ? { result: 'failed', code: code ?? 'unreachable' }
        : { result: current ? 'current' : 'waiting' }
      if (!root && !organisation.root) {
        round.report({
          department,
          phase: 'failed',
          objects: zero(),
          bytes: zero(),
          code: code ?? 'no-root',
        })
        return named(round, department, { result: 'failed', code: code ?? 'no-root' })
      }
      return named(round, department, outcome)
    })
  return {
    departments: root ? departments : rest(),
    isUnreachable,
    retryAfterMs: failures.retryAfterMs(),
  }
}

function named({ organisation }: Round, department: string, brought: Brought): DepartmentOutcome {
  return { organisation: organisation.id, department, ...brought }
}

function zero() {
  return { done: 0, total: 0 }
}
