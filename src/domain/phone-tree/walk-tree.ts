import type { PhoneTree, Position } from '../schema/phone-tree.ts'

/** A position that has been met on the way from the start. */
export interface MetPosition {
  position: Position
  /** Undefined for the start. */
  caller: Position | undefined
  /** Calls between it and the start (P11). */
  level: number
  /** Minutes after the start's first call when the call to it has ended (P12); 0 for the start. */
  minutes: number
}

/** Positions by id. Of two with the same id, the first (P14). */
export function positionsById(tree: PhoneTree): Map<string, Position> {
  const byId = new Map<string, Position>()
  for (const position of tree.positions) {
    if (!byId.has(position.id)) byId.set(position.id, position)
  }
  return byId
}

/**
 * Everyone who is reached, level by level from the start (P11), with who calls them and when (P12). A
 * tree that loops or calls twice ends too: each position is met once (P14).
 */
export function walkTree(tree: PhoneTree): MetPosition[] {
  const byId = positionsById(tree)
  const start = byId.get(tree.start)
  if (start === undefined) return []
  const met: MetPosition[] = [{ position: start, caller: undefined, level: 0, minutes: 0 }]
  const seen = new Set([start.id])
  // The list grows while it is read: that is the queue.
  for (const { position: caller, level, minutes } of met) {
    let calls = 0
    for (const id of caller.calls) {
      const position = byId.get(id)
      if (position === undefined || seen.has(id)) continue
      seen.add(id)
      calls += 1
      met.push({
        position,
        caller,
        level: level + 1,
        minutes: minutes + calls * tree.minutesPerCall,
      })
    }
  }
  return met
}
