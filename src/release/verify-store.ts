import { sha256, textOf } from '#trust/bytes.ts'
import type { EpochKey } from '#trust/epoch-key.ts'
import { parseGeneral } from '#trust/jws.ts'
import { limits } from '#trust/limits.ts'
import { ownValue } from '#trust/json.ts'
import { mayPublish, verifyFirstRoot, verifyNextRoot, type VerifiedRoot } from '#trust/root.ts'
import { verifyBeat } from './beat.ts'
import { checkBlob } from './check-blob.ts'
import { checkEntry } from './check-entry.ts'
import { blobsOf, isNewer, verifyHead, type Place, type VerifiedHead } from './head.ts'
import { blobPathOf, headPathOf, parsePlace, rootPathOf } from './object-paths.ts'
import { openKeys } from './open-keys.ts'
import { openRelease } from './open-release.ts'

/** The part of a store that checking needs; every store of `store` is one. */
export interface CheckedStore {
  get(path: string, options: { maxBytes: number }): Promise<Uint8Array | undefined>
  list(prefix: string): Promise<string[]>
}

export interface StoreProblem {
  path: string
  /** Code of the error, or `path-unknown`, `root-gap`, `head-missing`, `latest-wrong`, `document-hash`,
   * `unreadable`. */
  code: string
  /** What it means, for developers. */
  text: string
}

export interface StoreReport {
  /** Objects looked at. */
  checked: number
  problems: StoreProblem[]
}

export interface VerifyStoreOptions {
  /** Hash of root 1's payload; left out, root 1 is taken at its word. */
  organisation?: string
  /** With the key of a department its newest release is opened too. */
  epochKeys?: Readonly<Record<string, EpochKey>>
  /** Looks further at an entry of the journal whose place and signatures hold; throws an error with a `code`. */
  verifyEntry?: (path: string, bytes: Uint8Array, roots: readonly VerifiedRoot[]) => Promise<void>
}

type Report = (path: string, work: () => Promise<void>) => Promise<boolean>

/**
 * [R40] Checks every object of a store: every signature, every hash, every reference from head to blob.
 * A changed byte anywhere is found and its object named.
 *
 * @throws what the store throws when it cannot be listed
 */
export async function verifyStore(
  store: CheckedStore,
  options: VerifyStoreOptions = {},
): Promise<StoreReport> {
  const paths = (await store.list('')).toSorted()
  const problems: StoreProblem[] = []
  const report: Report = async (path, work) => {
    try {
      await work()
      return true
    } catch (error) {
      problems.push({ path, code: codeOf(error), text: String((error as Error).message) })
      return false
    }
  }
  const read = async (path: string, maxBytes: number) => {
    const bytes = await store.get(path, { maxBytes })
    if (!bytes) throw problem('blob-missing', `${path} is not there`)
    return bytes
  }
  const roots = await verifyRoots(paths, read, report, options.organisation)
  const sizes = new Map<string, number>()
  for (const path of paths) {
    const hash = /^b\/([0-9a-f]{64})$/.exec(path)?.[1]
    if (!hash) continue
    await report(path, async () => {
      const bytes = await read(path, limits.keys)
      await checkBlob(bytes, { hash, size: bytes.length })
      sizes.set(hash, bytes.length)
    })
  }
  const heads = await verifyHeads(paths, { roots, sizes, read, report })
  for (const path of paths)
    await report(path, () => checkOther(path, { paths, roots, heads, read, options }))
  problems.push(...headless(heads, roots.at(-1)))
  for (const head of newestHeads(heads, roots.at(-1))) {
    // What is missing or altered has been named already.
    if (!blobsOf(head).every(({ hash }) => sizes.has(hash))) continue
    await report(headPathOf(head.department, head.gen, head.v), () =>
      openContent(head, read, options),
    )
  }
  return { checked: paths.length, problems }
}

type Read = (path: string, maxBytes: number) => Promise<Uint8Array>

/** The chain from root 1 on, as far as it holds. */
async function verifyRoots(
  paths: readonly string[],
  read: Read,
  report: Report,
  organisation: string | undefined,
): Promise<VerifiedRoot[]> {
  const roots: VerifiedRoot[] = []
  const versions = paths
    .flatMap((path) => /^root\/([1-9][0-9]*)\.jws$/.exec(path)?.[1] ?? [])
    .map(Number)
  for (const version of versions.toSorted((a, b) => a - b)) {
    await report(rootPathOf(version), async () => {
      const bytes = await read(rootPathOf(version), limits.root)
      const current = roots.at(-1)
      if (version !== roots.length + 1)
        throw problem('root-gap', 'does not follow a root that holds')
      const first = async () =>
        verifyFirstRoot(bytes, organisation ?? (await sha256(parseGeneral(bytes).payload)))
      roots.push(current ? await verifyNextRoot(bytes, current) : await first())
    })
  }
  if (versions.length === 0) {
    await report(rootPathOf(1), () => Promise.reject(problem('root-gap', 'there is no root')))
  }
  return roots
}

async function verifyHeads(
  paths: readonly string[],
  context: {
    roots: readonly VerifiedRoot[]
    sizes: ReadonlyMap<string, number>
    read: Read
    report: Report
  },
): Promise<VerifiedHead[]> {
  const heads: VerifiedHead[] = []
  for (const path of paths) {
    const [, department, text] = /^d\/([^/]+)\/head\/([^/]+)\.jws$/.exec(path) ?? []
    const place = text && parsePlace(text)
    if (!department || !place) continue
    await context.report(path, async () => {
      const bytes = await context.read(path, limits.head)
      const head = await underRootOfItsTime(context.roots, (root) =>
        verifyHead(bytes, { root, department }),
      )
      if (head.gen !== place.gen || head.v !== place.v)
        throw problem('head-place', 'lies in another place')
      heads.push(head)
      for (const { hash, size } of blobsOf(head)) {
        if (!paths.includes(blobPathOf(hash))) {
          throw problem('blob-missing', `names ${blobPathOf(hash)}, which is not there`)
        }
        // One that is altered has been named already, by its own path.
        if ((context.sizes.get(hash) ?? size) !== size) {
          throw problem('blob-size', `says another size of ${blobPathOf(hash)}`)
        }
      }
      if (context.sizes.has(head.keys[0])) {
        await openKeys({ head, blob: (hash) => context.read(blobPathOf(hash), limits.keys) })
      }
    })
  }
  return heads
}

/**
 * [R41] Publishers come and go, and what one has signed stays in the store: each object was good under the root of
 * its time, which is the newest that still says yes. Where none does, what the newest says is told.
 */
async function underRootOfItsTime<T>(
  roots: readonly VerifiedRoot[],
  verify: (root: VerifiedRoot) => Promise<T>,
): Promise<T> {
  const newest = roots.at(-1)
  if (!newest) throw problem('root-gap', 'no root holds, so nothing can be said of it')
  try {
    return await verify(newest)
  } catch (error) {
    for (const root of roots.slice(0, -1).toReversed()) {
      const held = await verify(root).catch(() => undefined)
      if (held) return held
    }
    throw error
  }
}

/** Hints, beats, entries, and what has no business there. */
async function checkOther(
  path: string,
  context: {
    paths: readonly string[]
    roots: readonly VerifiedRoot[]
    heads: readonly VerifiedHead[]
    read: Read
    options: VerifyStoreOptions
  },
): Promise<void> {
  const { paths, roots, heads, read, options } = context
  const newest = roots.at(-1)
  const [, department = '', rest = ''] = /^d\/([^/]+)\/(.+)$/.exec(path) ?? []
  if (/^root\/[1-9][0-9]*\.jws$/.test(path) || /^b\/[0-9a-f]{64}$/.test(path)) return
  if (parsePlace(/^head\/(.+)\.jws$/.exec(rest)?.[1] ?? '')) return
  if (rest === 'latest') {
    const hint = parsePlace(textOf(await read(path, 64)))
    const highest = newestHeads(heads, newest).find((head) => head.department === department)
    // Where the head it points at does not hold, that has been said already.
    if (hint && pointsAtBroken(department, hint, paths, heads)) return
    if (!hint || hint.gen !== highest?.gen || hint.v !== highest.v) {
      throw problem('latest-wrong', 'does not point at the newest head; planb publish mends it')
    }
  } else if (rest === 'beat.jws') {
    const bytes = await read(path, limits.head)
    const beat = await underRootOfItsTime(roots, (root) => verifyBeat(bytes, { root, department }))
    if (!heads.some((head) => head.hash === beat.head))
      throw problem('head-missing', 'confirms no head here')
  } else if (/^log\/[A-Za-z0-9_-]{43}\/[1-9][0-9]*\.jws$/.test(rest)) {
    const [, device = '', n = ''] = rest.replace('.jws', '').split('/')
    const bytes = await read(path, limits.head)
    const organisation = newest?.organisation ?? ''
    await checkEntry(bytes, { organisation, department, device, n: Number(n) }, heads)
    await options.verifyEntry?.(path, bytes, roots)
  } else throw problem('path-unknown', 'is no object of a store')
}

function pointsAtBroken(
  department: string,
  { gen, v }: Place,
  paths: readonly string[],
  heads: readonly VerifiedHead[],
): boolean {
  const isThere = paths.includes(headPathOf(department, gen, v))
  const holds = heads.some((one) => one.department === department && one.gen === gen && one.v === v)
  return isThere && !holds
}

/** [R42] Departments whose new generation has no head yet: a revocation that was not carried through. */
function headless(heads: readonly VerifiedHead[], root: VerifiedRoot | undefined): StoreProblem[] {
  return Object.entries(root?.departments ?? {}).flatMap(([department, { gen }]) => {
    const gens = heads.filter((head) => head.department === department).map((head) => head.gen)
    if (gens.length === 0 || gens.includes(gen)) return []
    const text = `${department} has a head in an earlier generation only: sign the last good one again`
    return [{ path: headPathOf(department, gen, 1), code: 'head-missing', text }]
  })
}

/** The highest head of each department in the generation the root says, by somebody it still names. */
function newestHeads(
  heads: readonly VerifiedHead[],
  root: VerifiedRoot | undefined,
): VerifiedHead[] {
  const newest = new Map<string, VerifiedHead>()
  for (const head of heads) {
    if (ownValue(root?.departments ?? {}, head.department)?.gen !== head.gen) continue
    if (!root || !mayPublish(root, head.department, head.signer)) continue
    const held = newest.get(head.department)
    if (!held || isNewer(head, held)) newest.set(head.department, head)
  }
  return [...newest.values()]
}

async function openContent(
  head: VerifiedHead,
  read: Read,
  options: VerifyStoreOptions,
): Promise<void> {
  const epochKey = ownValue<EpochKey>(options.epochKeys ?? {}, head.department)
  if (!epochKey) return
  const blob = (hash: string) => read(blobPathOf(hash), limits.keys)
  const release = await openRelease({ head, blob, epochKey })
  for (const { kind, id, hash, body } of release.entries) {
    if ((await sha256(new TextEncoder().encode(JSON.stringify(body)))) !== hash) {
      throw problem('document-hash', `${kind}/${id} is not what the manifest names`)
    }
  }
  const [unreadable] = release.unreadable
  if (unreadable)
    throw problem('unreadable', `${unreadable.kind}/${unreadable.id}: ${unreadable.code}`)
}

function problem(code: string, text: string): Error {
  return Object.assign(new Error(text), { code })
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : 'unexpected'
}
