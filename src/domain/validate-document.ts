import * as v from 'valibot'
import {
  commonDepartment,
  documentKinds,
  documentSchemas,
  type DocumentKind,
  type PlanBDocument,
} from './schema/document.ts'
import { identifier } from './schema/values.ts'

export type DocumentProblemCode =
  /** Not an object with department, kind, id and body. */
  | 'not-a-document'
  | 'unknown-kind'
  /** Department or id is no identifier, or not the one this kind has. */
  | 'bad-name'
  | 'missing-field'
  /** Text where a list belongs, a number where text belongs, and the like. */
  | 'wrong-type'
  /** The right type, but not one of the allowed values, or not in the allowed form. */
  | 'bad-value'

export interface DocumentProblem {
  code: DocumentProblemCode
  /** Where in the document's body; empty for the document itself. */
  path: (string | number)[]
  /** English, for whoever writes plans: continues a sentence that began with the field's name. */
  message: string
  /** What was expected and what was found, as the schema words it. */
  expected?: string
  received?: string
}

export type ValidatedDocument =
  { ok: true; document: PlanBDocument } | { ok: false; problems: DocumentProblem[] }

/** Kinds of which a department has one; such a document carries its kind as id. */
export const singleKinds: ReadonlySet<DocumentKind> = new Set([
  'organisation',
  'systems',
  'department',
  'contacts',
])
/** Kinds of which the organisation has one, in gemensamt. */
export const organisationKinds: ReadonlySet<DocumentKind> = new Set(['organisation', 'systems'])

/**
 * Parses a document at the edge, from any source: the name by its rules, the body by the schema of its
 * kind. Defaults are filled in, unknown fields are kept. Never throws.
 */
export function validateDocument(input: unknown): ValidatedDocument {
  const named = v.safeParse(documentShape, input)
  if (!named.success)
    return failed('not-a-document', 'is no document: department, kind, id and body are needed')
  const { department, kind, id, body } = named.output
  if (!isDocumentKind(kind)) return failed('unknown-kind', `is of unknown kind "${kind}"`)
  const nameProblem = nameProblemOf(department, kind, id)
  if (nameProblem !== undefined) return failed('bad-name', nameProblem)
  const problems = bodyProblems(kind, body)
  if (problems.issues !== undefined) return { ok: false, problems: problems.issues.map(toProblem) }
  return { ok: true, document: { department, kind, id, body: problems.output } as PlanBDocument }
}

const documentShape = v.object({
  department: v.string(),
  kind: v.string(),
  id: v.string(),
  body: v.unknown(),
})

/** Whether a text may be part of a name. No type guard: every such text is a string before and after. */
export function isIdentifier(text: string): boolean {
  return v.is(identifier, text)
}

export function isDocumentKind(kind: string): kind is DocumentKind {
  return (documentKinds as readonly string[]).includes(kind)
}

function failed(code: DocumentProblemCode, message: string): ValidatedDocument {
  return { ok: false, problems: [{ code, path: [], message }] }
}

/** What is wrong with a document's name: one of a kind that there is one of, under another name or in another place. */
export function nameProblemOf(
  department: string,
  kind: DocumentKind,
  id: string,
): string | undefined {
  const wrong = [department, id].find((part) => !isIdentifier(part))
  if (wrong !== undefined) return `has a part of its name that may not be: "${wrong}"`
  if (singleKinds.has(kind) && id !== kind) return `must have the id "${kind}"`
  if (organisationKinds.has(kind) && department !== commonDepartment) {
    return `belongs to ${commonDepartment}`
  }
  return undefined
}

function bodyProblems(kind: DocumentKind, body: unknown) {
  return v.safeParse(documentSchemas[kind] as v.GenericSchema, body)
}

function toProblem(issue: v.BaseIssue<unknown>): DocumentProblem {
  const path = (issue.path ?? []).map((item) => item.key as string | number)
  const expected = issue.expected ?? undefined
  const shared = { path, ...(expected === undefined ? {} : { expected }), received: issue.received }
  if (issue.kind === 'schema' && issue.input === undefined) {
    return { code: 'missing-field', message: 'is missing', ...shared }
  }
  if (issue.kind === 'schema' && issue.type !== 'picklist') {
    const own = issue.message.startsWith('Invalid')
      ? `must be ${typeName(issue.expected)}`
      : issue.message
    return { code: 'wrong-type', message: own, ...shared }
  }
  const message = issue.message.startsWith('Invalid')
    ? `must be ${expected?.replaceAll(' | ', ' or ').replace(/^\((.*)\)$/, '$1') ?? 'another value'}`
    : issue.message
  return { code: 'bad-value', message, ...shared }
}

function typeName(expected: string | null): string {
  const names: Readonly<Record<string, string>> = {
    string: 'text',
    number: 'a number',
    boolean: 'true or false',
    Array: 'a list',
    Object: 'an object with fields',
  }
  return names[expected ?? ''] ?? `${expected}`
}
