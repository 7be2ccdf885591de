import type { DocumentIndex } from '../resolve.ts'
import type { EditedDocument } from '../edit/find-references.ts'
import { isPlainObject, type WalkedValue } from '../schema/walk-schema.ts'

/** What a check found while somebody writes, at a place of a document. */
export interface Finding {
  /** `department/kind/id` */
  name: string
  path: (string | number)[]
  /** See SPEC.md, where each stands with its severity; `schema:…` are those of `validateDocument`. */
  code: string
  severity: 'blocks' | 'warning' | 'hint'
  /** What a sentence about it names: an id, a number, a word. */
  values?: Record<string, string | number>
}

/** What the checks of one document look at. Its body need not fit its schema. */
export interface Written {
  document: EditedDocument
  name: string
  /** Every value the schema of its kind knows. */
  values: readonly WalkedValue[]
  context: WritingContext
}

export interface WritingContext {
  /** Documents and contacts a reference may point at: `department/kind/id`. */
  names: ReadonlySet<string>
  /** Systems of the register; undefined where the register is not held. */
  systems: ReadonlySet<string> | undefined
  /** Position ids by the name of their phone tree. */
  positionsByTree: ReadonlyMap<string, ReadonlySet<string>>
  /** Whether what all share (`gemensamt`) is held: else nobody knows what it has. */
  hasCommon: boolean
  /** Everything the department's documents point at; undefined where others may point at it too. */
  referred: ReadonlySet<string> | undefined
  /** Acronyms in what systems and contacts are called: those are their names here. */
  acronyms: ReadonlySet<string>
  department: string
  index: DocumentIndex
  now: Date
}

/** What a check found, before it is known in which document. */
export type Found = Omit<Finding, 'name'>

export function found(
  severity: Finding['severity'],
  code: string,
  path: Finding['path'],
  values?: Finding['values'],
): Found {
  return { path, code, severity, ...(values === undefined ? {} : { values }) }
}

/** The entries of a list at a field; none where there is no list. */
export function listAt(body: unknown, field: string): unknown[] {
  const value = fieldAt(body, field)
  return Array.isArray(value) ? value : []
}

/** A field of an object; undefined where there is none. */
export function fieldAt(body: unknown, field: string): unknown {
  return isPlainObject(body) && Object.hasOwn(body, field) ? body[field] : undefined
}

/** The ids of a list's entries. */
export function idsAt(body: unknown, field: string): string[] {
  return listAt(body, field)
    .map((entry) => fieldAt(entry, 'id'))
    .filter((id) => typeof id === 'string')
}
