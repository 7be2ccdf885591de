import { readTypedText } from '#trust/typed-text.ts'
import { understandLink, type UnderstoodLink } from '#trust/understand-link.ts'

/**
 * What a pasted, scanned or typed text holds. Lines that were typed wrong give a code that names the place,
 * for `errorText`: `typed-<line>-<column>`, with 0 for what cannot be told.
 */
export function readGiven(text: string): UnderstoodLink | { code: string } | undefined {
  const link = understandLink(text)
  if (link?.kind !== 'typed') return link
  const typed = readTypedText(link.payload)
  if (typed === undefined || !('problems' in typed)) return typed
  const [first] = typed.problems
  const isMissing = first?.kind === 'line-missing' || first?.kind === 'line-doubled'
  return { code: `${isMissing ? first.kind : 'typed'}-${first?.line ?? 0}-${first?.column ?? 0}` }
}
