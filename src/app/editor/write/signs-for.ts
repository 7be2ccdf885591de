import type { Authority } from '#device/authority.ts'

/** In which role this phone signs for a department: that of its key in the organisation's root. */
export function signsFor(authority: Authority, department: string): { role: string } | undefined {
  const kid = authority.signerFor(department)?.kid
  const role = kid === undefined ? undefined : authority.root.roles[kid]
  return role === undefined ? undefined : { role }
}

/** The roles of those who approve routines of health care in a department. */
export function approversOf({ root }: Authority, department: string): string[] {
  const kids = root.departments[department]?.approve ?? []
  return [...new Set(kids.flatMap((kid) => root.roles[kid] ?? []))]
}
