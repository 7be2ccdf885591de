import type { Authority } from '#device/authority.ts'
import type { Kid } from '#trust/keys.ts'

export interface RootKeyPlace {
  kid: Kid
  /** Role title as the root has it; it names no person. */
  role: string
  /** From 1, as printed on papers. */
  number: number
  /** It lies on this phone. */
  isHere: boolean
}

/** The root keys and which of them this phone holds. */
export function rootKeysOf({ root, rootKey }: Authority): RootKeyPlace[] {
  return root.root.kids.map((kid, index) => ({
    kid,
    role: Object.hasOwn(root.roles, kid) ? (root.roles[kid] ?? '') : '',
    number: index + 1,
    isHere: rootKey?.kid === kid,
  }))
}
