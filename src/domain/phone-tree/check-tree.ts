import type { PhoneTree } from '../schema/phone-tree.ts'
import { positionsById, walkTree } from './walk-tree.ts'

/** What breaks a rule of SPEC.md; the first eight block publishing, the last two warn. */
export type TreeFindingCode =
  | 'start-missing'
  | 'duplicate-position'
  | 'unknown-position'
  | 'loop'
  | 'unreachable'
  | 'called-twice'
  | 'bad-deputy'
  | 'no-number'
  | 'too-many-calls'
  | 'no-deputy'

export interface TreeFinding {
  code: TreeFindingCode
  severity: 'error' | 'warning'
  /** The position it is about; for `start-missing` the id that was given as start. */
  position: string
  /** The other position of it: who is called, who calls, the deputy. */
  other?: string
  /** Where it stands in the tree's body. */
  path: (string | number)[]
}

/** More calls than this are too many for one person (P9). */
export const mostCalls = 5

const warnings: ReadonlySet<TreeFindingCode> = new Set(['too-many-calls', 'no-deputy'])

/**
 * Checks a tree against P1–P10 of SPEC.md; everything at once, in the order of the positions.
 *
 * `hasNumber` says whether a contact (`department/contact/id`) is known and has a number; without it,
 * naming a contact is taken as having a number.
 */
export function checkTree(
  tree: PhoneTree,
  hasNumber: (contact: string) => boolean = () => true,
): TreeFinding[] {
  const findings: TreeFinding[] = []
  const add = (
    code: TreeFindingCode,
    position: string,
    path: (string | number)[],
    other?: string,
  ): void => {
    const severity = warnings.has(code) ? 'warning' : 'error'
    findings.push({ code, severity, position, path, ...(other === undefined ? {} : { other }) })
  }
  const byId = positionsById(tree)
  if (!byId.has(tree.start)) add('start-missing', tree.start, ['start'])
  const reached = new Set(walkTree(tree).map((met) => met.position.id))
  const inCircle = positionsInCircles(tree)
  const callerById = new Map<string, string>()
  for (const [index, position] of tree.positions.entries()) {
    const at = ['positions', index]
    if (byId.get(position.id) !== position) {
      add('duplicate-position', position.id, [...at, 'id'])
      continue
    }
    for (const [order, id] of position.calls.entries()) {
      const path = [...at, 'calls', order]
      const earlier = callerById.get(id)
      if (!byId.has(id)) add('unknown-position', position.id, path, id)
      else if (inCircle.get(position.id)?.has(id)) add('loop', position.id, path, id)
      else if (earlier !== undefined) add('called-twice', id, path, earlier)
      else callerById.set(id, position.id)
    }
    if (position.calls.length > mostCalls) add('too-many-calls', position.id, [...at, 'calls'])
    // Without a start nobody is reached, and saying so of each would hide the one thing to mend.
    if (byId.has(tree.start) && !reached.has(position.id))
      add('unreachable', position.id, [...at, 'id'])
    if (position.deputy !== undefined) {
      const unfit = position.deputy === position.id || !byId.has(position.deputy)
      if (unfit) add('bad-deputy', position.id, [...at, 'deputy'], position.deputy)
    } else if (position.calls.length > 0) {
      add('no-deputy', position.id, at)
    }
    const known = position.contact !== undefined && hasNumber(position.contact)
    if (position.number === undefined && !known) add('no-number', position.id, at)
  }
  return findings
}

/**
 * The calls that are part of a circle, by caller (P4): those between two positions of which each reaches
 * the other. By Tarjan's strongly connected components, written without recursion: a tree may be a chain
 * of thousands.
 */
function positionsInCircles(tree: PhoneTree): Map<string, Set<string>> {
  const byId = positionsById(tree)
  const componentById = strongComponents(new Map([...byId].map(([id, one]) => [id, one.calls])))
  const circles = new Map<string, Set<string>>()
  for (const [id, position] of byId) {
    const within = position.calls.filter(
      (called) => componentById.get(called) === componentById.get(id),
    )
    if (within.length > 0) circles.set(id, new Set(within))
  }
  return circles
}

function strongComponents(callsById: Map<string, readonly string[]>): Map<string, number> {
  const indexById = new Map<string, number>()
  const lowById = new Map<string, number>()
  const componentById = new Map<string, number>()
  const open: string[] = []
  let components = 0
  const lower = (id: string, value: number) =>
    lowById.set(id, Math.min(lowById.get(id) ?? value, value))
  for (const root of callsById.keys()) {
    if (indexById.has(root)) continue
    const way: { id: string; next: number }[] = []
    const enter = (id: string) => {
      lower(id, indexById.size)
      indexById.set(id, indexById.size)
      open.push(id)
      way.push({ id, next: 0 })
    }
    enter(root)
    for (let here = way.at(-1); here !== undefined; here = way.at(-1)) {
      const called = callsById.get(here.id)?.[here.next]
      here.next += 1
      if (called !== undefined) {
        if (!callsById.has(called)) continue
        if (!indexById.has(called)) enter(called)
        else if (!componentById.has(called)) lower(here.id, indexById.get(called) ?? 0)
        continue
      }
      way.pop()
      const caller = way.at(-1)
      const low = lowById.get(here.id) ?? 0
      if (caller !== undefined) lower(caller.id, low)
      if (low !== indexById.get(here.id)) continue
      for (let id = open.pop(); id !== undefined; id = open.pop()) {
        componentById.set(id, components)
        if (id === here.id) break
      }
      components += 1
    }
  }
  return componentById
}
