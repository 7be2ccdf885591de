import { blobsOf, isNewer } from '#release/head.ts'
import {
  LIMITS,
  beatPath,
  blobPath,
  latestPath,
  logFolder,
  parseStorePath,
  parseVersionName,
  rootPath,
  versionName,
} from '#store/layout.ts'
import { sameBytes, sha256 } from '#trust/bytes.ts'
import { parseGeneral } from '#trust/jws.ts'
import { verifyBeat } from '#release/beat.ts'
import { MirrorRefused } from './mirror-report.ts'
import type { MirrorRun } from './mirror-report.ts'
import type { MirrorSource, SourceHead } from './mirror-source.ts'
import type { Store } from '#store/store.ts'

/**
 * Copies a store into a folder that any web host can serve. Roots first, then for each department blobs before
 * the heads that name them, oldest first, and the hint last: whoever reads the copy at any moment, or after
 * the process was killed, finds only heads whose blobs are there. What is there already is not copied again.
 *
 * @throws MirrorRefused for a target that holds something else; StoreError
 */
export async function mirrorToDirectory(
  source: MirrorSource,
  target: Store,
  run: MirrorRun,
): Promise<void> {
  await checkTarget(source, target)
  for (const { root, bytes } of source.roots) {
    run.checkStopped()
    if ((await target.putIfAbsent(rootPath(root.v), bytes)) === 'stored') run.report.roots++
  }
  const held = new Set(await target.list('b/'))
  const heads = new Set((await target.list('d/')).filter((path) => path.includes('/head/')))
  const departments = Object.keys(source.roots.at(-1)?.root.departments ?? {})
  for (const department of departments) {
    const { good, bad } = await source.heads(department)
    for (const path of bad) run.report.problems.push(`${path} does not verify and was left out`)
    const copied: SourceHead[] = []
    for (const [index, head] of good.entries()) {
      run.checkStopped()
      run.progress(department, index, good.length)
      // A head that is there was put there after its blobs.
      if (heads.has(head.path) || (await copyHead(source, target, head, held, run))) {
        copied.push(head)
      }
    }
    await pointLatest(target, department, source, copied)
    await copyBeat(source, target, department, copied)
    await copyEntries(source, target, department, copied, run)
  }
}

/** Another organisation's store, a folder of something else, or one that is ahead of us is left alone. */
async function checkTarget(source: MirrorSource, target: Store): Promise<void> {
  const paths = await target.list('')
  if (paths.length === 0) return
  const first = await target.get(rootPath(1), { maxBytes: LIMITS.root })
  const hash = first && (await hashOf(first))
  if (hash !== source.organisation) {
    throw new MirrorRefused(
      hash === undefined
        ? 'the target is not empty, and no store'
        : `the target holds another organisation (${hash})`,
      'Name an empty folder, one that is not there, or a mirror of this organisation.',
    )
  }
  for (const { root, bytes } of source.roots) {
    const there = await target.get(rootPath(root.v), { maxBytes: LIMITS.root })
    if (there && !sameBytes(there, bytes) && (await hashOf(there)) !== root.hash) {
      throw new MirrorRefused(
        `the target has another root ${root.v}`,
        'One of the two was not signed by whom you think: compare planb status here and planb verify there.',
      )
    }
  }
  const newest = source.roots.at(-1)?.root.v ?? 0
  if (paths.some((path) => numberOfRoot(path) > newest)) {
    throw new MirrorRefused(
      'the target has newer roots than this store',
      'This store is behind: mirror in the other direction, or bring it back from a backup.',
    )
  }
}

function numberOfRoot(path: string): number {
  const parsed = parseStorePath(path)
  return parsed?.kind === 'root' ? parsed.n : 0
}

/** @returns false when a blob is missing or damaged here: then the head is not copied */
async function copyHead(
  source: MirrorSource,
  target: Store,
  { head, bytes, path }: SourceHead,
  held: Set<string>,
  run: MirrorRun,
): Promise<boolean> {
  for (const { hash, size } of blobsOf(head)) {
    if (held.has(blobPath(hash))) continue
    run.checkStopped()
    const blob = await source.store.get(blobPath(hash), { maxBytes: LIMITS.blob })
    if (!blob || blob.length !== size || (await sha256(blob)) !== hash) {
      run.report.problems.push(`${path} was left out: ${blobPath(hash)} is missing or damaged`)
      return false
    }
    await target.putIfAbsent(blobPath(hash), blob)
    held.add(blobPath(hash))
    run.report.blobs++
    run.report.bytes += blob.length
  }
  if ((await target.putIfAbsent(path, bytes)) === 'stored') {
    run.report.heads++
    run.report.bytes += bytes.length
  }
  return true
}

/** The hint goes up to the newest head of the root's generation that was copied. */
async function pointLatest(
  target: Store,
  department: string,
  source: MirrorSource,
  copied: readonly SourceHead[],
): Promise<void> {
  const gen = source.roots.at(-1)?.root.departments[department]?.gen
  const newest = copied.findLast(({ head }) => head.gen === gen)?.head
  if (!newest) return
  const bytes = await target.get(latestPath(department), { maxBytes: LIMITS.latest })
  const hint = bytes && parseVersionName(new TextDecoder().decode(bytes))
  if (hint && !isNewer(newest, hint)) return
  const text = versionName(newest.gen, newest.v)
  await target.replace(latestPath(department), new TextEncoder().encode(text))
}

async function copyBeat(
  source: MirrorSource,
  target: Store,
  department: string,
  copied: readonly SourceHead[],
): Promise<void> {
  const beat = await source.beat(department, copied)
  const root = source.roots.at(-1)?.root
  if (!beat || !root) return
  const there = await target.get(beatPath(department), { maxBytes: LIMITS.beat })
  const held = there && (await verifyBeat(there, { root, department }).catch(() => undefined))
  if (held && Date.parse(held.time) >= Date.parse(beat.time)) return
  await target.replace(beatPath(department), beat.bytes)
}

/** Entries come, and those that have expired here go. */
async function copyEntries(
  source: MirrorSource,
  target: Store,
  department: string,
  copied: readonly SourceHead[],
  run: MirrorRun,
): Promise<void> {
  const entries = await source.entries(department, copied)
  for (const { path, bytes } of entries) {
    run.checkStopped()
    if ((await target.putIfAbsent(path, bytes)) === 'stored') run.report.entries++
  }
  const here = new Set(entries.map(({ path }) => path))
  for (const path of await target.list(logFolder(department))) {
    if (parseStorePath(path)?.kind === 'log' && !here.has(path)) await target.remove(path)
  }
}

async function hashOf(root: Uint8Array): Promise<string | undefined> {
  try {
    return await sha256(parseGeneral(root).payload)
  } catch {
    return undefined
  }
}
