import { openRelease, type VerifiedRelease } from '#release/open-release.ts'
import { isNewer, type VerifiedHead } from '#release/head.ts'
import { ReleaseError } from '#release/release-error.ts'
import { importEpochKey, type EpochKey } from '#trust/epoch-key.ts'
import { ownValue } from '#trust/json.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import type { ReadStore } from '#store/store.ts'
import { createBlobSource, epochKeyOf, type OpenOptions } from './create-open.ts'
import { followStoreRoot, rootsUpTo } from './follow-store-root.ts'
import { headAt, newestHead } from './newest-head.ts'

/** What old versions are read with: keys as for the newest, and those of epochs that are over. */
export interface VersionReader extends OpenOptions {
  /** The newest root this holder knows. */
  root: VerifiedRoot
  /** Keys of an epoch that are held here; they need not be such that can be handed on. */
  heldKeys?: (department: string, epoch: number) => Promise<readonly EpochKey[]>
}

export type OpenedVersion =
  | { outcome: 'opened'; release: VerifiedRelease }
  /** Its objects are no longer in the store: somebody has cleared old versions away. */
  | { outcome: 'gone' }
  /** It is there, and nobody here holds the key of its epoch. */
  | { outcome: 'no-key'; epoch: number }

/** How far below the one that follows it a version is looked for: what does not verify is stepped over. */
const mostBelow = 64
/** Heads asked for ahead of need: one after another each would be a wait of its own. */
const ahead = 8

/**
 * [M50] Opens an old version from the store: what was in force at a number, which is the version of that number or the
 * next one below it. It is reached from the newest, each head naming the one before by its hash: what somebody whose
 * key has gone signs today under an old number is no old version.
 *
 * @throws ManageError root-behind, root-fork; ReleaseError, TrustError for what is there and does not hold; StoreError
 */
export async function openVersion(
  reader: VersionReader,
  department: string,
  place: { gen: number; v: number },
): Promise<OpenedVersion> {
  const head = await headInForce(reader, department, place)
  if (!head) return { outcome: 'gone' }
  const blob = createBlobSource(reader)
  try {
    const keys = [...((await reader.heldKeys?.(department, head.epoch)) ?? [])]
    // The list of keys may be gone, or none of them fit, where one that is held does.
    const bytes = keys.length > 0 ? undefined : await epochKeyOf(reader, head)
    if (bytes) keys.push(await importEpochKey(bytes, { extractable: false }))
    if (keys.length === 0) return { outcome: 'no-key', epoch: head.epoch }
    return { outcome: 'opened', release: await openWithAny(head, blob, keys) }
  } catch (error) {
    if (error instanceof ReleaseError && error.code === 'blob-missing') return { outcome: 'gone' }
    throw error
  }
}

async function headInForce(
  { store, root: held }: VersionReader,
  department: string,
  place: { gen: number; v: number },
): Promise<VerifiedHead | undefined> {
  const root = await followStoreRoot(store, held)
  const rootOf = createRootsByGen(store, root, department)
  const look = createHeadsAhead(store, department)
  let head = await newestHead(store, root, department)
  while (head && isNewer(head, place)) head = await before(head)
  return head?.gen === place.gen ? head : undefined

  async function before({ gen, v, prev = [] }: VerifiedHead): Promise<VerifiedHead | undefined> {
    const hashes = [prev].flat()
    for (let at = gen; at >= 1; at--) {
      const then = await rootOf(at)
      if (!then) continue
      const newest = at === gen ? v - 1 : ((await newestHead(store, then, department))?.v ?? 0)
      for (let below = newest; below >= 1 && below > newest - mostBelow; below--) {
        const found = await look(then, below)
        if (found === 'none') break
        if (found !== 'bad' && hashes.includes(found.hash)) return found
      }
    }
    return undefined
  }
}

/** The last root under which each generation of a department counted. */
function createRootsByGen(store: ReadStore, root: VerifiedRoot, department: string) {
  const genOf = (one: VerifiedRoot) => ownValue(one.departments, department)?.gen
  let chain: Promise<VerifiedRoot[]> | undefined
  return async (gen: number): Promise<VerifiedRoot | undefined> => {
    if (genOf(root) === gen) return root
    return (await (chain ??= rootsUpTo(store, root))).findLast((one) => genOf(one) === gen)
  }
}

/** Heads by number, each asked for once, and those below it with it. */
function createHeadsAhead(store: ReadStore, department: string) {
  const askedByPlace = new Map<string, ReturnType<typeof headAt>>()
  return (root: VerifiedRoot, v: number) => {
    const gen = ownValue(root.departments, department)?.gen
    for (let below = v; below >= 1 && below > v - ahead; below--) {
      const place = `${gen}-${below}`
      if (askedByPlace.has(place)) continue
      const asked = headAt(store, root, department, below)
      // It is awaited later, or not at all.
      asked.catch(() => undefined)
      askedByPlace.set(place, asked)
    }
    return askedByPlace.get(`${gen}-${v}`)!
  }
}

/** A false link may have left a key that opens nothing ([S13]): each is tried. */
async function openWithAny(
  head: VerifiedHead,
  blob: (hash: string) => Promise<Uint8Array | undefined>,
  keys: readonly EpochKey[],
): Promise<VerifiedRelease> {
  let problem: unknown
  for (const epochKey of keys) {
    try {
      return await openRelease({ head, blob, epochKey })
    } catch (error) {
      problem = error
      if (error instanceof ReleaseError && error.code === 'blob-missing') break
    }
  }
  throw problem
}
