import { plainText } from '#domain/plain-text.ts'
import type { PlanBDocument } from '#domain/schema/document.ts'
import type { Finding } from '#domain/writing/finding.ts'
import { buildRelease, longestReason } from '#release/build-release.ts'
import { diffDocuments, type DocumentChange } from '#release/diff.ts'
import type { DocumentConflict, DraftToMerge } from '#release/merge.ts'
import type { VerifiedRelease } from '#release/open-release.ts'
import { ownValue } from '#trust/json.ts'
import type { SigningKey } from '#trust/keys.ts'
import { mayPublish, type VerifiedRoot } from '#trust/root.ts'
import { beginGenerations } from './begin-generations.ts'
import { mostTries } from './change-root.ts'
import { followStoreRoot } from './follow-store-root.ts'
import { openNotBehind } from './held-head.ts'
import { ManageError } from './manage-error.ts'
import type { Office, OpenedDepartment } from './office.ts'
import { prepareDrafts } from './prepare-drafts.ts'

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
    const prepared = prepareDrafts(release, input, office.now())
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
