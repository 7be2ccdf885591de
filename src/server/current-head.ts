import { verifyHead } from '#release/head.ts'
import { LIMITS, headFolder, headPath, parseStorePath } from '#store/layout.ts'
import { StoreError } from '#store/store.ts'
import { TrustError } from '#trust/trust-error.ts'
import type { VerifiedHead } from '#release/head.ts'
import type { Store } from '#store/store.ts'
import type { VerifiedRoot } from '#trust/root.ts'

export interface CurrentHead {
  v: number
  bytes: Uint8Array<ArrayBuffer>
  head: VerifiedHead
}

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
): Promise<CurrentHead | undefined> {
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

/**
 * [H37] `currentHead`, for what comes often: each strange entry would have a head read and verified. While the highest
 * name in the folder is that of a head which verified under this very root, it is the one.
 */
export function createHeadMemory(
  store: Store,
): (root: VerifiedRoot, department: string) => Promise<CurrentHead | undefined> {
  const knownByDepartment = new Map<string, { key: string; current: CurrentHead }>()
  return async (root, department) => {
    const gen = root.departments[department]?.gen
    const highest = (await store.list(headFolder(department))).at(-1)
    const key = `${root.hash} ${highest}`
    const known = knownByDepartment.get(department)
    if (known?.key === key) return known.current
    const current = await currentHead(store, root, department)
    if (current && gen && headPath(department, gen, current.v) === highest) {
      knownByDepartment.set(department, { key, current })
    }
    return current
  }
}
