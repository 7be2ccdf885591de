import type { Attack } from './attack.ts'
import { contentAttacks } from './content-attacks.ts'
import { lineAttacks } from './line-attacks.ts'
import { numberAttacks } from './number-attacks.ts'

/** Every attack that a host can offer to a phone: the same in Node and in a browser. */
export const allAttacks: readonly Attack[] = [...contentAttacks, ...numberAttacks, ...lineAttacks]
