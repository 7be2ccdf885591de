import { insertAt, removeAt, setAt, valueAt } from '#domain/edit/change-at.ts'
import { isSameText, keepApproval } from '#domain/edit/keep-approval.ts'
import { documentName } from '#domain/schema/document.ts'
import { sameJson } from '#trust/json.ts'
import { mergeValues } from './merge-values.ts'

/** A field that two people changed from `base`, each in another way. What is undefined is not there. */
export interface FieldConflict {
  /** Where it stands in the merged body, which holds mine; an entry mine removed: where it would stand. */
  path: (string | number)[]
  base: unknown
  mine: unknown
  theirs: unknown
  /**
   * Only the order of a list collides: the three values are the merged list in the order of each, and
   * this is the order of theirs as places in the merged list.
   */
  order?: number[]
}

export interface MergedBody {
  body: unknown
  /** In the order of the body. */
  conflicts: FieldConflict[]
}

/**
 * [R70]–[R77] Merges what two people made of the same body: mine and theirs, both changed from `base`. Any
 * JSON values will do, whether they fit a schema or not; none of them is changed. Never throws.
 */
export function mergeBodies(base: unknown, mine: unknown, theirs: unknown): MergedBody {
  const conflicts: FieldConflict[] = []
  const body = mergeValues({ base, mine, theirs }, [], conflicts)
  return { body, conflicts }
}

/** Whose value a conflict is settled with. */
export type Settled = 'mine' | 'theirs'

/**
 * The merged body with one conflict settled: it holds mine already, theirs is put in its place, and
 * translations of the text follow. Where an entry of a list comes or goes, the paths of conflicts after
 * it are no longer right: settle several by `resolveConflicts`.
 */
export function resolveConflict(body: unknown, conflict: FieldConflict, settled: Settled): unknown {
  return resolveConflicts(body, [{ conflict, settled }])
}

/** [R80] The merged body with conflicts settled, given in the order of the merge; those left out stay mine. */
export function resolveConflicts(
  body: unknown,
  choices: readonly { conflict: FieldConflict; settled: Settled }[],
): unknown {
  let conflicts = choices
    .filter(({ settled }) => settled === 'theirs')
    .map(({ conflict }) => conflict)
    .sort((a, b) => comparePaths(a.path, b.path))
  let resolved = body
  // Orders first, the outermost first; every path within goes with its entry.
  for (let at = 0; at < conflicts.length; at++) {
    const { path, order } = conflicts[at]!
    const list = valueAt(resolved, path)
    if (order === undefined || !Array.isArray(list)) continue
    resolved = setAt(resolved, path, order.map((place) => list[place] as unknown)) // prettier-ignore
    conflicts = conflicts.map((one, index) => (index > at ? inNewOrder(one, path, order) : one))
  }
  // From the last to the first, so that what comes and goes leaves the paths before it as they are.
  return conflicts
    .filter(({ order }) => order === undefined)
    .sort((a, b) => comparePaths(a.path, b.path))
    .reduceRight(takeTheirs, resolved)
}

function takeTheirs(body: unknown, { path, mine, theirs }: FieldConflict): unknown {
  if (theirs === undefined) return removeAt(body, path)
  const inList = Array.isArray(valueAt(body, path.slice(0, -1)))
  return inList && mine === undefined ? insertAt(body, path, theirs) : setAt(body, path, theirs)
}

/**
 * The order of the body, an object's translations before its other fields: settled from the last to the
 * first, a translation is put in after the text it belongs to, which had taken it away.
 */
function comparePaths(a: Path, b: Path): number {
  for (const [depth, left] of a.entries()) {
    const right = b[depth]
    if (left === right) continue
    if (right === undefined) return 1
    if (typeof left === 'number' && typeof right === 'number') return left - right
    if (left === 'translations' || right === 'translations') return left === 'translations' ? -1 : 1
    return left < right ? -1 : 1
  }
  return a.length - b.length
}

/** A conflict whose path leads through a list that was put in another order. */
function inNewOrder(conflict: FieldConflict, list: Path, order: readonly number[]): FieldConflict {
  const { path, mine } = conflict
  const place = path[list.length]
  if (typeof place !== 'number' || !list.every((part, depth) => part === path[depth]))
    return conflict
  const isInsertion = mine === undefined && path.length === list.length + 1
  // An entry that is not there yet goes with the one before it.
  const now = isInsertion && place > 0 ? order.indexOf(place - 1) + 1 : isInsertion ? 0 : order.indexOf(place) // prettier-ignore
  return { ...conflict, path: [...list, now, ...path.slice(list.length + 1)] }
}

type Path = FieldConflict['path']

/** A document as it is now, or as it will be. */
export interface MergeDocument {
  department: string
  kind: string
  id: string
  body: unknown
}

/** What was edited: from `base` (absent: a new document) to `body` (absent: the document is to be removed). */
export interface DraftToMerge {
  /** `department/kind/id` */
  name: string
  base?: { body: unknown }
  body?: unknown
}

export interface DocumentConflict {
  name: string
  /** Of a conflict of the whole document without common fields: one with an empty path. */
  fields: FieldConflict[]
  /** Removed by one and changed by the other; or both made a new one of this name. */
  whole?: 'removed-there' | 'removed-here' | 'added-twice'
}

/**
 * [R79] The documents of a department with drafts merged in: those of now in their order, new ones last.
 * A document in conflict stands there as the draft has it, so that it can be looked at; publish only
 * when there is no conflict.
 */
export function mergeDrafts<D extends MergeDocument>(
  current: readonly D[],
  drafts: readonly DraftToMerge[],
): { documents: MergeDocument[]; conflicts: DocumentConflict[] } {
  const documentsByName = new Map<string, MergeDocument>(
    current.map((document) => [documentName(document), document]),
  )
  const conflicts: DocumentConflict[] = []
  for (const draft of drafts) {
    const { name } = draft
    const now = documentsByName.get(name)
    const { body, conflict } = mergeDraft(draft, now)
    if (conflict !== undefined) conflicts.push(conflict)
    const [department = '', kind = '', ...rest] = name.split('/')
    if (body === undefined) documentsByName.delete(name)
    else documentsByName.set(name, { ...(now ?? { department, kind, id: rest.join('/') }), body })
  }
  return { documents: [...documentsByName.values()], conflicts }
}

function mergeDraft(
  { name, base, body: mine }: DraftToMerge,
  now: MergeDocument | undefined,
): { body: unknown; conflict?: DocumentConflict } {
  const theirs = now?.body
  if (base === undefined) {
    if (mine === undefined || theirs === undefined) return { body: mine ?? theirs }
    if (sameJson(mine, theirs)) return { body: mine }
    const { body, conflicts } = mergeBodies(undefined, mine, theirs)
    return { body, conflict: { name, fields: conflicts, whole: 'added-twice' } }
  }
  const { body: merged, conflicts } = mergeBodies(base.body, mine, theirs)
  const body = keepApproval(merged, mine, theirs)
  // Over a text that neither has there is no approval, whoever gave or took one.
  const isNeither = !isSameText(merged, mine) && !isSameText(merged, theirs)
  const fields = conflicts.filter(({ path }) => path[0] !== 'approval' || !isNeither)
  if (fields.length === 0) return { body }
  const whole =
    mine === undefined ? 'removed-here' : theirs === undefined ? 'removed-there' : undefined
  return { body, conflict: { name, fields, ...(whole === undefined ? {} : { whole }) } }
}
