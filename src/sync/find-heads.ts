import type { VerifiedRoot } from '#trust/root.ts'
import { compareRoot, verifyHead, type VerifiedHead } from '#release/head.ts'
import { headPath, latestPath, LIMITS, MAX_VERSION, parseVersionName } from '#store/layout.ts'
import { codeOf, type AskedStore } from './ask-stores.ts'
import type { Round } from './round.ts'
import type { SyncDepartment } from './sync-device.ts'

/** A head that verified, where it came from, and its bytes as they came. */
export interface FoundHead {
  head: VerifiedHead
  bytes: Uint8Array
  stores: AskedStore[]
}

export type Latest =
  'unchanged' | { hint: { gen: number; v: number } | undefined; etag: string | undefined }

/** What one store has of a department. */
export interface Look {
  store: AskedStore
  /** Heads above the one held, highest first. */
  heads: FoundHead[]
  /** Whether the store answered as a store of this department does. */
  isProof: boolean
  etag: string | undefined
}

/** Heads walked over in one round; the next goes on from what this one stored. */
const maxProbes = 256
/** Asked for at once while walking. */
const probesAtOnce = 4
/** What does not verify costs the phone too: a walk over it ends here. A true head has some kilobytes. */
const maxBadBytes = 1024 * 1024

/**
 * [S6] The hint: asked with the ETag of the last one after which nothing was left to do; without it, where
 * what was held then is gone by now.
 */
export async function askLatest(
  round: Round,
  store: AskedStore,
  department: string,
): Promise<Latest> {
  const settled = store.settledByDepartment.get(department)
  const one = round.organisation.departments.find((each) => each.department === department)
  const etag = settled?.isHeld && !one?.current ? undefined : settled?.etag
  const wanted = {
    maxBytes: LIMITS.latest,
    signal: round.signal,
    ...(etag !== undefined && !round.isFull && { etag }),
  }
  const asked = store.store.getIfChanged(latestPath(department), wanted)
  const answer = await asked.catch((error: unknown) => {
    if (codeOf(error) !== 'too-large') throw error
    // As false as one that is no version: the release is found without it.
    round.note('bad-hint', { store, department, detail: 'too-large' })
    return undefined
  })
  if (answer === 'unchanged') return 'unchanged'
  if (!answer) return { hint: undefined, etag: undefined }
  const hint = parseVersionName(new TextDecoder().decode(answer.bytes))
  if (!hint) round.note('bad-hint', { store, department })
  return { hint, etag: answer.etag }
}

/**
 * [S7] Heads of a department above the one held. The hint says where to begin; since anybody who can
 * write to a mirror can write a hint, heads are probed for upward from there, and from what is held
 * where the hint leads nowhere. [S8] What does not verify is stepped over.
 */
export async function findHeads(
  round: Round,
  store: AskedStore,
  root: VerifiedRoot,
  wanted: SyncDepartment,
  latest: Exclude<Latest, 'unchanged'>,
): Promise<Look> {
  const { department, current } = wanted
  const gen = root.departments[department]?.gen ?? 1
  const held = heldVersion(wanted, gen)
  const { hint } = latest
  // [S16] The invitation has seen a later generation than this root knows: what the root's has is older.
  if (!current && wanted.floor.gen > gen) {
    round.note('withheld-root', { store, department })
    return { store, heads: [], isProof: false, etag: undefined }
  }
  let isProof = hint?.gen === gen
  if (hint && hint.gen > gen) round.note('withheld-root', { store, department })
  if (hint && hint.gen < gen) round.note('old-gen', { store, department })
  if (hint && current?.gen === gen && hint.gen === gen && hint.v < current.v) {
    round.note('rollback', { store, department, detail: `${hint.gen}-${hint.v}` })
  }

  const heads: FoundHead[] = []
  let badBytes = 0
  const askedByVersion = new Map<number, ReturnType<typeof askHead>>()
  const ask = (v: number) => {
    const held = askedByVersion.get(v)
    if (held) return held
    const asked = askHead(round, store, root, department, v)
    // It is awaited later, or not at all when another one fails before it.
    asked.catch(() => undefined)
    askedByVersion.set(v, asked)
    return asked
  }
  const take = async (v: number): Promise<'good' | 'bad' | 'none'> => {
    const asked = await ask(v)
    if (asked === 'none') return 'none'
    if ('badBytes' in asked) {
      badBytes += asked.badBytes
      return 'bad'
    }
    heads.push(asked)
    return 'good'
  }
  const hinted = hint?.gen === gen && hint.v > held ? hint.v : undefined
  // All that is asked for in the usual case goes out at once: each wait would be a round trip of its own.
  const isOwnAsked = round.isFull && current?.gen === gen
  if (hinted !== undefined) for (const v of [hinted, hinted + 1]) void ask(v)
  if (isOwnAsked) void ask(current.v)
  const isHintGood = hinted !== undefined && (await take(hinted)) === 'good'
  if (hinted !== undefined && !isHintGood && !round.seen.isNewerFormat) {
    round.note('bad-hint', { store, department, detail: `${gen}-${hinted}` })
  }
  let v = isHintGood ? hinted + 1 : held + 1
  const end = Math.min(MAX_VERSION, v + maxProbes)
  // One after a hint that holds is nearly always one too many; without one, there may be many to walk.
  const isHintUseful = isHintGood || (hint?.gen === gen && hint.v === held)
  const step = isHintUseful ? 1 : probesAtOnce
  for (; v <= end; v += step) {
    const batch = Array.from({ length: step }, (_, index) => v + index)
    const taken = await Promise.all(batch.map(take))
    if (taken.includes('none') || badBytes > maxBadBytes) break
  }
  if (isOwnAsked) {
    const own = await ask(current.v)
    if (typeof own === 'object' && 'head' in own) {
      isProof = true
      if (own.head.hash !== current.headHash) round.note('fork', { store, department })
    }
  }
  heads.sort((a, b) => b.head.v - a.head.v)
  // [S2] What a hint promised and is not there yet, or is false, may be right the next time.
  const isOpen = hinted !== undefined && !isHintGood
  return {
    store,
    heads,
    isProof: isProof || heads.length > 0,
    etag: isOpen ? undefined : latest.etag,
  }
}

/**
 * A lower head than those found, for when their blobs cannot be had ([S12]).
 * @throws StoreError
 */
export async function askHead(
  round: Round,
  store: AskedStore,
  root: VerifiedRoot,
  department: string,
  v: number,
): Promise<FoundHead | 'none' | BadHead> {
  const gen = root.departments[department]?.gen ?? 1
  if (v < 1 || v > MAX_VERSION) return 'none'
  const path = headPath(department, gen, v)
  const bad = (error: unknown, badBytes: number): BadHead => {
    round.note('bad-head', { store, department, detail: `${path} ${codeOf(error)}` })
    return { badBytes }
  }
  let bytes: Uint8Array | undefined
  try {
    bytes = await store.store.get(path, { maxBytes: LIMITS.head, signal: round.signal })
  } catch (error) {
    // [S8] Stepped over like any other that is none.
    if (codeOf(error) === 'too-large') return bad(error, LIMITS.head)
    throw error
  }
  if (!bytes) return 'none'
  try {
    const head = await verifyHead(bytes, { root, department })
    // [S9] The path is the store's word, the head the publisher's.
    if (head.gen !== gen || head.v !== v) throw new MisplacedHeadError()
    noteRoot(round, store, root, head)
    return { head, bytes, stores: [store] }
  } catch (error) {
    if (codeOf(error) !== 'format-newer') return bad(error, bytes.length)
    // [S40] Only a publisher can say so: that is no attack.
    round.seen.isNewerFormat = true
    return { badBytes: 0 }
  }
}

/** Something that is no head lies at its number. */
export interface BadHead {
  badBytes: number
}

/** The version nothing lower is taken than: what is shown, else the invitation's floor. */
export function heldVersion({ current, floor }: SyncDepartment, gen: number): number {
  if (current) return current.gen === gen ? current.v : 0
  return floor.gen === gen ? Math.max(0, floor.v - 1) : 0
}

function noteRoot(round: Round, store: AskedStore, root: VerifiedRoot, head: VerifiedHead): void {
  const { department } = head
  const standing = compareRoot(head, root)
  if (standing === 'newer') round.seen.namedRoots.push({ v: head.root.v, store, department })
  if (standing === 'fork') round.note('fork', { store, department, detail: `root ${root.v}` })
}

class MisplacedHeadError extends Error {
  readonly code = 'head-misplaced'
}
