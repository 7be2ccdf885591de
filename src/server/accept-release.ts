import { createHash } from 'node:crypto'
import { blobsOf, compareRoot, verifyHead } from '#release/head.ts'
import { LIMITS, blobPath, headPath, latestPath, versionName } from '#store/layout.ts'
import { StoreError } from '#store/store.ts'
import { currentHead } from './current-head.ts'
import { ServerError } from './server-error.ts'
import type { ReleaseParts } from './read-release-parts.ts'
import type { VerifiedHead } from '#release/head.ts'
import type { Store } from '#store/store.ts'
import type { VerifiedRoot } from '#trust/root.ts'

/** `current` is empty where what has the number does not verify and nothing else stands: take a higher one. */
export type AcceptOutcome =
  | { outcome: 'stored'; gen: number; v: number }
  | { outcome: 'taken'; current: Uint8Array<ArrayBuffer> }

/**
 * Takes a release into the store when all of it holds (TRUST, "Accepted by server and client alike"):
 * the head's signer is named by the root, gen equals the root's, v is above the stored one, and every
 * blob the head names is sent now or stored already, with the right size and hash. Blobs are stored
 * first and the head last: until then nobody can see any of it.
 *
 * Must not run twice at the same time in one process: the caller queues.
 *
 * @throws TrustError when the head does not verify; ServerError 404, 422; StoreError
 */
export async function acceptRelease(
  store: Store,
  {
    root,
    department,
    parts,
    beforeStoring,
  }: {
    root: VerifiedRoot
    department: string
    parts: ReleaseParts
    /** Called when all of it holds; what it throws refuses the release. */
    beforeStoring: (release: { head: VerifiedHead; newBlobBytes: number }) => void | Promise<void>
  },
): Promise<AcceptOutcome> {
  if (!Object.hasOwn(root.departments, department)) {
    throw new ServerError('department-unknown', 404, 'the root names no such department')
  }
  const head = await verifyHead(parts.head, { root, department })
  const standing = compareRoot(head, root)
  if (standing === 'newer') {
    throw new ServerError('root-newer', 422, `the head names root ${head.root.v}: send that first`)
  }
  if (standing === 'fork') throw new ServerError('root-other', 422, 'the head names another root')
  const current = await currentHead(store, root, department)
  if (current && head.v <= current.v) return { outcome: 'taken', current: current.bytes }
  const toStore = await blobsToStore(store, head, parts)
  const newBlobBytes = toStore.reduce((sum, [, bytes]) => sum + bytes.length, 0)
  await beforeStoring({ head, newBlobBytes })

  const path = headPath(department, head.gen, head.v)
  const stored: string[] = []
  try {
    for (const [hash, bytes] of toStore) {
      if ((await store.putIfAbsent(blobPath(hash), bytes)) === 'stored') stored.push(hash)
    }
    if ((await store.putIfAbsent(path, parts.head)) === 'exists') {
      // Another process of this store was quicker, or something that does not verify has this number.
      await removeBlobs(store, stored)
      const other = await currentHead(store, root, department)
      return { outcome: 'taken', current: other?.bytes ?? new Uint8Array(0) }
    }
  } catch (error) {
    await removeBlobs(store, stored)
    throw error
  }
  // A hint only: readers look for the next number themselves.
  await store
    .replace(latestPath(department), new TextEncoder().encode(versionName(head.gen, head.v)))
    .catch(() => undefined)
  return { outcome: 'stored', gen: head.gen, v: head.v }
}

/** The sent blobs that the store lacks or holds damaged; refuses when one is missing or too many were sent. */
async function blobsToStore(
  store: Store,
  head: VerifiedHead,
  { bytesByHash }: ReleaseParts,
): Promise<[string, Uint8Array<ArrayBuffer>][]> {
  const sizeByHash = new Map(blobsOf(head).map(({ hash, size }) => [hash, size]))
  for (const hash of bytesByHash.keys()) {
    if (!sizeByHash.has(hash)) {
      throw new ServerError('blob-unnamed', 422, 'a blob was sent that the head does not name')
    }
  }
  const toStore: [string, Uint8Array<ArrayBuffer>][] = []
  for (const [hash, size] of sizeByHash) {
    const sent = bytesByHash.get(hash)
    if (sent && sent.length !== size) {
      throw new ServerError('blob-size', 422, 'a blob has another size than the head says')
    }
    const held = await storedBlob(store, hash)
    if (held && held.length === size) continue
    if (!sent)
      throw new ServerError('blob-missing', 422, `a blob that the head names is missing: ${hash}`)
    toStore.push([hash, sent])
  }
  return toStore
}

/** A blob of the store that has the hash it is named by; a damaged one is removed, so that a good one can take its place. */
async function storedBlob(store: Store, hash: string): Promise<Uint8Array | undefined> {
  const path = blobPath(hash)
  const bytes = await store.get(path, { maxBytes: LIMITS.blob }).catch((error: unknown) => {
    if (error instanceof StoreError && error.code === 'too-large') return new Uint8Array(0)
    throw error
  })
  if (!bytes || createHash('sha256').update(bytes).digest('hex') === hash) return bytes
  await store.remove(path)
  return undefined
}

async function removeBlobs(store: Store, hashes: string[]): Promise<void> {
  for (const hash of hashes) await store.remove(blobPath(hash)).catch(() => undefined)
}
