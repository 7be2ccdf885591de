import { createHttpStore } from '#store/http.ts'
import { LIMITS, rootPath } from '#store/layout.ts'
import { verifyFirstRoot, type VerifiedRoot } from '#trust/root.ts'
import type { EditorView } from './editor-parts.ts'

/**
 * - `same`: it has all the roots this phone has.
 * - `behind`: it is this organisation's, and has older roots only: its copy is to be brought up to date.
 * - `other`: it answers, and is no store of this organisation.
 * - `silent`: it does not answer as a store does.
 * - `no-address`: what was typed is no address.
 */
export type MirrorAnswer = 'same' | 'behind' | 'other' | 'silent' | 'no-address'

/** Asks an address whether it holds this organisation's plans. Never throws. */
export async function checkMirror(
  address: string,
  root: VerifiedRoot,
  editor: Pick<EditorView, 'fetch' | 'base'>,
): Promise<MirrorAnswer> {
  const base = mirrorUrl(address)
  if (base === undefined) return 'no-address'
  const store = createHttpStore({ base, fetch: editor.fetch, timeoutMs: 15_000 })
  try {
    const first = await store.get(rootPath(1), { maxBytes: LIMITS.root })
    if (first === undefined) return 'other'
    try {
      await verifyFirstRoot(first, root.organisation)
    } catch {
      return 'other'
    }
    const newest = await store.get(rootPath(root.v), { maxBytes: LIMITS.root })
    return newest === undefined ? 'behind' : 'same'
  } catch {
    return 'silent'
  }
}

/** The address as it is kept: absolute, with a closing slash; https may be left out when typing. */
export function mirrorUrl(address: string): URL | undefined {
  const typed = address.trim()
  const whole = /^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`
  if (typed === '' || /\s/.test(typed) || !URL.canParse(whole)) return undefined
  const url = new URL(whole)
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    return undefined
  url.hash = ''
  url.search = ''
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}
