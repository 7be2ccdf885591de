import { blobsOf } from '#release/head.ts'
import { blobPath } from '#store/layout.ts'
import type { Store } from '#store/store.ts'
import type { MirrorSource, SourceHead } from './mirror/mirror-source.ts'

export interface PruneOptions {
  /** Versions of each department that stay: those with different content, the newest first. At least 1. */
  keep: number
  /** A version goes only when another took its place so many days ago. */
  olderDays: number
  now: Date
}

/** What would be removed of a department. */
export interface DepartmentToPrune {
  department: string
  heads: SourceHead[]
  /** Paths of entries of the journal in epochs that no head is left of: nobody could check them any more. */
  entries: string[]
  /** The oldest edition that stays. */
  oldestKept: number
}

export interface PrunePlan {
  departments: DepartmentToPrune[]
  /** Departments that are left alone: a head there does not verify here, or a revocation was stopped before its heads. */
  leftAlone: string[]
  /** Paths of blobs that nothing names when those heads are gone. */
  blobs: string[]
}

const dayMs = 24 * 3600_000
/** Blobs arrive before the head that names them: what came in the last day may be on its way. */
const arrivingMs = dayMs

/**
 * [C1] What clearing old versions away would remove. The newest versions stay, and of each department one that another
 * key has signed: if the key that signed the newest ones was stolen, there is something to go back to.
 */
export async function planPrune(source: MirrorSource, options: PruneOptions): Promise<PrunePlan> {
  const { store } = source
  const root = source.roots.at(-1)?.root
  const departments: DepartmentToPrune[] = []
  const leftAlone: string[] = []
  const staying: SourceHead[] = []
  for (const department of Object.keys(root?.departments ?? {})) {
    const { good, bad } = await source.heads(department)
    const isBegun = good.some(({ head }) => head.gen === root?.departments[department]?.gen)
    if (bad.length > 0 || (good.length > 0 && !isBegun)) {
      leftAlone.push(department)
      staying.push(...good)
      continue
    }
    const kept = await headsToKeep(source, department, good, options)
    staying.push(...kept)
    const heads = good.filter((one) => !kept.includes(one))
    if (heads.length === 0) continue
    const epochs = new Set(kept.map(({ head }) => head.epoch))
    const entries = (await source.entries(department, good))
      .filter(({ epoch }) => !epochs.has(epoch))
      .map(({ path }) => path)
    const oldestKept = Math.min(...kept.map(({ head }) => head.edition))
    departments.push({ department, heads, entries, oldestKept })
  }
  const going = departments.flatMap(({ heads }) => heads)
  // What a newer app has signed names blobs that are not known here: then only what is known goes.
  const isAllKnown = leftAlone.length === 0
  const blobs = await unnamedBlobs(store, { staying, going, isAllKnown, now: options.now })
  return { departments, leftAlone, blobs }
}

/**
 * [C2] Removes what a plan names: entries, then heads, the oldest first, then blobs that no head names then. Stopped
 * anywhere, every head that is left has its blobs, and the next run goes on.
 */
export async function prune(
  source: MirrorSource,
  plan: PrunePlan,
  options: PruneOptions,
): Promise<void> {
  const { store } = source
  for (const { entries, heads } of plan.departments) {
    for (const path of [...entries, ...heads.map((one) => one.path)]) await store.remove(path)
  }
  // Looked at anew: somebody may have published meanwhile.
  const staying: SourceHead[] = []
  for (const department of Object.keys(source.roots.at(-1)?.root.departments ?? {})) {
    staying.push(...(await source.heads(department)).good)
  }
  const going = plan.departments.flatMap(({ heads }) => heads)
  const isAllKnown = plan.leftAlone.length === 0
  const { now } = options
  for (const path of await unnamedBlobs(store, { staying, going, isAllKnown, now })) {
    await store.remove(path)
  }
}

async function headsToKeep(
  source: MirrorSource,
  department: string,
  good: readonly SourceHead[],
  { keep, olderDays, now }: PruneOptions,
): Promise<SourceHead[]> {
  const newestFirst = good.toReversed()
  const kept = new Set<SourceHead>()
  const contents = new Set<string>()
  for (const one of newestFirst) {
    // The same content signed again, for another publisher or generation, is no version of its own.
    contents.add(one.head.manifest[0])
    if (contents.size <= keep) kept.add(one)
  }
  const signers = new Set([...kept].map(({ head }) => head.signer))
  const byAnother = newestFirst.find(({ head }) => !signers.has(head.signer))
  if (signers.size === 1 && byAnother) kept.add(byAnother)
  for (const [index, one] of good.entries()) {
    const next = good[index + 1]
    const replacedAt = next && (await source.store.storedAt(next.path))
    // By the store's own clock: what a head says of time decides nothing.
    if (replacedAt !== undefined && now.getTime() - replacedAt < olderDays * dayMs) kept.add(one)
    // A beat must find what it confirms.
    if (await source.beat(department, [one])) kept.add(one)
  }
  return good.filter((one) => kept.has(one))
}

async function unnamedBlobs(
  store: Store,
  input: {
    staying: readonly SourceHead[]
    going: readonly SourceHead[]
    isAllKnown: boolean
    now: Date
  },
): Promise<string[]> {
  const pathsOf = (heads: readonly SourceHead[]) =>
    new Set(heads.flatMap(({ head }) => blobsOf(head).map(({ hash }) => blobPath(hash))))
  const [named, left] = [pathsOf(input.staying), pathsOf(input.going)]
  const found: string[] = []
  for (const path of await store.list('b/')) {
    if (named.has(path)) continue
    const storedAt = left.has(path) ? -Infinity : await store.storedAt(path)
    if (storedAt === undefined || input.now.getTime() - storedAt < arrivingMs) continue
    if (left.has(path) || input.isAllKnown) found.push(path)
  }
  return found
}
