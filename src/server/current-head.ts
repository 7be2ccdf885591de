import { verifyHead } from '#release/head.ts'
import { LIMITS, headFolder, parseStorePath } from '#store/layout.ts'
import { StoreError } from '#store/store.ts'
import { TrustError } from '#trust/trust-error.ts'
import type { VerifiedHead } from '#release/head.ts'
import type { Store } from '#store/store.ts'
import type { VerifiedRoot } from '#trust/root.ts'

/**
 * The highest head of the root's gen that verifies; what does not is stepped over.
 *
 * @throws StoreError when a head cannot be read now; TrustError `format-newer` when a publisher has
 *   written one this version does not understand: building on an older one would undo it
 */
export async function currentHead(
  store: Store,
  root: VerifiedRoot,
  department: string,
): Promise<{ v: number; bytes: Uint8Array<ArrayBuffer>; head: VerifiedHead } | undefined> {
  const gen = root.departments[department]?.gen
  const paths = await store.list(headFolder(department))
  for (const path of paths.reverse()) {
    const parsed = parseStorePath(path)
    if (parsed?.kind !== 'head' || parsed.gen !== gen) continue
    const bytes = await store.get(path, { maxBytes: LIMITS.head }).catch((error: unknown) => {
      if (error instanceof StoreError && error.code !== 'unreachable') return undefined
      throw error
    })
    if (!bytes) continue
    const head = await verifyHead(bytes, { root, department }).catch((error: unknown) => {
      if (error instanceof TrustError && error.code === 'format-newer') throw error
      return undefined
    })
    if (head?.v === parsed.v) return { v: head.v, bytes, head }
  }
  return undefined
}
