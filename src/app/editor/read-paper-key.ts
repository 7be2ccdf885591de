import { decodeRestorePayload, restoreKeys } from '#trust/restore-payload.ts'
import type { SigningKey } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { readGiven } from './read-given.ts'
import { codeOf } from './use-work.ts'

/**
 * The root key of a paper that was scanned or typed, in memory only.
 *
 * @returns a code when it is something else, or a key this root does not name as a root key
 */
export async function readPaperKey(
  text: string,
  root: VerifiedRoot,
): Promise<SigningKey | { code: string }> {
  try {
    const link = readGiven(text)
    if (link !== undefined && 'code' in link) return link
    if (link?.kind !== 'restore') return { code: 'not-a-paper' }
    const payload = decodeRestorePayload(link.payload)
    const { signing } = await restoreKeys(payload, root, { extractable: false })
    if (signing === undefined || !root.root.kids.includes(signing.kid))
      return { code: 'not-a-paper' }
    return signing
  } catch (error) {
    return { code: codeOf(error) }
  }
}
