import { sameBytes, textOf, utf8 } from '#trust/bytes.ts'
import { limits } from '#trust/limits.ts'
import type { BuiltRelease } from './build-release.ts'
import { isNewer } from './head.ts'
import { blobPathOf, headPathOf, latestPathOf, parsePlace, placeText } from './object-paths.ts'

/** The part of a store that publishing needs; every store of `store` is one. */
export interface PublishStore {
  get(path: string, options: { maxBytes: number }): Promise<Uint8Array | undefined>
  putIfAbsent(path: string, bytes: Uint8Array): Promise<'stored' | 'exists'>
  replace(path: string, bytes: Uint8Array): Promise<void>
}

/**
 * [R30] Publishes a built release: blobs first, so that no head ever names what is not there; then the
 * head, by put-if-absent, which commits it; then the hint. Stopped anywhere it can be run again.
 *
 * @returns `taken` when another head has this number: open it and build on it, or build with a higher `v`
 *   where it does not verify
 * @throws what the store throws
 */
export async function publishRelease(
  store: PublishStore,
  built: BuiltRelease,
): Promise<'published' | 'taken'> {
  for (const { hash, bytes } of built.blobs) await store.putIfAbsent(blobPathOf(hash), bytes)
  const path = headPathOf(built.department, built.gen, built.v)
  if ((await store.putIfAbsent(path, built.head)) === 'exists') {
    const there = await store.get(path, { maxBytes: limits.head })
    if (!there || !sameBytes(there, built.head)) return 'taken'
  }
  await pointLatest(store, built)
  return 'published'
}

/**
 * [R31] The hint only goes up, and a hint that makes no sense is written over. Run again for what is published already,
 * it mends what a stop before the hint left behind.
 */
export async function pointLatest(
  store: Pick<PublishStore, 'get' | 'replace'>,
  built: Pick<BuiltRelease, 'department' | 'gen' | 'v'>,
): Promise<void> {
  const path = latestPathOf(built.department)
  const hint = await store.get(path, { maxBytes: 64 }).catch(() => undefined)
  const pointed = hint && parsePlace(textOf(hint).trim())
  if (!pointed || isNewer(built, pointed))
    await store.replace(path, utf8(placeText(built.gen, built.v)))
}
