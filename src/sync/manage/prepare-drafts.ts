import { checkWriting } from '#domain/check-writing.ts'
import { indexDocuments } from '#domain/resolve.ts'
import type { PlanBDocument } from '#domain/schema/document.ts'
import { validateDocument } from '#domain/validate-document.ts'
import type { Finding } from '#domain/writing/finding.ts'
import {
  mergeDrafts,
  type DocumentConflict,
  type DraftToMerge,
  type MergeDocument,
} from '#release/merge.ts'
import type { VerifiedRelease } from '#release/open-release.ts'
import { TrustError } from '#trust/trust-error.ts'
import { ManageError } from './manage-error.ts'

export interface DraftsToPrepare {
  department: string
  drafts: readonly DraftToMerge[]
  /** What is held of other departments; left out, what these documents point at there is taken to be right. */
  others?: readonly PlanBDocument[]
  /** Where both changed the same, mine goes without asking: for a person who has said so. */
  isMine?: boolean
}

export type PreparedDrafts =
  | { outcome: 'ready'; documents: PlanBDocument[] }
  | { outcome: 'conflicts'; conflicts: DocumentConflict[]; current: VerifiedRelease }
  | { outcome: 'blocked'; findings: Finding[] }

/**
 * [M41] The documents that are to stand when drafts are merged into a release, or what keeps them from it.
 *
 * @throws ManageError department-unknown: a draft of another department; TrustError format-newer: a draft of a document
 *   that only a newer app reads
 */
export function prepareDrafts(
  release: VerifiedRelease,
  input: DraftsToPrepare,
  now: Date,
): PreparedDrafts {
  const { department, drafts, others = [], isMine = false } = input
  const stray = drafts.find(({ name }) => !name.startsWith(`${department}/`))
  if (stray) throw new ManageError('department-unknown', `${stray.name} is not of ${department}`)
  const unread = release.unreadable.find(({ kind, id }) =>
    drafts.some(({ name }) => name === `${department}/${kind}/${id}`),
  )
  if (unread) {
    throw new TrustError('format-newer', `${unread.kind}/${unread.id} was made by a newer app`)
  }
  const merged = mergeDrafts(release.documents, drafts.map(asParsed))
  if (merged.conflicts.length > 0 && !isMine) {
    return { outcome: 'conflicts', conflicts: merged.conflicts, current: release }
  }
  const findings = newBlocks(release, merged.documents, { department, others, now })
  if (findings.length > 0) return { outcome: 'blocked', findings }
  const documents = merged.documents.flatMap((document): PlanBDocument[] => {
    const checked = validateDocument(document)
    return checked.ok ? [checked.document] : []
  })
  return { outcome: 'ready', documents }
}

/**
 * What blocks and does not stand in the release of now already: a telephone number must be able to go out although
 * somebody else's routine points at nothing since last year.
 */
function newBlocks(
  release: VerifiedRelease,
  documents: readonly MergeDocument[],
  context: { department: string; others: readonly PlanBDocument[]; now: Date },
): Finding[] {
  const index = indexDocuments([...release.documents, ...context.others])
  const blocksIn = (checked: readonly MergeDocument[]) =>
    checkWriting(checked, index, context).filter(({ severity }) => severity === 'blocks')
  const keyOf = ({ name, code, values }: Finding) => JSON.stringify([name, code, values])
  const standing = blocksIn(release.documents).map(keyOf)
  return blocksIn(documents).filter((finding) => {
    const at = standing.indexOf(keyOf(finding))
    if (at >= 0) standing.splice(at, 1)
    return at < 0
  })
}

/** What a schema fills in is no change anybody made ([R23]): a draft may be of a time when it did not yet. */
function asParsed(draft: DraftToMerge): DraftToMerge {
  const [department, kind, ...rest] = draft.name.split('/')
  const parsed = (body: unknown) => {
    const checked = validateDocument({ department, kind, id: rest.join('/'), body })
    return checked.ok ? checked.document.body : body
  }
  const { name, base, body } = draft
  return {
    name,
    ...(base && { base: { body: parsed(base.body) } }),
    ...(body !== undefined && { body: parsed(body) }),
  }
}
