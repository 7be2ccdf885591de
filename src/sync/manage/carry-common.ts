import { commonDepartment } from '#domain/schema/document.ts'
import { buildRelease } from '#release/build-release.ts'
import { isNewer } from '#release/head.ts'
import { sameBytes } from '#trust/bytes.ts'
import { ownValue } from '#trust/json.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { mostTries, rootSigner } from './change-root.ts'
import { openNotBehind } from './held-head.ts'
import { ManageError } from './manage-error.ts'
import type { ManagedDepartment, Office, OpenedDepartment } from './office.ts'

/**
 * [M26] Publishes each department's manifest again with the key and floor that `gemensamt` has now, where it
 * carries another. Packs and documents stay as they are.
 *
 * @throws ManageError root-keys, not-readable, head-behind, head-fork, lost-race; SendError; StoreError
 */
export async function carryCommon(
  office: Office,
  root: VerifiedRoot,
  departments: readonly string[],
): Promise<ManagedDepartment[]> {
  const { opened: common } = await openNotBehind(office, root, commonDepartment)
  if (!common) throw new ManageError('not-readable', `${commonDepartment} cannot be read`)
  const managed: ManagedDepartment[] = []
  for (const department of departments) {
    managed.push(await carryOne(office, root, department, common))
  }
  return managed
}

/** Whether a department still carries an epoch of `gemensamt` that has ended: a rotation was stopped midway. */
export async function isCommonBehind(
  office: Office,
  root: VerifiedRoot,
  departments: readonly string[],
  common: OpenedDepartment,
): Promise<boolean> {
  for (const department of departments) {
    const opened = await office.open(department, root)
    const carried = opened?.release.common
    if (carried && carried.epoch < common.epoch.epoch) return true
  }
  return false
}

async function carryOne(
  office: Office,
  root: VerifiedRoot,
  department: string,
  common: OpenedDepartment,
): Promise<ManagedDepartment> {
  const gen = ownValue(root.departments, department)?.gen ?? 1
  let takenUpTo = 0
  for (let tries = 0; tries < mostTries; tries++) {
    const { opened, head } = await openNotBehind(office, root, department)
    if (!opened) {
      const outcome = head ? 'not-readable' : 'nothing-published'
      return { department, gen, v: head?.v ?? 0, outcome }
    }
    const { release, epoch } = opened
    if (carries(opened, common)) return { department, gen, v: release.v, outcome: 'unchanged' }
    const own = release.gen === gen ? release.v : 0
    const built = await buildRelease({
      root,
      department,
      documents: release.documents,
      signer: rootSigner(office, root),
      issued: office.now(),
      epoch,
      previous: release,
      // It is sealed again by the coordinator; who published it has not changed.
      by: release.publishedBy,
      common: {
        epochKey: common.epoch.key,
        epoch: common.epoch.epoch,
        floor: { gen: common.release.gen, v: common.release.v },
      },
      v: Math.max(own, takenUpTo) + 1,
    })
    const sent = await office.store.sendRelease(department, built)
    if (sent.outcome === 'stored') return { department, gen, v: built.v, outcome: 'published' }
    takenUpTo = built.v
  }
  throw new ManageError('lost-race', `${department}: somebody else was first ${mostTries} times`)
}

/**
 * A department that never carried one (published without it) gets it too. What a publisher has written there
 * is its word alone: another key under the right number, or a floor above what there is, is not it.
 */
function carries({ release }: OpenedDepartment, common: OpenedDepartment): boolean {
  const carried = release.common
  return (
    carried !== undefined &&
    carried.epoch === common.epoch.epoch &&
    sameBytes(carried.epochKey, common.epoch.key) &&
    !isNewer(carried.floor, common.release)
  )
}
