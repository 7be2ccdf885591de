import { commonDepartment, type PlanBDocument } from '#domain/schema/document.ts'
import { buildRelease, type BuildInput } from '#release/build-release.ts'
import { createEpochSecret } from '#release/epoch-secret.ts'
import { nameDepartment } from '#trust/change-root.ts'
import { ownValue } from '#trust/json.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { changeRoot, mostTries, rootSigner } from './change-root.ts'
import { newestNotBehind, openNotBehind } from './held-head.ts'
import { ManageError } from './manage-error.ts'
import { requireSaid } from './require-said.ts'
import type { Managed, ManagedDepartment, Office } from './office.ts'

export interface NewDepartment {
  id: string
  /** Public: it stands in the root. */
  title: string
  /** What is published first: its settings and contacts at least, so that there is something to invite to. */
  documents: readonly PlanBDocument[]
}

/**
 * [M31] Adds a department, or gives one that is there another title, and publishes what it begins with where nothing
 * is published yet. Who is to publish it further is approved as everywhere ([M24]).
 *
 * @throws ManageError root-keys, keep-unsaid, not-readable, head-behind, lost-race; TrustError root-malformed;
 *   ReleaseError; SendError; StoreError
 */
export async function addDepartment(office: Office, added: NewDepartment): Promise<Managed> {
  const { id, title } = added
  const root = await changeRoot(office, {
    isDone: (current) => ownValue(current.departments, id)?.title === title.trim(),
    change: async (current) => {
      await requireSaid(office, current, [id])
      return nameDepartment(current, { id, title, issued: office.now() })
    },
  })
  return { root, departments: [await begin(office, root, added)] }
}

/**
 * The first release of a department, in an epoch of its own. Begun twice (stopped, or two at once) the second finds
 * the first: by put-if-absent only one head has the number.
 */
async function begin(
  office: Office,
  root: VerifiedRoot,
  { id, documents }: NewDepartment,
): Promise<ManagedDepartment> {
  const gen = ownValue(root.departments, id)?.gen ?? 1
  let takenUpTo = 0
  for (let tries = 0; tries < mostTries; tries++) {
    const head = await newestNotBehind(office, root, id)
    if (head) return { department: id, gen, v: head.v, outcome: 'unchanged' }
    const built = await buildRelease({
      root,
      department: id,
      documents,
      signer: rootSigner(office, root),
      issued: office.now(),
      epoch: await createEpochSecret(1),
      v: takenUpTo + 1,
      recipients: {},
      common: id === commonDepartment ? undefined : await commonOf(office, root),
    })
    const sent = await office.store.sendRelease(id, built)
    if (sent.outcome === 'stored') return { department: id, gen, v: built.v, outcome: 'published' }
    takenUpTo = built.v
  }
  throw new ManageError('lost-race', `${id}: somebody else was first ${mostTries} times`)
}

/** Without it, phones of the new department would not get what all share. */
async function commonOf(office: Office, root: VerifiedRoot): Promise<BuildInput['common']> {
  const { opened, head } = await openNotBehind(office, root, commonDepartment)
  if (!opened && head)
    throw new ManageError('not-readable', `${commonDepartment} cannot be read here`)
  if (!opened) return undefined
  const { epoch, release } = opened
  return { epochKey: epoch.key, epoch: epoch.epoch, floor: { gen: release.gen, v: release.v } }
}
