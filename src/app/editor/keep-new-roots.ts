import { LIMITS, rootPath } from '#store/layout.ts'
import { StoreError } from '#store/store.ts'
import { verifyNextRoot } from '#trust/root.ts'
import { TrustError } from '#trust/trust-error.ts'
import type { EditorView } from './editor-parts.ts'
import type { OpenedOffice } from './office.ts'

/**
 * Keeps the roots that followed the one this phone held: a phone that has a root key and no department is in
 * no round of sync, and would not learn that its new key is in force.
 *
 * [S4] What does not verify ends the chain and takes nothing away: the roots before it are kept, and what has just
 * been done was done. So too where the store stops answering midway.
 *
 * @throws StoreError when the store could not be asked; TrustError format-newer: a root key says that this app is
 *   too old
 */
export async function keepNewRoots(
  device: { sync: Pick<EditorView['device']['sync'], 'keepRoots'> },
  { store, root }: Pick<OpenedOffice, 'store' | 'root'>,
): Promise<void> {
  const roots = []
  let failure: unknown
  try {
    for (let current = root; ;) {
      const bytes = await store.get(rootPath(current.v + 1), { maxBytes: LIMITS.root })
      if (bytes === undefined) break
      current = await verifyNextRoot(bytes, current)
      roots.push({ root: current, bytes })
    }
  } catch (error) {
    if (!isNoRoot(error)) failure = error
  }
  if (roots.length > 0) await device.sync.keepRoots(root.organisation, roots)
  if (failure !== undefined) throw failure
}

/** Whether what was offered is no root of ours. */
function isNoRoot(error: unknown): boolean {
  if (error instanceof StoreError) return error.code === 'too-large'
  return error instanceof TrustError && error.code !== 'format-newer'
}
