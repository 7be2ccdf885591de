import { sha256 } from '#trust/bytes.ts'
import { blobPath } from '#store/layout.ts'
import type { Follow } from './sync-journal.ts'

/**
 * [S47] Whoever has become a publisher reads with a key that cannot be handed on. The one that can lies wrapped
 * in the keys object; it is asked for once for each that is published, since it may be large. Whatever comes
 * of it, reading goes on.
 */
export async function bringSecret({ round, follow, one }: Follow): Promise<void> {
  const { head, department } = one
  const [hash, size] = head.keys
  const standing = await follow.readStanding(department)
  if (!one.lacksSecret || standing.triedKeys === hash) return
  for (const { store } of round.stores) {
    const wanted = { maxBytes: size, signal: round.signal }
    const bytes = await store.get(blobPath(hash), wanted).catch(() => undefined)
    round.signal.throwIfAborted()
    if (bytes?.length !== size || (await sha256(bytes)) !== hash) continue
    const isTaken = await follow.takeSecret(head, bytes)
    if (!isTaken) await follow.writeStanding(department, { ...standing, triedKeys: hash })
    return
  }
}
