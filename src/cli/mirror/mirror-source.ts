import { admitEntry } from '#journal/entry.ts'
import { readClear } from '#journal/read-clear.ts'
import { verifyBeat } from '#release/beat.ts'
import { verifyHead } from '#release/head.ts'
import { LIMITS, beatPath, headFolder, logFolder, parseStorePath, rootPath } from '#store/layout.ts'
import { StoreError } from '#store/store.ts'
import { ownValue } from '#trust/json.ts'
import { verifyFirstRoot, verifyNextRoot } from '#trust/root.ts'
import type { VerifiedHead } from '#release/head.ts'
import type { Store } from '#store/store.ts'
import type { Bytes } from '#trust/bytes.ts'
import type { PublicJwk } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'

/** A store that is to be copied: only what verifies comes out of it. */
export interface MirrorSource {
  store: Store
  organisation: string
  /** Root 1 first. */
  roots: { root: VerifiedRoot; bytes: Bytes }[]
  /** Heads of every generation, oldest first; and paths of what did not verify. */
  heads(department: string): Promise<{ good: SourceHead[]; bad: string[] }>
  /** A beat that confirms one of these heads. */
  beat(department: string, heads: readonly SourceHead[]): Promise<SourceBeat | undefined>
  /** Entries that a member of an epoch of these heads has signed. */
  entries(department: string, heads: readonly SourceHead[]): Promise<SourceEntry[]>
}

export interface SourceHead {
  head: VerifiedHead
  bytes: Bytes
  path: string
}
export interface SourceBeat {
  bytes: Bytes
  time: string
}
export interface SourceEntry {
  path: string
  bytes: Bytes
  epoch: number
}

/**
 * Reads the roots of a store and prepares the rest.
 *
 * @throws TrustError when root 1 is not this organisation's; StoreError
 */
export async function openMirrorSource(store: Store, organisation: string): Promise<MirrorSource> {
  const roots: MirrorSource['roots'] = []
  for (;;) {
    const before = roots.at(-1)?.root
    const bytes = await store.get(rootPath((before?.v ?? 0) + 1), { maxBytes: LIMITS.root })
    if (!bytes) break
    const root = before
      ? await verifyNextRoot(bytes, before).catch(() => undefined)
      : await verifyFirstRoot(bytes, organisation)
    // What does not verify is no root: nobody follows it, and it is not carried on.
    if (!root) break
    roots.push({ root, bytes })
  }
  const known = roots.map(({ root }) => root)
  return {
    store,
    organisation,
    roots,
    heads: (department) => readHeads(store, known, department),
    beat: (department, heads) => readBeat(store, known, department, heads),
    entries: (department, heads) => readEntries(store, organisation, department, heads),
  }
}

async function readHeads(store: Store, roots: readonly VerifiedRoot[], department: string) {
  const good: SourceHead[] = []
  const bad: string[] = []
  for (const path of await store.list(headFolder(department))) {
    const place = parseStorePath(path)
    if (place?.kind !== 'head') {
      bad.push(path)
      continue
    }
    const bytes = await readObject(store, path, LIMITS.head)
    // Of a generation that is over: good under the root of its time.
    const ofGen = roots.filter((root) => ownValue(root.departments, department)?.gen === place.gen)
    const head = bytes && (await verifyUnderAny(bytes, department, ofGen))
    if (head?.v === place.v) good.push({ head, bytes: bytes!, path })
    else bad.push(path)
  }
  return { good, bad }
}

async function verifyUnderAny(
  bytes: Bytes,
  department: string,
  roots: readonly VerifiedRoot[],
): Promise<VerifiedHead | undefined> {
  for (const root of roots.toReversed()) {
    const head = await verifyHead(bytes, { root, department }).catch(() => undefined)
    if (head) return head
  }
  return undefined
}

async function readBeat(
  store: Store,
  roots: readonly VerifiedRoot[],
  department: string,
  heads: readonly SourceHead[],
): Promise<SourceBeat | undefined> {
  const root = roots.at(-1)
  const bytes = await readObject(store, beatPath(department), LIMITS.beat)
  if (!bytes || !root) return undefined
  const beat = await verifyBeat(bytes, { root, department }).catch(() => undefined)
  const isOfOne = heads.some(({ head }) => head.hash === beat?.head)
  return beat && isOfOne ? { bytes, time: beat.time } : undefined
}

async function readEntries(
  store: Store,
  organisation: string,
  department: string,
  heads: readonly SourceHead[],
): Promise<SourceEntry[]> {
  const entries: SourceEntry[] = []
  for (const path of await store.list(logFolder(department))) {
    const place = parseStorePath(path)
    const bytes = place?.kind === 'log' ? await readObject(store, path, LIMITS.log) : undefined
    if (place?.kind !== 'log' || !bytes) continue
    const { epoch } = readClear(bytes)
    for (const memberKey of memberKeysOf(heads, epoch)) {
      const context = { organisation, department, epoch, memberKey }
      const entry = await admitEntry(bytes, context).catch(() => undefined)
      if (entry?.device !== place.device || entry.n !== place.n) continue
      entries.push({ path, bytes, epoch })
      break
    }
  }
  return entries
}

/** Usually one: two where a generation was begun again from before an epoch. */
function memberKeysOf(heads: readonly SourceHead[], epoch: number): PublicJwk[] {
  const keys = heads.filter(({ head }) => head.epoch === epoch).map(({ head }) => head.memberKey)
  return [...new Map(keys.map((key) => [key.x, key])).values()]
}

/** Undefined for what is not there, or cannot be an object. */
async function readObject(
  store: Store,
  path: string,
  maxBytes: number,
): Promise<Bytes | undefined> {
  return store.get(path, { maxBytes }).catch((error: unknown) => {
    if (error instanceof StoreError && ['too-large', 'not-the-store'].includes(error.code)) {
      return undefined
    }
    throw error
  })
}
