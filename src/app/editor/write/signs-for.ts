import type { Authority } from '#device/authority.ts'

/** In which role this phone signs for a department: that of its key in the organisation's root. */
export function signsFor(authority: Authority, department: string): { role: string } | undefined {
  const kid = authority.signerFor(department)?.kid
  const role = kid === undefined ? undefined : authority.root.roles[kid]
  return role === undefined ? undefined : { role }
}
