import type { VerifiedHead } from '#release/head.ts'
import { resignHead } from '#release/resign-head.ts'
import { ownValue } from '#trust/json.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import type { ReadStore } from '#store/store.ts'
import { mostTries, rootSigner } from './change-root.ts'
import { rootsUpTo } from './follow-store-root.ts'
import { ManageError } from './manage-error.ts'
import { headAt, newestHead } from './newest-head.ts'
import type { ManagedDepartment, Office } from './office.ts'

/** By department, the version (v of the generation before) that is the last good one. */
export type KeptVersions = Readonly<Record<string, number>>

/**
 * [M7] Brings every department to a head of the generation the root names: where there is none, the last
 * good head of the generation before is signed again by a root key. So what was stopped between the root
 * and the heads is finished by whoever comes next.
 *
 * @param keep which head is the last good one; the newest where it is left out
 * @throws ManageError root-keys, head-missing, gen-fork, lost-race; SendError; StoreError
 */
export async function beginGenerations(
  office: Pick<Office, 'store' | 'rootKeys' | 'now'>,
  root: VerifiedRoot,
  departments: readonly string[],
  keep: KeptVersions = {},
): Promise<ManagedDepartment[]> {
  const chain = createChain(office.store, root)
  const managed: ManagedDepartment[] = []
  for (const department of departments) {
    const kept = ownValue<number>(keep, department)
    managed.push(await beginOne({ office, root, department, kept, chain }))
  }
  return managed
}

/** The roots are walked at most once, and only where a generation has to be begun. */
function createChain(store: ReadStore, root: VerifiedRoot): () => Promise<VerifiedRoot[]> {
  let roots: Promise<VerifiedRoot[]> | undefined
  return () => (roots ??= rootsUpTo(store, root))
}

async function beginOne(input: {
  office: Pick<Office, 'store' | 'rootKeys' | 'now'>
  root: VerifiedRoot
  department: string
  kept: number | undefined
  chain: () => Promise<VerifiedRoot[]>
}): Promise<ManagedDepartment> {
  const { office, root, department, kept, chain } = input
  const gen = ownValue(root.departments, department)?.gen ?? 1
  const state = (head: VerifiedHead | undefined, outcome: ManagedDepartment['outcome']) => ({
    department,
    gen,
    v: head?.v ?? 0,
    outcome,
  })
  let takenUpTo = 0
  for (let tries = 0; tries < mostTries; tries++) {
    const newest = await newestHead(office.store, root, department)
    if (newest && kept === undefined) return state(newest, 'unchanged')
    const last = await lastGoodHead(office.store, await chain(), { department, gen, kept })
    if (newest) {
      if (last) await refuseOtherBeginning(office.store, root, newest, last)
      return state(newest, 'unchanged')
    }
    if (!last) return state(undefined, 'nothing-published')
    const built = await resignHead({
      head: last,
      root,
      signer: rootSigner(office, root),
      issued: office.now(),
      ...(takenUpTo > 0 && { v: takenUpTo + 1 }),
    })
    const sent = await office.store.sendRelease(department, built)
    if (sent.outcome === 'stored') {
      return { department, gen, v: built.v, outcome: 'published' }
    }
    // Somebody has published in the new generation, or what lies at this number does not verify.
    takenUpTo = built.v
  }
  throw new ManageError('lost-race', `${department}: somebody else was first ${mostTries} times`)
}

/** The head to go on from: of the highest generation below that has one, under the last root that named it. */
async function lastGoodHead(
  store: ReadStore,
  roots: readonly VerifiedRoot[],
  { department, gen, kept }: { department: string; gen: number; kept: number | undefined },
): Promise<VerifiedHead | undefined> {
  const genOf = (root: VerifiedRoot) => ownValue(root.departments, department)?.gen
  for (let before = gen - 1; before >= 1; before--) {
    const then = roots.findLast((root) => genOf(root) === before)
    if (!then) continue
    if (kept === undefined) {
      const head = await newestHead(store, then, department)
      if (head) return head
      continue
    }
    const head = await headAt(store, then, department, kept)
    if (typeof head === 'object') return head
    throw new ManageError(
      'head-missing',
      `${department} has no version ${kept} of generation ${before} that verifies`,
    )
  }
  return undefined
}

/** [M8] A generation that was begun with another version than the one to be kept is said, not papered over. */
async function refuseOtherBeginning(
  store: ReadStore,
  root: VerifiedRoot,
  newest: VerifiedHead,
  last: VerifiedHead,
): Promise<void> {
  const { department } = newest
  for (let v = 1; v <= newest.v; v++) {
    const first = await headAt(store, root, department, v)
    if (typeof first !== 'object') continue
    if ([first.prev].flat().includes(last.hash)) return
    throw new ManageError(
      'gen-fork',
      `generation ${newest.gen} of ${department} was begun by ${first.signerRole ?? first.signer} with another version than ${last.v}`,
    )
  }
}
