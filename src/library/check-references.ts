import { likelyWord } from '#domain/edit-distance.ts'
import { commonDepartment, documentName } from '#domain/schema/document.ts'
import { isPlainObject } from '#domain/schema/walk-schema.ts'
import { reference } from '#domain/schema/values.ts'
import * as v from 'valibot'
import type { ContentFile, Finding } from './content-file.ts'
import { isUnread, planPath, type FolderKind } from './plan-path.ts'

/** What can be pointed at. Files that do not fit their schema count: each fault is told once. */
export interface Targets {
  /** `department/kind/id` of documents and contacts. */
  names: ReadonlySet<string>
  systems: ReadonlySet<string>
  /** Position ids by the name of their phone tree. */
  positionsByTree: ReadonlyMap<string, ReadonlySet<string>>
  /** Paths of files and folders that are there and could not be read: nobody knows what they hold. */
  unread: ReadonlySet<string>
}

/** Everything in the files that a reference may point at. */
export function findTargets(files: readonly ContentFile[], unread: ReadonlySet<string>): Targets {
  const names = new Set<string>()
  const systems = new Set<string>()
  const positionsByTree = new Map<string, Set<string>>()
  for (const { name, yaml } of files) {
    names.add(documentName(name))
    if (!isPlainObject(yaml.value)) continue
    if (name.kind === 'contacts') {
      for (const id of idsIn(yaml.value.contacts)) names.add(`${name.department}/contact/${id}`)
    }
    if (name.kind === 'systems') for (const id of idsIn(yaml.value.systems)) systems.add(id)
    if (name.kind === 'phone-tree') {
      positionsByTree.set(documentName(name), new Set(idsIn(yaml.value.positions)))
    }
  }
  return { names, systems, positionsByTree, unread }
}

function idsIn(items: unknown): string[] {
  if (!Array.isArray(items)) return []
  return items
    .map((item: unknown) => (isPlainObject(item) ? item.id : undefined))
    .filter((id) => typeof id === 'string')
}

/** Checks everything in a file that points elsewhere: references, systems, positions of a rota. */
export function checkReferences(file: ContentFile, targets: Targets): Finding[] {
  const findings: Finding[] = []
  const { name, yaml, values } = file
  for (const { value, path } of values) {
    if (typeof value !== 'string') continue
    const [field, before] = [path.at(-1), path.at(-2)]
    if (field === 'system' || (before === 'systems' && typeof field === 'number')) {
      findings.push(...checkSystem(value, path, targets))
    } else if (v.is(reference, value)) {
      findings.push(...checkReference(value, path, name.department, targets))
    }
  }
  if (name.kind === 'rota') findings.push(...checkPositions(yaml.value, targets))
  if (name.kind === 'department') findings.push(...checkOrder(yaml.value, name.department))
  return findings
}

function checkSystem(id: string, at: (string | number)[], { systems, unread }: Targets): Finding[] {
  if (systems.has(id) || unread.has('systems.yaml')) return []
  const likely = likelyWord(id, systems)
  const hint =
    likely === undefined ? 'Add it to systems.yaml, or remove it here' : `Did you mean "${likely}"?`
  return [{ at, code: 'unknown-system', message: `systems.yaml has no system "${id}"`, hint }]
}

function checkReference(
  target: string,
  at: (string | number)[],
  own: string,
  { names, unread }: Targets,
): Finding[] {
  const [department = '', kind = '', id = ''] = target.split('/')
  const known = names.has(target)
  if (department !== own && department !== commonDepartment) {
    const near = [own, commonDepartment]
      .map((one) => `${one}/${kind}/${id}`)
      .find((one) => names.has(one))
    const misspelt = likelyWord(department, [own, commonDepartment])
    const message = `"${target}" lies in another department; a phone holds only its own and ${commonDepartment}`
    const hint =
      near !== undefined
        ? `Point at "${near}"`
        : misspelt !== undefined && !known
          ? `Did you mean "${misspelt}/${kind}/${id}"?`
          : `Put a copy into ${own} or ${commonDepartment} and point at that`
    return [{ at, code: 'foreign-reference', message, hint }]
  }
  if (known || isUnread(targetPath(department, kind, id), unread)) return []
  const reachable = [...names].filter((one) => {
    const [of, its] = one.split('/')
    return its === kind && (of === own || of === commonDepartment)
  })
  const sameId = reachable.find((one) => one.endsWith(`/${id}`))
  const likely = sameId ?? likelyById(target, reachable)
  const hint =
    likely === undefined
      ? `Write that ${kind}, or point at one there is`
      : `Did you mean "${likely}"?`
  return [{ at, code: 'dangling-reference', message: `There is no "${target}"`, hint }]
}

/** The file that holds what a reference points at. */
function targetPath(department: string, kind: string, id: string): string {
  return planPath({ department, kind: kind === 'contact' ? 'contacts' : (kind as FolderKind), id })
}

/** Nearness of the last part counts: the department and kind, being long, would make all alike. */
function likelyById(target: string, names: string[]): string | undefined {
  const idOf = (name: string) => name.split('/')[2] ?? ''
  const likely = likelyWord(idOf(target), names.map(idOf))
  return likely === undefined ? undefined : names.find((name) => idOf(name) === likely)
}

function checkPositions(body: unknown, { positionsByTree }: Targets): Finding[] {
  if (!isPlainObject(body) || typeof body.phoneTree !== 'string') return []
  const positions = positionsByTree.get(body.phoneTree)
  if (positions === undefined || !Array.isArray(body.entries)) return []
  return [...body.entries.entries()].flatMap(([index, entry]: [number, unknown]): Finding[] => {
    const id = isPlainObject(entry) ? entry.position : undefined
    if (typeof id !== 'string' || positions.has(id)) return []
    const likely = likelyWord(id, positions)
    const message = `The phone tree "${String(body.phoneTree)}" has no position "${id}"`
    const hint = likely === undefined ? 'Name one of its positions' : `Did you mean "${likely}"?`
    return [{ at: ['entries', index, 'position'], code: 'unknown-position', message, hint }]
  })
}

/** Of gemensamt's routines a department cannot say where they stand: they come after its own. */
function checkOrder(body: unknown, own: string): Finding[] {
  if (!isPlainObject(body) || !Array.isArray(body.order)) return []
  return [...body.order.entries()]
    .filter(
      ([, name]: [number, unknown]) => typeof name === 'string' && !name.startsWith(`${own}/`),
    )
    .map(([index, name]: [number, unknown]) => ({
      at: ['order', index],
      code: 'bad-value' as const,
      severity: 'warning' as const,
      message: `"order" names the department's own routines; "${String(name)}" is another's and has no effect`,
      hint: 'Remove it',
    }))
}
