import type { VerifiedHead } from '#release/head.ts'
import { resignHead } from '#release/resign-head.ts'
import { ownValue } from '#trust/json.ts'
import type { Root } from '#trust/root-schema.ts'
import { mayPublish, type VerifiedRoot } from '#trust/root.ts'
import type { ReadStore } from '#store/store.ts'
import { mostTries, rootSigner } from './change-root.ts'
import { rootsUpTo } from './follow-store-root.ts'
import { requireNotBehind } from './held-head.ts'
import { ManageError } from './manage-error.ts'
import { headAt, newestHead, type IsHeeded } from './newest-head.ts'
import type { HeldHead, ManagedDepartment, Office } from './office.ts'

/**
 * By department, the version (v of the generation before) that is the last good one; with its hash where it
 * was seen before it was chosen ([M11]).
 */
export type KeptVersions = Readonly<Record<string, number | { v: number; hash: string }>>

/**
 * [M7] Brings every department to a head of the generation the root names: where there is none, the last
 * good head of the generation before is signed again by a root key. So what was stopped between the root
 * and the heads is finished by whoever comes next.
 *
 * @param keep which head is the last good one; the newest where it is left out
 * @throws ManageError root-keys, head-missing, head-behind, head-fork, gen-fork, lost-race; SendError; StoreError
 */
export async function beginGenerations(
  office: Pick<Office, 'store' | 'rootKeys' | 'now' | 'held'>,
  root: VerifiedRoot,
  departments: readonly string[],
  keep: KeptVersions = {},
): Promise<ManagedDepartment[]> {
  const chain = createChain(office.store, root)
  const managed: ManagedDepartment[] = []
  for (const department of departments) {
    const kept = ownValue<KeptVersions[string]>(keep, department)
    managed.push(await beginOne({ office, root, department, kept, chain }))
  }
  return managed
}

/**
 * [M8] Whether the versions that are to be kept are there, asked before a root is sent that begins new
 * generations: afterwards the key is gone and nobody can choose again.
 *
 * @param next the root that is to be sent
 * @throws ManageError head-missing; StoreError
 */
export async function requireKept(
  store: ReadStore,
  root: VerifiedRoot,
  next: Root,
  keep: KeptVersions = {},
): Promise<void> {
  for (const [department, kept] of Object.entries(keep)) {
    const gen = ownValue(root.departments, department)?.gen ?? 0
    if ((ownValue(next.departments, department)?.gen ?? 0) > gen) {
      await keptHead(store, root, department, kept)
    }
  }
}

/** @throws ManageError head-missing; StoreError */
async function keptHead(
  store: ReadStore,
  root: VerifiedRoot,
  department: string,
  kept: KeptVersions[string],
  isHeeded?: IsHeeded,
): Promise<VerifiedHead> {
  const { v, hash } = typeof kept === 'number' ? { v: kept, hash: undefined } : kept
  const head = await headAt(store, root, department, v, isHeeded)
  if (typeof head === 'object' && (hash === undefined || hash === head.hash)) return head
  const gen = ownValue(root.departments, department)?.gen
  throw new ManageError(
    'head-missing',
    `${department} has no version ${v} of generation ${gen} that verifies and is the one seen`,
  )
}

/** The roots are walked at most once, and only where a generation has to be begun. */
function createChain(store: ReadStore, root: VerifiedRoot): () => Promise<VerifiedRoot[]> {
  let roots: Promise<VerifiedRoot[]> | undefined
  return () => (roots ??= rootsUpTo(store, root))
}

async function beginOne(input: {
  office: Pick<Office, 'store' | 'rootKeys' | 'now' | 'held'>
  root: VerifiedRoot
  department: string
  kept: KeptVersions[string] | undefined
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
  const held = await office.held?.(department)
  let takenUpTo = 0
  for (let tries = 0; tries < mostTries; tries++) {
    const newest = await newestHead(office.store, root, department)
    // [M10] Where it lies in an earlier generation, that one is looked at before anything of it is signed.
    if (newest || (held && held.gen >= gen)) requireNotBehind(held, department, gen, newest)
    if (newest && kept === undefined) return state(newest, 'unchanged')
    const from = { root, department, gen, kept, held }
    const last = await lastGoodHead(office.store, await chain(), from)
    if (newest) {
      if (last) await refuseOtherBeginning(office.store, root, newest, last.head)
      return state(newest, 'unchanged')
    }
    if (!last) return state(undefined, 'nothing-published')
    const built = await resignHead({
      head: last.head,
      above: last.newestEdition,
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

/**
 * The head to go on from: of the highest generation below that has one, under the last root that named it.
 *
 * [M12] There a key that is gone could sign for ever that a newer app is needed, and the new generation
 * would never begin: only those whom the new root names are heeded in that.
 *
 * @returns also the edition of the newest one there, where that is another
 */
async function lastGoodHead(
  store: ReadStore,
  roots: readonly VerifiedRoot[],
  from: {
    root: VerifiedRoot
    department: string
    gen: number
    kept: KeptVersions[string] | undefined
    held: HeldHead | undefined
  },
): Promise<{ head: VerifiedHead; newestEdition: number } | undefined> {
  const { root, department, gen, kept, held } = from
  const isHeeded: IsHeeded = (signer) => mayPublish(root, department, signer)
  const genOf = (root: VerifiedRoot) => ownValue(root.departments, department)?.gen
  for (let before = gen - 1; before >= 1; before--) {
    const then = roots.findLast((root) => genOf(root) === before)
    if (!then) continue
    const newest = await newestHead(store, then, department, isHeeded)
    requireNotBehind(held, department, before, newest)
    const newestEdition = newest?.edition ?? 0
    if (kept === undefined) {
      if (newest) return { head: newest, newestEdition }
      continue
    }
    const head = await keptHead(store, then, department, kept, isHeeded)
    return { head, newestEdition: Math.max(newestEdition, head.edition) }
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
