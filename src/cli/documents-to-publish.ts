import { documentName, type PlanBDocument } from '#domain/schema/document.ts'
import { sameJson } from '#trust/json.ts'
import { prepareDrafts } from '#sync/manage/prepare-drafts.ts'
import { CliError } from './command.ts'
import type { Finding } from '#domain/writing/finding.ts'
import type { DocumentConflict, DraftToMerge } from '#release/merge.ts'
import type { VerifiedRelease } from '#release/open-release.ts'

export interface FolderToPublish {
  department: string
  /** As the folder has them. */
  documents: readonly PlanBDocument[]
  /** What the folder was edited from; undefined where nobody knows. */
  base: readonly PlanBDocument[] | undefined
  /** What the folder has of other departments. */
  others: readonly PlanBDocument[]
  /** Where both changed the same, what the folder says goes. */
  isMine: boolean
}

/**
 * What is to be published of a department whose folder was edited while others may have published too: what was changed
 * in the folder, merged into what stands now. What both changed is told and nothing published.
 *
 * @throws CliError
 */
export function documentsToPublish(
  release: VerifiedRelease,
  folder: FolderToPublish & { base: readonly PlanBDocument[] },
  now: Date,
): PlanBDocument[] {
  const { department, documents, base, others, isMine } = folder
  const drafts = draftsBetween(base, documents)
  const prepared = prepareDrafts(release, { department, drafts, others, isMine }, now)
  if (prepared.outcome === 'conflicts') throw conflictError(department, prepared.conflicts)
  if (prepared.outcome === 'blocked') throw blockedError(department, prepared.findings)
  return prepared.documents
}

/** What was changed in a folder, document by document. */
function draftsBetween(
  base: readonly PlanBDocument[],
  documents: readonly PlanBDocument[],
): DraftToMerge[] {
  const baseByName = new Map(base.map((one) => [documentName(one), one]))
  const names = new Set(documents.map(documentName))
  const changed = documents.flatMap(({ body, ...one }): DraftToMerge[] => {
    const name = documentName(one)
    const before = baseByName.get(name)
    if (before && sameJson(before.body, body)) return []
    return [{ name, ...(before && { base: { body: before.body } }), body }]
  })
  const removed = base.filter((one) => !names.has(documentName(one)))
  return [...changed, ...removed.map((one) => ({ name: documentName(one), base: one }))]
}

function conflictError(department: string, conflicts: readonly DocumentConflict[]): CliError {
  const lines = conflicts.flatMap(({ name, fields, whole }) => {
    if (whole !== undefined) return [`${name}: ${wholes[whole]}`]
    return fields.map(
      ({ path, base, mine, theirs }) =>
        `${name}: ${path.join('.')}: was ${shown(base)}, here ${shown(mine)}, published ${shown(theirs)}`,
    )
  })
  return new CliError(
    1,
    `${department}: the folder and somebody else have changed the same since:\n    ${lines.join('\n    ')}`,
    'Write in the folder what others have published there, or run it again with --mine: then what the folder says goes.',
  )
}

const wholes = {
  'removed-there': 'changed here, removed by somebody else',
  'removed-here': 'removed here, changed by somebody else',
  'added-twice': 'made here and by somebody else, with different content',
}

const longestShown = 60

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value)
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}

function blockedError(department: string, findings: readonly Finding[]): CliError {
  const lines = findings.map(({ name, path, code, values }) => {
    const what = values ? ` (${Object.values(values).join(', ')})` : ''
    return `${name}: ${path.join('.')}: ${code}${what}`
  })
  return new CliError(
    1,
    `${department}: with what others have published since it would not hold:\n    ${lines.join('\n    ')}`,
    'Export to another folder with planb export, and make your changes there.',
  )
}
