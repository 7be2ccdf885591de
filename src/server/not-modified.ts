/** Whether If-None-Match names this ETag (RFC 9110, 13.1.2: weak comparison, a list, or `*`). */
export function isNotModified(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === '*') return true
  const named = ifNoneMatch.match(/(?:W\/)?"[^"]*"/g) ?? []
  return named.some((tag) => tag.replace(/^W\//, '') === etag)
}
