import { commonDepartment } from '#domain/schema/document.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import type { AskedStore } from './ask-stores.ts'
import { bringDepartment } from './bring-department.ts'
import { askLatest, type Latest } from './find-heads.ts'
import { askRoots } from './follow-roots.ts'
import type { DepartmentOutcome } from './progress.ts'
import { nothingYet, type Round } from './round.ts'
import type { SyncDepartment, SyncOrganisation } from './sync-device.ts'

export interface OrganisationOutcome {
  departments: DepartmentOutcome[]
  /** Whether nothing could be had from any store, so that the next try should wait longer. */
  isUnreachable: boolean
  /** Whether something that is there for this device did not arrive, though other things may have. */
  isIncomplete: boolean
  retryAfterMs: number
  /** Whether everything was asked for, so that what follows a round has something to follow. */
  wasFull: boolean
}

/**
 * One round over an organisation: roots first, since they say who may publish, then every department.
 * All stores are asked at the same time; what one of them withholds or falsifies, another can bring.
 */
export async function syncOrganisation(round: Round): Promise<OrganisationOutcome> {
  if (!round.isFull && !(await hasNews(round))) return ended(round, undefined)
  const full = { ...round, isFull: true }
  const early = askEarly(full)
  const asked = await askRoots(full)
  const departments = asked.root && (await syncUnderRoot(full, asked.root, early))
  // [S4] A store that answers late may have a later root: what is brought next is brought under that.
  const later = (await asked.late) ?? (await askNamedRoot(full, asked.root))
  const brought = later ? await syncUnderLater(full, later, departments) : departments
  await noteStanding(full, later ?? asked.root, brought)
  return ended(round, brought)
}

async function syncUnderLater(
  round: Round,
  root: VerifiedRoot,
  before: DepartmentOutcome[] = [],
): Promise<DepartmentOutcome[]> {
  const again = { ...round, organisation: await fresh(round) }
  const brought = await syncUnderRoot(again, root, askEarly(again))
  // What came under the root before is news all the same.
  return brought.map((one) => {
    const earlier = before.find(({ department }) => department === one.department)
    return one.result === 'current' && earlier?.result === 'updated' ? earlier : one
  })
}

/** [S41] A head names a root that was not there when roots were asked for: it may be by now. */
async function askNamedRoot(
  round: Round,
  root: VerifiedRoot | undefined,
): Promise<VerifiedRoot | undefined> {
  if (!root || !round.seen.namedRoots.some(({ v }) => v > root.v)) return undefined
  const asked = await askRoots({ ...round, organisation: await fresh(round) })
  const found = (await asked.late) ?? asked.root
  return found && found.v > root.v ? found : undefined
}

/** [S40] [S41] What heads and roots said beside their content, once it is known what could be had. */
async function noteStanding(
  { organisation, device, seen, failures, note }: Round,
  root: VerifiedRoot | undefined,
  departments: DepartmentOutcome[] | undefined,
): Promise<void> {
  for (const { v, store, department } of seen.namedRoots) {
    if (root && v > root.v) note('withheld-root', { store, department })
  }
  // Nobody answered: what was said before still stands.
  if (!departments || (failures.isEverywhere() && !seen.isNewerFormat)) return
  await device.recordNewerApp(organisation.id, 'content', seen.isNewerFormat)
}

/** [S2] The quick look: whether any store's hint of any department is another than the last time. */
async function hasNews(round: Round): Promise<boolean> {
  const { organisation, stores, device } = round
  if (!organisation.root) return true
  const looks = stores.map(async (store) => {
    try {
      const answers = await Promise.all(
        organisation.departments.map(({ department }) => askLatest(round, store, department)),
      )
      return answers.every((answer) => answer === 'unchanged')
    } catch (error) {
      round.signal.throwIfAborted()
      round.failures.add(store, error)
      return undefined
    }
  })
  const isUnchanged = await Promise.all(looks)
  if (isUnchanged.includes(false)) {
    round.failures.clear()
    return true
  }
  if (isUnchanged.includes(true)) {
    const at = round.now()
    for (const { department, current } of organisation.departments) {
      if (current) await device.recordCheck(organisation.id, department, at)
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
    // It is awaited later, or not at all when there is no root to believe heads by.
    latest.catch(() => undefined)
    asked.set(key, latest)
    return latest
  }
  const departments = new Set(round.organisation.departments.map(({ department }) => department))
  departments.add(commonDepartment)
  for (const store of round.stores) {
    for (const department of departments) void ask(store, department)
  }
  return ask
}

async function syncUnderRoot(
  round: Round,
  root: VerifiedRoot,
  early: EarlyLatest,
): Promise<DepartmentOutcome[]> {
  const { organisation, device } = round
  // [S20] Ending a phone's access is the root's word alone: no manager's key can empty phones.
  if (root.wiped.includes(organisation.deviceId)) {
    await device.endAccess(organisation.id)
    return organisation.departments.map(({ department }) => ({
      organisation: organisation.id,
      department,
      result: 'ended',
    }))
  }
  if (root.v < organisation.invitedRoot.v) round.note('withheld-root', {})
  // Keeping a root may have added departments (a coordinator reads all of them).
  const { departments } = await fresh(round)
  const isCommon = ({ department }: SyncDepartment) => department === commonDepartment
  const own = Promise.all(
    departments
      .filter((one) => !isCommon(one))
      .map((wanted) => bringDepartment(round, root, wanted, early, undefined)),
  )
  // It is awaited last; when sync is stopped before that, nobody else listens.
  own.catch(() => undefined)
  if (!Object.hasOwn(root.departments, commonDepartment)) return own
  // [S15] What all share: its key and floor come with any department, its bytes can come meanwhile.
  const floor = async () => {
    await own.catch(() => undefined)
    const common = (await fresh(round)).departments.find(isCommon)
    // [S16] A floor is for the first release: above what is held, only the head's own number counts.
    return common?.current ? { gen: 0, v: 0 } : common?.floor
  }
  const notYet = { department: commonDepartment, floor: { gen: 0, v: 0 }, current: undefined }
  const wanted = departments.find(isCommon) ?? notYet
  const outcome = await bringDepartment(round, root, wanted, early, floor)
  const owned = await own
  // A department that arrived in this round has made the device a member.
  const isMember = wanted !== notYet || (await fresh(round)).departments.some(isCommon)
  return [...owned, ...(isMember ? [outcome] : [])]
}

async function fresh({ device, organisation }: Round): Promise<SyncOrganisation> {
  return (await device.organisations()).find(({ id }) => id === organisation.id) ?? organisation
}

/** @param departments undefined where nothing was looked at closely: unchanged, or no root to be had */
function ended(round: Round, departments: DepartmentOutcome[] | undefined): OrganisationOutcome {
  const { organisation, failures } = round
  const hasNone = !departments?.some(({ result }) => result === 'updated' || result === 'current')
  const isUnreachable = failures.isEverywhere() && hasNone
  const code = failures.code() ?? (organisation.root ? undefined : 'no-root')
  const rest = () =>
    organisation.departments.map(({ department, current }): DepartmentOutcome => {
      const named = { organisation: organisation.id, department }
      if (isUnreachable || !organisation.root) {
        round.report({ ...nothingYet(department), phase: 'failed', code })
        return { ...named, result: 'failed', code }
      }
      return { ...named, result: current ? 'current' : 'waiting' }
    })
  return {
    departments: departments ?? rest(),
    isUnreachable: isUnreachable || (!departments && !organisation.root),
    // Room is not made by asking again soon.
    isIncomplete: departments?.some(({ result, code: why }) => result === 'failed' && why !== 'full') ?? false, // prettier-ignore
    retryAfterMs: failures.retryAfterMs(),
    wasFull: departments !== undefined,
  }
}
