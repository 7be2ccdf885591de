import { checkWriting } from '#domain/check-writing.ts'
import { plainText } from '#domain/plain-text.ts'
import { indexDocuments } from '#domain/resolve.ts'
import type { PlanBDocument } from '#domain/schema/document.ts'
import { validateDocument } from '#domain/validate-document.ts'
import type { Finding } from '#domain/writing/finding.ts'
import { buildRelease, longestReason } from '#release/build-release.ts'
import { diffDocuments, type DocumentChange } from '#release/diff.ts'
import {
  mergeDrafts,
  type DocumentConflict,
  type DraftToMerge,
  type MergeDocument,
} from '#release/merge.ts'
import type { VerifiedRelease } from '#release/open-release.ts'
import { ownValue } from '#trust/json.ts'
import type { SigningKey } from '#trust/keys.ts'
import { mayPublish, type VerifiedRoot } from '#trust/root.ts'
import { TrustError } from '#trust/trust-error.ts'
import { beginGenerations } from './begin-generations.ts'
import { mostTries } from './change-root.ts'
import { followStoreRoot } from './follow-store-root.ts'
import { openNotBehind } from './held-head.ts'
import { ManageError } from './manage-error.ts'
import type { Office, OpenedDepartment } from './office.ts'

export interface PublishDraftsInput {
  department: string
  /** Documents of the department, each from what it was when editing began to what it is to be. */
  drafts: readonly DraftToMerge[]
  /** A publisher of the department, or a root key. */
  signer: SigningKey
  /** Why, in one line; empty where none was given. */
  reason: string
  /** What is held of other departments, for what these documents point at; left out, that is taken to be right. */
  others?: readonly PlanBDocument[]
}

export type PublishedDrafts =
  | {
      outcome: 'published'
      gen: number
      v: number
      edition: number
      headHash: string
      changes: DocumentChange[]
    }
  /** What is published is as the drafts want it: somebody did the same, or this is the second time. */
  | { outcome: 'unchanged'; gen: number; v: number; edition: number }
  /** `current` is what the drafts collide with: settle each against it, and publish again. */
  | { outcome: 'conflicts'; conflicts: DocumentConflict[]; current: VerifiedRelease }
  | { outcome: 'blocked'; findings: Finding[] }

/**
 * [M40] Publishes drafts on top of the newest release in the store. Where somebody else has published since editing
 * began, or does so meanwhile, the two are merged field by field; what both changed is for a person to settle.
 *
 * Stopped anywhere it can be run again: what is out already is `unchanged`.
 *
 * @throws ManageError not-a-publisher, department-unknown, not-readable, keep-unsaid, root-keys (a generation that only
 *   a root key can begin), root-behind, root-fork, head-behind, head-fork, lost-race; TrustError format-newer;
 *   ReleaseError build-size; SendError; StoreError
 */
export async function publishDrafts(
  office: Office,
  input: PublishDraftsInput,
): Promise<PublishedDrafts> {
  const { department, signer } = input
  const root = await followStoreRoot(office.store, office.root)
  const named = ownValue(root.departments, department)
  if (!named) {
    throw new ManageError('department-unknown', `the root names no department ${department}`)
  }
  if (!mayPublish(root, department, signer.kid)) {
    throw new ManageError('not-a-publisher', `${signer.kid} may not publish ${department}`)
  }
  let takenUpTo = 0
  for (let tries = 0; tries < mostTries; tries++) {
    const opened = await openCurrent(office, root, department)
    const { release, epoch } = opened
    const prepared = prepare(release, input, office.now())
    if (prepared.outcome !== 'ready') return prepared
    const { documents } = prepared
    const changes = diffDocuments(release.documents, documents)
    const { gen, v, edition } = release
    if (changes.length === 0) return { outcome: 'unchanged', gen, v, edition }
    const built = await buildRelease({
      root,
      department,
      documents,
      signer,
      issued: office.now(),
      epoch,
      previous: release,
      v: Math.max(gen === named.gen ? v : 0, takenUpTo) + 1,
      reason: plainText(input.reason, longestReason),
    })
    const sent = await office.store.sendRelease(department, built)
    if (sent.outcome === 'stored') {
      const { headHash } = built
      const place = { gen: built.gen, v: built.v, edition: built.edition }
      return { outcome: 'published', ...place, headHash, changes }
    }
    // Somebody was quicker, and the next round builds on that; or what lies there does not verify.
    takenUpTo = built.v
  }
  throw new ManageError('lost-race', `${department}: somebody else was first ${mostTries} times`)
}

/** The newest release, not behind what is held. A generation without a head is begun by who may ([M7], [M13]). */
async function openCurrent(
  office: Office,
  root: VerifiedRoot,
  department: string,
): Promise<OpenedDepartment> {
  const { opened, head } = await openNotBehind(office, root, department)
  if (opened) return opened
  if (!head) {
    await beginGenerations(office, root, [department])
    const begun = await openNotBehind(office, root, department)
    if (begun.opened) return begun.opened
  }
  throw new ManageError(
    'not-readable',
    `${department} has published nothing, or nobody here holds its key`,
  )
}

type Prepared =
  | { outcome: 'ready'; documents: PlanBDocument[] }
  | Extract<PublishedDrafts, { outcome: 'conflicts' | 'blocked' }>

/** [M41] The documents that are to stand, or what keeps them from it. */
function prepare(release: VerifiedRelease, input: PublishDraftsInput, now: Date): Prepared {
  const { department, drafts, others = [] } = input
  const stray = drafts.find(({ name }) => !name.startsWith(`${department}/`))
  if (stray) throw new ManageError('department-unknown', `${stray.name} is not of ${department}`)
  const unread = release.unreadable.find(({ kind, id }) =>
    drafts.some(({ name }) => name === `${department}/${kind}/${id}`),
  )
  if (unread) {
    throw new TrustError('format-newer', `${unread.kind}/${unread.id} was made by a newer app`)
  }
  const merged = mergeDrafts(release.documents, drafts.map(asParsed))
  if (merged.conflicts.length > 0) {
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
