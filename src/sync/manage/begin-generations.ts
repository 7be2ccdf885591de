import type { VerifiedHead } from '#release/head.ts'
import { resignHead } from '#release/resign-head.ts'
import { ownValue } from '#trust/json.ts'
import type { Root } from '#trust/root-schema.ts'
import { mayPublish, type VerifiedRoot } from '#trust/root.ts'
import type { ReadStore } from '#store/store.ts'
import { mostTries, rootSigner } from './change-root.ts'
import { requireNotBehind } from './held-head.ts'
import { ManageError } from './manage-error.ts'
import { createChain, newestBefore, type Chain } from './newest-before.ts'
import { headAt, newestHead, type IsHeeded } from './newest-head.ts'
import type { ManagedDepartment, Office } from './office.ts'
import {
  hasBegun,
  isSaid,
  keepUnsaid,
  requireSaid,
  type KeptVersions,
  type Said,
} from './require-said.ts'

/**
 * [M7] Brings every department to a head of the generation the root names: where there is none, the last
 * good head of the generation before is signed again by a root key. So what was stopped between the root
 * and the heads is finished by whoever comes next, unless nobody has said which version counts ([M13]).
 *
 * @param said which head is the last good one; the newest where it is left out and a key that stays, or that goes
 *   by this, has signed it
 * @throws ManageError keep-unsaid (before anything is sent), root-keys, head-missing, head-behind, head-fork,
 *   gen-fork, lost-race; SendError; StoreError
 */
export async function beginGenerations(
  office: Pick<Office, 'store' | 'rootKeys' | 'now' | 'held'>,
  root: VerifiedRoot,
  departments: readonly string[],
  said: Said = {},
): Promise<ManagedDepartment[]> {
  await requireSaid(office, root, departments, said)
  const chain = createChain(office.store, root)
  const managed: ManagedDepartment[] = []
  for (const department of departments) {
    managed.push(await beginOne({ office, root, department, said, chain }))
  }
  return managed
}

/**
 * [M8] Whether the versions that are to be kept are there, asked before a root is sent that begins new
 * generations: afterwards the key is gone and nobody can choose again.
 *
 * [M13] And whether it is clear what becomes of departments that an earlier one has left without a head.
 *
 * @param next the root that is to be sent
 * @throws ManageError head-missing, keep-unsaid, head-behind, head-fork; StoreError
 */
export async function requireKept(
  office: Pick<Office, 'store' | 'held'>,
  root: VerifiedRoot,
  next: Root,
  said: Said = {},
): Promise<void> {
  await requireSaid(office, root, Object.keys(root.departments), said)
  for (const [department, kept] of Object.entries(said.keep ?? {})) {
    const gen = ownValue(root.departments, department)?.gen ?? 0
    if ((ownValue(next.departments, department)?.gen ?? 0) <= gen) continue
    const begun = (await hasBegun(office, root, department))
      ? undefined
      : await newestBefore(office, root, department, { gone: said.gone })
    await keptHead(office.store, begun?.root ?? root, department, kept)
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

async function beginOne(input: {
  office: Pick<Office, 'store' | 'rootKeys' | 'now' | 'held'>
  root: VerifiedRoot
  department: string
  said: Said
  chain: Chain
}): Promise<ManagedDepartment> {
  const { office, root, department, said, chain } = input
  const kept = ownValue<KeptVersions[string]>(said.keep ?? {}, department)
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
    const last = await lastGoodHead(office, root, department, { kept, gone: said.gone, chain })
    if (newest) {
      if (last) await refuseOtherBeginning(office.store, root, newest, last.head)
      return state(newest, 'unchanged')
    }
    if (!last) return state(undefined, 'nothing-published')
    // Looked at once more where it is signed: a host may show a newer one now than before.
    if (kept === undefined && !isSaid(root, department, last.head.signer, said)) {
      throw keepUnsaid([{ department, gone: last.head.signer }])
    }
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
 * The head to go on from, under the root that named it; also the edition of the newest one there, where that is
 * another.
 *
 * @throws ManageError head-missing, head-behind, head-fork; StoreError
 */
async function lastGoodHead(
  office: Pick<Office, 'store' | 'held'>,
  root: VerifiedRoot,
  department: string,
  from: { kept: KeptVersions[string] | undefined; gone: Said['gone']; chain: Chain },
): Promise<{ head: VerifiedHead; newestEdition: number } | undefined> {
  const { kept } = from
  const newest = await newestBefore(office, root, department, from)
  if (!newest) {
    if (kept === undefined || (ownValue(root.departments, department)?.gen ?? 1) <= 1)
      return undefined
    throw new ManageError('head-missing', `${department} has no version that could be kept`)
  }
  const newestEdition = newest.head.edition
  if (kept === undefined) return { head: newest.head, newestEdition }
  const isHeeded: IsHeeded = (signer) => mayPublish(root, department, signer)
  const head = await keptHead(office.store, newest.root, department, kept, isHeeded)
  return { head, newestEdition: Math.max(newestEdition, head.edition) }
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
