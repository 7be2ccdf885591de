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
  /**
   * Of a `loop`: who calls whom, from the one called back to the same. It is told once, at the call that
   * closes it, which is the one to remove.
   */
  circle?: string[]
  /** Where it stands in the tree's body. */
  path: (string | number)[]
}

/** More calls than this are too many for one person (P9). */
export const mostCalls = 5

const warnings: ReadonlySet<TreeFindingCode> = new Set([
  'called-twice',
  'no-number',
  'too-many-calls',
  'no-deputy',
])

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
    more: Pick<TreeFinding, 'other' | 'circle'> = {},
  ): void => {
    const severity = warnings.has(code) ? 'warning' : 'error'
    findings.push({ code, severity, position, path, ...more })
  }
  const byId = positionsById(tree)
  if (!byId.has(tree.start)) add('start-missing', tree.start, ['start'])
  const reached = new Set(walkTree(tree).map((met) => met.position.id))
  const closing = closingCalls(tree)
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
      const circle = closing.get(position.id)?.get(id)
      if (!byId.has(id)) add('unknown-position', position.id, path, { other: id })
      else if (circle !== undefined) add('loop', position.id, path, { other: id, circle })
      else if (earlier !== undefined) add('called-twice', id, path, { other: earlier })
      else callerById.set(id, position.id)
    }
    if (position.calls.length > mostCalls) add('too-many-calls', position.id, [...at, 'calls'])
    // Without a start nobody is reached, and saying so of each would hide the one thing to mend.
    if (byId.has(tree.start) && !reached.has(position.id))
      add('unreachable', position.id, [...at, 'id'])
    if (position.deputy !== undefined) {
      const unfit = position.deputy === position.id || !byId.has(position.deputy)
      if (unfit) add('bad-deputy', position.id, [...at, 'deputy'], { other: position.deputy })
    } else if (position.calls.length > 0) {
      add('no-deputy', position.id, at)
    }
    const known = position.contact !== undefined && hasNumber(position.contact)
    if (position.number === undefined && !known) add('no-number', position.id, at)
  }
  return findings
}

/**
 * The calls that close a circle (P4), by caller and whom they call, each with its circle: from the one
 * called, by those between, back to the one called. Found by following the calls from the start, then from
 * whoever has not been met: a call to somebody from whom the call came closes a circle, and without those
 * calls there is none. Written without recursion: a tree may be a chain of thousands.
 */
function closingCalls(tree: PhoneTree): Map<string, Map<string, string[]>> {
  const byId = positionsById(tree)
  const closing = new Map<string, Map<string, string[]>>()
  const met = new Set<string>()
  for (const root of [tree.start, ...byId.keys()]) {
    if (!byId.has(root) || met.has(root)) continue
    const way: { id: string; next: number }[] = [{ id: root, next: 0 }]
    const placeOnWay = new Map([[root, 0]])
    met.add(root)
    for (let here = way.at(-1); here !== undefined; here = way.at(-1)) {
      const called = byId.get(here.id)?.calls[here.next]
      here.next += 1
      if (called === undefined) {
        way.pop()
        placeOnWay.delete(here.id)
        continue
      }
      const place = placeOnWay.get(called)
      if (place !== undefined) {
        const circle = [...way.slice(place).map(({ id }) => id), called]
        closing.set(here.id, (closing.get(here.id) ?? new Map()).set(called, circle))
      } else if (byId.has(called) && !met.has(called)) {
        met.add(called)
        placeOnWay.set(called, way.length)
        way.push({ id: called, next: 0 })
      }
    }
  }
  return closing
}
