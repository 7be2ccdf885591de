import { rootPath } from '#store/layout.ts'
import { parseStrictJson } from '#trust/json.ts'
import { parseGeneral } from '#trust/jws.ts'
import { verifyFirstRoot, verifyNextRoot } from '#trust/root.ts'
import { ServerError } from './server-error.ts'
import type { RootChain } from './root-chain.ts'
import type { Store } from '#store/store.ts'
import type { VerifiedRoot } from '#trust/root.ts'

/**
 * Takes a root into the store: root 1 when its payload has the hash this server was given, any later one
 * when it follows the last under the rules of both.
 *
 * @param options.allowExample whether root 1 of an example organisation is taken
 * @param options.beforeStoring called when all of it holds; what it throws refuses the root
 * @returns `taken` when the store has that number already: somebody else was first, or this one arrived before
 * @throws TrustError when it does not verify; ServerError `example`; StoreError
 */
export async function acceptRoot(
  store: Store,
  chain: RootChain,
  bytes: Uint8Array<ArrayBuffer>,
  options: { allowExample: boolean; beforeStoring?: (root: VerifiedRoot) => void },
): Promise<{ outcome: 'stored' | 'taken'; v: number }> {
  const current = await chain.current()
  const v = versionOf(bytes)
  if (current && v >= 1 && v <= current.v) return { outcome: 'taken', v }
  const next = current
    ? await verifyNextRoot(bytes, current)
    : await verifyFirstRoot(bytes, chain.organisation)
  if (next.example && !options.allowExample) {
    throw new ServerError('example', 422, 'an example organisation is not served')
  }
  options.beforeStoring?.(next)
  const outcome = await store.putIfAbsent(rootPath(next.v), bytes)
  return { outcome: outcome === 'stored' ? 'stored' : 'taken', v: next.v }
}

/** The number a root claims; only asked to tell the sender that it is taken. 0 when it claims none. */
function versionOf(bytes: Uint8Array): number {
  const claimed = parseStrictJson(parseGeneral(bytes).payload) as { v?: unknown } | null
  return typeof claimed?.v === 'number' && Number.isInteger(claimed.v) ? claimed.v : 0
}
