import { LIMITS, rootPath } from '#store/layout.ts'
import { verifyFirstRoot, verifyNextRoot } from '#trust/root.ts'
import type { ReadStore } from '#store/store.ts'
import type { VerifiedRoot } from '#trust/root.ts'

/** The organisation's roots in a store, walked once and then only onward. */
export interface RootChain {
  /** The organisation this store belongs to: SHA-256 hex of root 1's payload. */
  readonly organisation: string
  /**
   * The last root that verifies under the one before; undefined when the store has no root 1 yet.
   *
   * @throws TrustError when root 1 is another organisation's; StoreError
   */
  current(): Promise<VerifiedRoot | undefined>
}

/** @param organisation the only root 1 that is believed */
export function createRootChain(store: ReadStore, organisation: string): RootChain {
  let root: VerifiedRoot | undefined
  return {
    organisation,
    async current() {
      for (;;) {
        const bytes = await store.get(rootPath((root?.v ?? 0) + 1), { maxBytes: LIMITS.root })
        if (!bytes) return root
        if (!root) {
          root = await verifyFirstRoot(bytes, organisation)
          continue
        }
        // What does not verify is no root: nobody follows it, and neither do we.
        const next = await verifyNextRoot(bytes, root).catch(() => undefined)
        if (!next) return root
        root = next
      }
    },
  }
}
