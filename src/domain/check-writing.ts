import {
  documentName,
  documentSchemas,
  commonDepartment,
  type DocumentKind,
} from './schema/document.ts'
import {
  isTranslatable,
  schemaPart,
  unwrapSchema,
  walkSchema,
  type SchemaPart,
} from './schema/walk-schema.ts'
import { validateDocument, type DocumentProblem } from './validate-document.ts'
import { brokenReferences } from './writing/broken-references.ts'
import {
  fieldAt,
  found,
  idsAt,
  listAt,
  type Finding,
  type Found,
  type Written,
  type WritingContext,
} from './writing/finding.ts'
import { longSteps, overdue, planGaps, routineFaults } from './writing/gaps.ts'
import { contactFaults, unlikelyNumbers, unusedForm } from './writing/contact-faults.ts'
import { treeFaults } from './writing/tree-faults.ts'
import { acronymsIn, unexplainedAcronyms } from './writing/unexplained-acronyms.ts'
import type { EditedDocument } from './edit/find-references.ts'
import type { DocumentIndex } from './resolve.ts'

export interface CheckWritingOptions {
  now: Date
  /** Whose documents are checked; all others are only what these may point at. */
  department: string
}

/**
 * Checks what somebody writes against the rules of `writing/SPEC.md`: what blocks publishing first, then
 * everything in the order of the documents and their fields, each finding once. Bodies need not fit their
 * schema. Never throws for anything a body holds.
 *
 * @param documents all documents of the department as they are to be, drafts laid over what is published
 * @param index what is published, for other departments' documents and the department's intervals; where
 *   it does not hold what all share, references to that are taken to be right
 */
export function checkWriting(
  documents: readonly EditedDocument[],
  index: DocumentIndex,
  { now, department }: CheckWritingOptions,
): Finding[] {
  const own = documents.filter((document) => document.department === department)
  const context = contextOf(own, index, { now, department })
  const findings = own.flatMap((document) => {
    const name = documentName(document)
    const schema = schemaOf(document.kind)
    const values = schema === undefined ? [] : walkSchema(schema, document.body)
    const written: Written = { document, name, values, context }
    return inOrder(checkDocument(written), schema).map((finding): Finding => ({ name, ...finding }))
  })
  const isBlock = ({ severity }: Finding) => severity === 'blocks'
  return [...findings.filter(isBlock), ...findings.filter((finding) => !isBlock(finding))]
}

function checkDocument(written: Written): Found[] {
  const findings = [...schemaMisfits(written.document), ...brokenReferences(written), ...unlikelyNumbers(written)] // prettier-ignore
  findings.push(...overdue(written))
  switch (written.document.kind) {
    case 'plan':
      return [
        ...findings,
        ...planGaps(written),
        ...longSteps(written),
        ...unexplainedAcronyms(written),
      ]
    case 'routine':
      return [
        ...findings,
        ...routineFaults(written),
        ...longSteps(written),
        ...unexplainedAcronyms(written),
      ]
    case 'phone-tree':
      return [...findings, ...treeFaults(written), ...unexplainedAcronyms(written)]
    case 'form':
      return [...findings, ...unusedForm(written), ...unexplainedAcronyms(written)]
    case 'situation':
      return [...findings, ...unexplainedAcronyms(written)]
    case 'contacts':
      return [...findings, ...contactFaults(written)]
    default:
      return findings
  }
}

/** A body that does not fit its schema cannot be published: what is missing, of the wrong type or form. */
function schemaMisfits(document: EditedDocument): Found[] {
  const checked = validateDocument(document)
  if (checked.ok) return []
  return checked.problems.map((problem) => {
    const { code, path } = problem
    return found('blocks', `schema:${code}`, path, { reason: reasonOf(problem) })
  })
}

/** What is wrong in one word, where a sentence for whoever writes differs by it. */
function reasonOf({ code, message, received }: DocumentProblem): string {
  if (code === 'missing-field' || received === '""' || message === 'is empty') return 'empty'
  if (/longer than|has more than/.test(message)) return 'too-long'
  if (/^has no |^needs at least/.test(message)) return 'too-few'
  return 'form'
}

function contextOf(
  own: readonly EditedDocument[],
  index: DocumentIndex,
  { now, department }: CheckWritingOptions,
): WritingContext {
  const others = index.documents.filter((document) => document.department !== department)
  const all: readonly EditedDocument[] = [...own, ...others]
  const registers = all.filter(
    ({ kind, department: of }) => kind === 'systems' && of === commonDepartment,
  )
  const systems = registers.flatMap(({ body }) => listAt(body, 'systems'))
  const contacts = all.flatMap(({ body, kind }) =>
    kind === 'contacts' ? listAt(body, 'contacts') : [],
  )
  const called = [
    ...systems.flatMap((system) => [fieldAt(system, 'title'), ...listAt(system, 'names')]),
    ...contacts.flatMap((contact) => [fieldAt(contact, 'title'), ...listAt(contact, 'aliases')]),
  ]
  return {
    names: new Set(all.flatMap(namesIn)),
    systems:
      registers.length > 0
        ? new Set(registers.flatMap(({ body }) => idsAt(body, 'systems')))
        : undefined,
    positionsByTree: new Map(
      all
        .filter(({ kind }) => kind === 'phone-tree')
        .map((document) => [documentName(document), new Set(idsAt(document.body, 'positions'))]),
    ),
    hasCommon: all.some((document) => document.department === commonDepartment),
    // What all share is pointed at from departments that may not be held here.
    referred: department === commonDepartment ? undefined : new Set(own.flatMap(referencesIn)),
    acronyms: new Set(called.flatMap((name) => (typeof name === 'string' ? acronymsIn(name) : []))),
    department,
    index,
    now,
  }
}

/** The names of a document and of the contacts in it. */
function namesIn(document: EditedDocument): string[] {
  const contacts = document.kind === 'contacts' ? idsAt(document.body, 'contacts') : []
  return [documentName(document), ...contacts.map((id) => `${document.department}/contact/${id}`)]
}

function referencesIn(document: EditedDocument): string[] {
  const schema = schemaOf(document.kind)
  if (schema === undefined) return []
  return walkSchema(schema, document.body).flatMap(({ value, part }) =>
    typeof value === 'string' && value.includes('/') && !isTranslatable(part) ? [value] : [],
  )
}

function schemaOf(kind: string): SchemaPart | undefined {
  return Object.hasOwn(documentSchemas, kind)
    ? schemaPart(documentSchemas[kind as DocumentKind])
    : undefined
}

/** In the order of the document's fields, those that are not written yet in their place; each once. */
function inOrder(findings: readonly Found[], schema: SchemaPart | undefined): Found[] {
  const once = new Map(
    findings.map((finding) => [`${finding.code} ${JSON.stringify(finding.path)}`, finding]),
  )
  const ranked = [...once.values()].map((finding) => ({
    finding,
    ranks: ranksOf(finding.path, schema),
  }))
  return ranked.sort((a, b) => compareRanks(a.ranks, b.ranks)).map(({ finding }) => finding)
}

function ranksOf(path: Finding['path'], schema: SchemaPart | undefined): number[] {
  let part = schema && unwrapSchema(schema)
  return path.map((step) => {
    const fields = Object.keys(part?.entries ?? {})
    const inner = typeof step === 'number' ? part?.item : part?.entries?.[step]
    part = inner && unwrapSchema(inner)
    return typeof step === 'number' ? step : fields.indexOf(step)
  })
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [depth, rank] of a.entries()) {
    const other = b[depth]
    if (other === undefined) return 1
    if (rank !== other) return rank - other
  }
  return a.length - b.length
}
