import type { Kid } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'

/** Somebody the root lets do something, by role title: it holds no names of persons. */
export interface PersonOfRoot {
  kid: Kid
  role: string
  /** Ids of departments. */
  publish: string[]
  approve: string[]
  start: string[]
}

/** Everyone who may do something beside reading, root keys left out, sorted by role title. */
export function peopleOfRoot(root: VerifiedRoot): PersonOfRoot[] {
  const byKid = new Map<Kid, PersonOfRoot>()
  const duties = ['publish', 'approve', 'start'] as const
  for (const [id, department] of Object.entries(root.departments))
    for (const duty of duties)
      for (const kid of department[duty]) {
        if (root.root.kids.includes(kid)) continue
        const role = Object.hasOwn(root.roles, kid) ? (root.roles[kid] ?? '') : ''
        const person = byKid.get(kid) ?? { kid, role, publish: [], approve: [], start: [] }
        person[duty].push(id)
        byKid.set(kid, person)
      }
  return [...byKid.values()].sort((a, b) => a.role.localeCompare(b.role, 'sv'))
}
