import type { PhoneTree, Position } from '../schema/phone-tree.ts'
import { walkTree } from './walk-tree.ts'

export interface TreeDescription {
  /** Persons who are reached, the start among them. */
  persons: number
  /** Calls in the longest way from the start ("12 personer · 3 steg · ca 9 minuter"). */
  steps: number
  /** Estimated minutes until all are reached (P12). */
  minutes: number
  /** Positions level by level, the start first (P11). */
  levels: Position[][]
  /** Who calls whom: the caller's id by the id of the one called. */
  callerById: Map<string, string>
  /** Those who call nobody, and so call back to the start (P13). Empty when the start calls nobody. */
  last: Position[]
}

/** What a tree amounts to: how many, how deep, how long, who calls whom. */
export function describeTree(tree: PhoneTree): TreeDescription {
  const met = walkTree(tree)
  const levels: Position[][] = []
  const callerById = new Map<string, string>()
  let minutes = 0
  for (const { position, caller, level, minutes: reachedAt } of met) {
    const row = levels[level]
    if (row === undefined) levels.push([position])
    else row.push(position)
    if (caller !== undefined) callerById.set(position.id, caller.id)
    minutes = Math.max(minutes, reachedAt)
  }
  const callers = new Set(callerById.values())
  return {
    persons: met.length,
    steps: Math.max(0, levels.length - 1),
    minutes,
    levels,
    callerById,
    last: met
      .filter((one) => one.level > 0 && !callers.has(one.position.id))
      .map((one) => one.position),
  }
}
