import { blobsOf, verifyHead } from '#release/head.ts'
import { LIMITS, blobPath, rootPath } from '#store/layout.ts'
import { SendError } from '#sync/send-error.ts'
import { newestHead } from '#sync/manage/newest-head.ts'
import { sameBytes, sha256 } from '#trust/bytes.ts'
import { parseGeneral } from '#trust/jws.ts'
import { MirrorRefused } from './mirror-report.ts'
import type { MirrorRun } from './mirror-report.ts'
import type { MirrorSource, SourceHead } from './mirror-source.ts'
import type { VerifiedHead } from '#release/head.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import type { WriteStore } from '#sync/write-store.ts'

/** A server that asks to wait is waited for, but not for ever. */
const mostWaitMs = 15 * 60_000

/**
 * Copies a store to another `planb serve`, by what any publisher may send: all roots, then the newest head of
 * each department with those blobs the server's current head does not name, then beats and entries of the
 * epoch that stands. The server checks all of it again. Earlier heads are not sent: it takes none below its own.
 *
 * @param wait lets time pass, in milliseconds, when the server says Retry-After
 * @throws MirrorRefused; SendError; StoreError
 */
export async function mirrorToServer(
  source: MirrorSource,
  target: WriteStore,
  run: MirrorRun,
  wait: (ms: number) => Promise<void>,
): Promise<void> {
  const send = <T>(action: () => Promise<T>) => patiently(action, run, wait)
  await sendRoots(source, target, run, send)
  const root = source.roots.at(-1)?.root
  if (!root) return
  const departments = Object.keys(root.departments)
  const journals: Parameters<typeof sendEntries>[2][] = []
  for (const [index, department] of departments.entries()) {
    run.checkStopped()
    run.progress(department, index, departments.length)
    const { good, bad } = await source.heads(department)
    for (const path of bad) run.report.problems.push(`${path} does not verify and was left out`)
    const gen = root.departments[department]?.gen
    const newest = await findNewest(good, root, gen)
    if (newest) await sendHead(source, target, { root, newest, run, send })
    const beat = await source.beat(department, good)
    if (beat) await ignoreRefusal(() => send(() => target.sendBeat(department, beat.bytes)))
    if (newest) journals.push({ department, good, epoch: newest.head.epoch })
  }
  // What people read comes before what members told: a server takes only so many new phones a day.
  for (const journal of journals) await sendEntries(source, target, journal, run, send)
}

async function sendEntries(
  source: MirrorSource,
  target: WriteStore,
  journal: { department: string; good: readonly SourceHead[]; epoch: number },
  run: MirrorRun,
  send: Send,
): Promise<void> {
  const { department, good, epoch } = journal
  try {
    for (const entry of await source.entries(department, good)) {
      run.checkStopped()
      if (entry.epoch !== epoch) continue
      await ignoreRefusal(() => send(() => target.sendEntry(department, entry.bytes)))
      run.report.entries++
    }
  } catch (error) {
    if (!(error instanceof SendError) || error.code !== 'too-many') throw error
    run.report.problems.push(
      `${department}: the server takes no more entries today; run it again tomorrow for the rest`,
    )
  }
}

type Send = <T>(action: () => Promise<T>) => Promise<T>

async function sendRoots(
  source: MirrorSource,
  target: WriteStore,
  run: MirrorRun,
  send: Send,
): Promise<void> {
  for (const { root, bytes } of source.roots) {
    run.checkStopped()
    const there = await target.get(rootPath(root.v), { maxBytes: LIMITS.root })
    if (there) {
      if (sameBytes(there, bytes) || (await hashOf(there)) === root.hash) continue
      throw new MirrorRefused(
        root.v === 1
          ? 'the server holds another organisation'
          : `the server has another root ${root.v}`,
        'Name a server that was started with --organisation of this organisation.',
      )
    }
    if ((await send(() => target.sendRoot(bytes))) === 'stored') run.report.roots++
  }
  const next = (source.roots.at(-1)?.root.v ?? 0) + 1
  if (await target.get(rootPath(next), { maxBytes: LIMITS.root })) {
    throw new MirrorRefused(
      'the server has newer roots than this store',
      'This store is behind: mirror in the other direction, or bring it back from a backup.',
    )
  }
}

/** The newest that also holds under the newest root: what a revoked key has signed is not taken. */
async function findNewest(
  heads: readonly SourceHead[],
  root: VerifiedRoot,
  gen: number | undefined,
): Promise<SourceHead | undefined> {
  for (const one of heads.toReversed()) {
    if (one.head.gen !== gen) continue
    const { department } = one.head
    if (await verifyHead(one.bytes, { root, department }).catch(() => undefined)) return one
  }
  return undefined
}

async function sendHead(
  source: MirrorSource,
  target: WriteStore,
  context: { root: VerifiedRoot; newest: SourceHead; run: MirrorRun; send: Send },
): Promise<void> {
  const { root, newest, run, send } = context
  const { department } = newest.head
  const there = await newestHead(target, root, department)
  if (there && there.v >= newest.head.v) {
    if (there.hash !== newest.head.hash) {
      run.report.hasRival = true
      run.report.problems.push(
        `${department}: the server has ${there.v === newest.head.v ? 'another' : 'a newer'} version ${there.gen}-${there.v}`,
      )
    }
    return
  }
  const held = new Set(there && blobsOf(there).map(({ hash }) => hash))
  const sent = async (all: boolean) => {
    const blobs = await readBlobs(source, newest, all ? new Set() : held)
    if (!blobs) {
      run.report.problems.push(`${newest.path} was left out: a blob is missing or damaged`)
      return
    }
    const { outcome } = await send(() =>
      target.sendRelease(department, { head: newest.bytes, blobs }),
    )
    if (outcome === 'taken') {
      run.report.hasRival = true
      run.report.problems.push(`${department}: somebody else published at this moment`)
      return
    }
    run.report.heads++
    run.report.blobs += blobs.length
    run.report.bytes += blobs.reduce((sum, { bytes }) => sum + bytes.length, newest.bytes.length)
  }
  try {
    await sent(false)
  } catch (error) {
    // The server has lost a blob that its own head names: it gets all of them.
    if (!(error instanceof SendError) || error.serverCode !== 'blob-missing') throw error
    await sent(true)
  }
}

async function readBlobs(
  { store }: MirrorSource,
  { head }: { head: VerifiedHead },
  held: ReadonlySet<string>,
) {
  const blobs = []
  for (const { hash, size } of blobsOf(head)) {
    if (held.has(hash)) continue
    const bytes = await store.get(blobPath(hash), { maxBytes: LIMITS.blob })
    if (!bytes || bytes.length !== size || (await sha256(bytes)) !== hash) return undefined
    blobs.push({ hash, bytes })
  }
  return blobs
}

/** Waits when the server asks to. */
async function patiently<T>(
  action: () => Promise<T>,
  run: MirrorRun,
  wait: (ms: number) => Promise<void>,
): Promise<T> {
  for (;;) {
    try {
      return await action()
    } catch (error) {
      if (!(error instanceof SendError) || error.code !== 'too-many') throw error
      const ms = error.retryAfterMs ?? 5_000
      if (ms > mostWaitMs) throw error
      run.checkStopped()
      await wait(ms)
    }
  }
}

/** A beat or an entry that the server does not take (older, expired, of a device that was wiped) holds nothing up. */
async function ignoreRefusal(action: () => Promise<unknown>): Promise<void> {
  try {
    await action()
  } catch (error) {
    if (!(error instanceof SendError) || error.code !== 'refused') throw error
  }
}

async function hashOf(root: Uint8Array): Promise<string | undefined> {
  try {
    return await sha256(parseGeneral(root).payload)
  } catch {
    return undefined
  }
}
