import { LIMITS, rootPath } from '#store/layout.ts'
import { verifyNextRoot } from '#trust/root.ts'
import type { EditorView } from './editor-parts.ts'
import type { OpenedOffice } from './office.ts'

/**
 * Keeps the roots that followed the one this phone held: a phone that has a root key and no department is in
 * no round of sync, and would not learn that its new key is in force.
 *
 * @throws StoreError, TrustError
 */
export async function keepNewRoots(
  device: EditorView['device'],
  { store, root }: Pick<OpenedOffice, 'store' | 'root'>,
): Promise<void> {
  const roots = []
  for (let current = root; ;) {
    const bytes = await store.get(rootPath(current.v + 1), { maxBytes: LIMITS.root })
    if (bytes === undefined) break
    current = await verifyNextRoot(bytes, current)
    roots.push({ root: current, bytes })
  }
  if (roots.length > 0) await device.sync.keepRoots(root.organisation, roots)
}
