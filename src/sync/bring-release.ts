import { sha256 } from '#trust/bytes.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { blobsOf, isNewer, type Place } from '#release/head.ts'
import { blobPath } from '#store/layout.ts'
import { codeOf, type AskedStore } from './ask-stores.ts'
import { firstOf } from './first-of.ts'
import { askHead, type FoundHead } from './find-heads.ts'
import type { DepartmentOutcome, SyncProgress } from './progress.ts'
import type { Round } from './round.ts'
import type { BlobName } from './sync-device.ts'

/** The floor of what all share, once the other departments are done; undefined: not a member of it. */
export type SharedFloor = () => Promise<Place | undefined>

export type Brought = Pick<DepartmentOutcome, 'result' | 'code'>

/** A bad store could offer heads without end; each costs the phone. */
const maxCandidates = 6
const blobsAtOnce = 6
const hopeless = new Set(['full', 'read-only', 'no-answer', 'blocked', 'unreachable', 'timeout'])

/**
 * [S12] Brings the highest head whose blobs all arrive, from whichever stores have them. Heads are
 * tried from the highest down; below what was found, some lower ones are asked for too.
 *
 * @param shared for what all share: its key and floor come with another department, so its blobs are
 *   brought meanwhile, and `shared` gives its floor once the others are done (undefined: not a member)
 */
export async function bringRelease(
  round: Round,
  department: string,
  root: VerifiedRoot,
  found: FoundHead[],
  held: number,
  shared: SharedFloor | undefined,
): Promise<Brought> {
  const report = createReporter(round, department)
  const queue = mergeHeads(found)
  const tried = new Set(queue.map(({ head }) => head.v))
  let failure: Brought = { result: 'failed', code: 'missing-blob' }
  for (let count = 0; count < maxCandidates; count++) {
    const candidate = queue.shift() ?? (await lowerHead(round, department, root, tried, held))
    if (!candidate) break
    tried.add(candidate.head.v)
    const brought = await bringOne(round, candidate, root, shared, report)
    // A full disk, a missing key or a dead network is the same for every other head.
    if (brought.result !== 'failed' || hopeless.has(brought.code ?? '')) {
      report(brought.result === 'failed' ? 'failed' : 'done', brought.code)
      return brought
    }
    failure = brought
  }
  report('failed', failure.code)
  return failure
}

async function bringOne(
  round: Round,
  candidate: FoundHead,
  root: VerifiedRoot,
  shared: SharedFloor | undefined,
  report: Reporter,
): Promise<Brought> {
  const { device, organisation } = round
  const { head, bytes } = candidate
  try {
    const lacking = shared ? undefined : await lacksKey(round, candidate, report)
    if (lacking) return lacking
    // The keys object is for those who join an epoch; it may be larger than all the rest.
    const needed = blobsOf(head).filter(({ kind }) => kind !== 'keys')
    const problem = await bringBlobs(round, candidate, needed, report)
    if (problem !== undefined) return { result: 'failed', code: problem }
    if (shared) {
      const floor = await shared()
      if (!floor) return { result: 'waiting' }
      if (isNewer(floor, head)) return { result: 'failed', code: 'below-floor' }
      const lackingShared = await lacksKey(round, candidate, report)
      if (lackingShared) return lackingShared
    }
    report('checking')
    report('storing')
    const release = { head: bytes, verified: head, root }
    const store = () => device.storeSnapshot(organisation.id, release)
    const stored = await store().catch(async (error: unknown) => {
      if (codeOf(error) !== 'seal-refused') throw error
      // [S13] The key held is none of this epoch's: a false link can have brought it.
      const problem = await bringBlobs(round, candidate, keysOf(head), report)
      if (problem !== undefined || !(await device.holdsKey(organisation.id, head, 'own')))
        throw error
      return store()
    })
    return { result: stored === 'stored' ? 'updated' : 'current' }
  } catch (error) {
    round.signal.throwIfAborted()
    const code = codeOf(error)
    if (hopeless.has(code)) return { result: 'failed', code }
    const [store] = candidate.stores
    const detail = `${head.gen}-${head.v} ${code}`
    round.note('cannot-open', { department: head.department, detail, ...(store && { store }) })
    return { result: 'failed', code }
  }
}

/**
 * [S13] The epoch's key, or this device's wrap of it in the keys object. Gives undefined when it is held. Only
 * a keys object that arrived and holds no wrap for this device says that it needs a new code.
 */
async function lacksKey(
  round: Round,
  candidate: FoundHead,
  report: Reporter,
): Promise<Brought | undefined> {
  const { device, organisation } = round
  const { head } = candidate
  if (await device.holdsKey(organisation.id, head)) return undefined
  const problem = await bringBlobs(round, candidate, keysOf(head), report)
  if (problem !== undefined) return { result: 'failed', code: problem }
  if (await device.holdsKey(organisation.id, head)) return undefined
  return { result: 'needs-new-code' }
}

function keysOf(head: FoundHead['head']): BlobName[] {
  return blobsOf(head).filter(({ kind }) => kind === 'keys')
}

/**
 * [S10] Only what is missing is asked for; [S11] what does not have the size and the hash that the head
 * names is never stored; each is stored as it arrives, so that an interruption loses nothing.
 * Gives undefined when all are here, else why not.
 */
async function bringBlobs(
  round: Round,
  { head, stores }: FoundHead,
  needed: readonly BlobName[],
  report: Reporter,
): Promise<string | undefined> {
  const { device, organisation } = round
  const missing = await device.missingBlobs(organisation.id, needed)
  report.begin(missing)
  const others = round.stores.filter((store) => !stores.includes(store))
  const queue = [...missing]
  let problem: string | undefined
  const work = async () => {
    for (let blob = queue.shift(); blob && problem === undefined; blob = queue.shift()) {
      const brought = await bringBlob(round, head.department, blob, [...stores, ...others])
      if ('code' in brought) {
        problem = brought.code
        return
      }
      try {
        await device.stageBlob(organisation.id, head.department, blob.hash, brought.bytes)
      } catch (error) {
        // The others at work stop too.
        problem = codeOf(error)
        throw error
      }
      report.arrived(blob)
    }
  }
  await Promise.all(Array.from({ length: blobsAtOnce }, work))
  return problem
}

async function bringBlob(
  round: Round,
  department: string,
  { hash, size }: BlobName,
  stores: readonly AskedStore[],
): Promise<{ bytes: Uint8Array } | { code: string }> {
  const path = blobPath(hash)
  let unanswered: string | undefined
  const stop = new AbortController()
  const end = () => stop.abort(round.signal.reason)
  round.signal.addEventListener('abort', end)
  const ask = async (store: AskedStore) => {
    try {
      const bytes = await store.store.get(path, { maxBytes: size, signal: stop.signal })
      if (!bytes) return undefined
      if (bytes.length === size && (await sha256(bytes)) === hash) return bytes
      round.note('bad-blob', { store, department, detail: path })
    } catch (error) {
      // Another store was quicker, or sync was stopped.
      if (stop.signal.aborted) return undefined
      const code = codeOf(error)
      if (code === 'too-large') round.note('bad-blob', { store, department, detail: path })
      else {
        unanswered ??= code
        round.failures.add(store, error)
      }
      if (code === 'not-the-store') round.note('not-the-store', { store, department })
    }
    return undefined
  }
  try {
    const bytes = await firstOf(stores, ask)
    round.signal.throwIfAborted()
    if (bytes) return { bytes }
  } finally {
    round.signal.removeEventListener('abort', end)
    stop.abort()
  }
  // A store that did not answer may well have it.
  if (unanswered !== undefined) return { code: unanswered }
  round.note('missing-blob', { department, detail: path })
  return { code: 'missing-blob' }
}

/** One candidate a payload, with every store that has it; highest first. */
function mergeHeads(found: readonly FoundHead[]): FoundHead[] {
  const byHash = new Map<string, FoundHead>()
  for (const one of found) {
    const held = byHash.get(one.head.hash)
    if (held) held.stores.push(...one.stores)
    else byHash.set(one.head.hash, { ...one, stores: [...one.stores] })
  }
  return [...byHash.values()].sort((a, b) => b.head.v - a.head.v)
}

/** The next lower head that any store has and that has not been tried. */
async function lowerHead(
  round: Round,
  department: string,
  root: VerifiedRoot,
  tried: Set<number>,
  held: number,
): Promise<FoundHead | undefined> {
  for (let v = Math.min(...tried) - 1; v > held; v--) {
    const asked = await Promise.all(
      round.stores.map((store) =>
        askHead(round, store, root, department, v).catch(() => 'none' as const),
      ),
    )
    const found = asked.filter((one) => one !== 'none' && 'head' in one)
    if (found.length) return mergeHeads(found)[0]
    tried.add(v)
    if (tried.size > 2 * maxCandidates) return undefined
  }
  return undefined
}

interface Reporter {
  (phase: SyncProgress['phase'], code?: string): void
  begin(missing: readonly BlobName[]): void
  arrived(blob: BlobName): void
}

function createReporter(round: Round, department: string): Reporter {
  const objects = { done: 0, total: 0 }
  const bytes = { done: 0, total: 0 }
  const report = (phase: SyncProgress['phase'], code?: string) => {
    const progress = { department, phase, objects: { ...objects }, bytes: { ...bytes } }
    round.report(code === undefined ? progress : { ...progress, code })
  }
  return Object.assign(report, {
    begin: (missing: readonly BlobName[]) => {
      objects.total = objects.done + missing.length
      bytes.total = bytes.done + missing.reduce((sum, { size }) => sum + size, 0)
      if (missing.length) report('fetching')
    },
    arrived: ({ size }: BlobName) => {
      objects.done += 1
      bytes.done += size
      report('fetching')
    },
  })
}
