import { keepApproval } from '#domain/edit/keep-approval.ts'
import { commonDepartment, documentName } from '#domain/schema/document.ts'
import { buildRelease } from '#release/build-release.ts'
import { diffDocuments } from '#release/diff.ts'
import { pointLatest, publishRelease } from '#release/publish.ts'
import { createLocalWriteStore } from '#server/local-write-store.ts'
import { currentHead } from '#server/current-head.ts'
import { beginGenerations } from '#sync/manage/begin-generations.ts'
import { versionName } from '#store/layout.ts'
import { fromBase64url } from '#trust/bytes.ts'
import { importSigningKey, thumbprint } from '#trust/keys.ts'
import { mayPublish } from '#trust/root.ts'
import { CliError } from './command.ts'
import { currentDepartment } from './current-release.ts'
import { asManaged } from './managed.ts'
import { mergeFolder, noteAsOwn, type FolderOfDepartment } from './merge-folder.ts'
import { noteOwnContent } from './published-content.ts'
import { rootKeysInUse } from './root-keys-in-use.ts'
import { seenHead } from './seen-heads.ts'
import type { OpenOrganisation } from './data-folder.ts'
import type { PlansBase } from './plans-base.ts'
import type { DepartmentSecrets } from './secrets.ts'
import type { PlanBDocument } from '#domain/schema/document.ts'
import type { BuildInput, BuiltRelease } from '#release/build-release.ts'
import type { DocumentChange } from '#release/diff.ts'
import type { VerifiedRelease } from '#release/open-release.ts'

export interface PublishOutcome {
  department: string
  outcome: 'published' | 'unchanged'
  /** The number people see. */
  edition: number
  changes: DocumentChange[]
  /** Whether others have published something that the folder does not have. */
  isBehind: boolean
  /** Routines whose text was changed under an approval of health care: `routine/insulin`. */
  staleApprovals: string[]
}

export interface Publishing {
  now: () => Date
  /** Why, in one line. */
  reason?: string
  /** What each department had published when this began (`publishedNow`): what came since is not undone. */
  since?: ReadonlyMap<string, VerifiedRelease | undefined>
  /** What the folder was edited from, by department; where that is not known see `mode`. */
  base?: PlansBase
  /**
   * - `merge`: with what others have published since; what both changed is told, and nothing published.
   * - `mine`: likewise, and what both changed is as the folder says.
   * - `replace`: as the folder has it, whatever others have changed.
   */
  mode?: 'merge' | 'mine' | 'replace'
  /** Called when a department is as the folder wants it. */
  onPublished?: (department: string, documents: readonly PlanBDocument[]) => Promise<void>
}

/** What every department has published at this moment; those that cannot be opened here are left out. */
export async function publishedNow(
  open: OpenOrganisation,
): Promise<ReadonlyMap<string, VerifiedRelease | undefined>> {
  const found = new Map<string, VerifiedRelease | undefined>()
  for (const department of Object.keys(open.root.departments)) {
    // Publishing it will say what is wrong.
    await currentDepartment(open, department).then(
      ({ opened }) => found.set(department, opened?.release),
      () => undefined,
    )
  }
  return found
}

/** Another publisher may be quicker some times in a row, not for ever. */
const mostTries = 5

/**
 * Publishes the documents of each department that differ from what is published. `gemensamt` goes first:
 * the others carry its key and floor.
 *
 * @param documents all documents of the departments that are to be published
 * @throws CliError when keys are missing, or a department would lose all it has
 */
export async function publishPlans(
  open: OpenOrganisation,
  documents: readonly PlanBDocument[],
  publishing: Publishing,
): Promise<PublishOutcome[]> {
  const documentsByDepartment = new Map<string, PlanBDocument[]>()
  for (const document of documents) {
    const own = documentsByDepartment.get(document.department) ?? []
    documentsByDepartment.set(document.department, [...own, document])
  }
  const departments = [...documentsByDepartment.keys()].sort(
    (a, b) => Number(b === commonDepartment) - Number(a === commonDepartment),
  )
  const finished = await finishGenerations(open, departments, publishing.now)
  // What was signed again here and now is nobody else's publishing.
  const since = new Map([...(publishing.since ?? [])].filter(([id]) => !finished.includes(id)))
  const outcomes: PublishOutcome[] = []
  for (const department of departments) {
    const own = documentsByDepartment.get(department)!
    const others = documents.filter((one) => one.department !== department)
    const folder = { department, documents: own, others }
    outcomes.push(await publishOne(open, folder, { ...publishing, since }))
    await publishing.onPublished?.(department, own)
  }
  return outcomes
}

/**
 * A revocation that was stopped between the root and the heads leaves a generation without one. Published
 * now, a department would begin anew at edition 1: its last good head is signed again first.
 *
 * @returns the departments of which that was so
 */
async function finishGenerations(
  open: OpenOrganisation,
  departments: readonly string[],
  now: () => Date,
): Promise<string[]> {
  const named = departments.filter((id) => (open.root.departments[id]?.gen ?? 1) > 1)
  const headless: string[] = []
  for (const department of named) {
    if (!(await currentHead(open.store, open.root, department))) headless.push(department)
  }
  if (headless.length === 0) return headless
  const store = createLocalWriteStore(open.store, {
    organisation: open.root.organisation,
    allowExample: open.root.example === true,
    now,
  })
  const held = (department: string) => seenHead(open.secret, open.root.organisation, department)
  const office = { store, rootKeys: await rootKeysInUse(open), now, held }
  await asManaged(beginGenerations(office, open.root, headless))
  return headless
}

async function publishOne(
  open: OpenOrganisation,
  folder: FolderOfDepartment,
  publishing: Publishing,
): Promise<PublishOutcome> {
  const { department } = folder
  let takenUpTo = 0
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const { secrets, previous } = await requireDepartment(open, department)
    const documents = previous
      ? await mergeFolder(open, previous, folder, publishing)
      : [...folder.documents]
    const isBehind = diffDocuments(folder.documents, documents).length > 0
    const changes = diffDocuments(previous?.documents ?? [], documents)
    if (previous && changes.length === 0) {
      if (!isBehind) await noteOwnContent(open.secret, previous)
      await pointLatest(open.store, previous)
      return { department, outcome: 'unchanged', edition: previous.edition, changes: [], isBehind, staleApprovals: [] } // prettier-ignore
    }
    // Where it is known what the folder was edited from, what they changed is in it already.
    if (!publishing.base?.has(department)) {
      requireNothingSince(department, previous, publishing.since)
    }
    const built = await build(open, {
      department,
      documents,
      previous,
      secrets,
      takenUpTo,
      ...publishing,
    })
    if ((await publishRelease(open.store, built)) === 'published') {
      if (!isBehind) await noteAsOwn(open, department, built.headHash)
      const staleApprovals = staleIn(previous?.documents ?? [], documents)
      const { edition } = built
      return { department, outcome: 'published', edition, changes, isBehind, staleApprovals }
    }
    // Either a publisher was quicker, and the next round builds on that; or something that does not
    // verify lies at this number, and the next round steps over it.
    takenUpTo = built.v
  }
  throw new CliError(
    1,
    `${department}: somebody else published ${mostTries} times in a row`,
    'Try again.',
  )
}

/** An approval that was given for another text than what is published now. */
function staleIn(before: readonly PlanBDocument[], after: readonly PlanBDocument[]): string[] {
  const bodies = new Map(before.map((document) => [documentName(document), document.body]))
  return after
    .filter((one) => keepApproval(one.body, bodies.get(documentName(one))) !== one.body)
    .map(({ kind, id }) => `${kind}/${id}`)
}

/**
 * Two who publish at one moment: the second has not seen what the first changed, and would take it back.
 *
 * @throws CliError
 */
function requireNothingSince(
  department: string,
  previous: VerifiedRelease | undefined,
  since: Publishing['since'],
): void {
  if (!previous || !since?.has(department)) return
  const before = since.get(department)
  if (before?.headHash === previous.headHash) return
  const theirs = diffDocuments(before?.documents ?? [], previous.documents)
  if (theirs.length === 0) return
  const { gen, v, edition, publishedBy } = previous
  const changed = theirs.slice(0, 5).map(({ change, kind, id }) => `${change} ${kind}/${id}`)
  throw new CliError(
    1,
    `${department}: ${publishedBy} published edition ${edition} (${versionName(gen, v)}) at the same moment: ${changed.join(', ')}. Yours was not published`,
    'Look at what they changed (planb export DIR), bring it into your plans, then run planb publish again.',
  )
}

async function build(
  open: OpenOrganisation,
  input: {
    department: string
    documents: readonly PlanBDocument[]
    previous: VerifiedRelease | undefined
    secrets: DepartmentSecrets
    takenUpTo: number
  } & Publishing,
): Promise<BuiltRelease> {
  const { department, documents, previous, secrets } = input
  const own = previous?.gen === open.root.departments[department]?.gen ? previous?.v : undefined
  return await buildRelease({
    root: open.root,
    department,
    documents,
    signer: await importSigningKey(secrets.signing, { extractable: false }),
    issued: input.now(),
    reason: input.reason,
    epoch: {
      epoch: secrets.epoch,
      key: fromBase64url(secrets.epochKey),
      member: secrets.memberKey,
    },
    previous,
    v: Math.max(own ?? 0, input.takenUpTo) + 1,
    common: department === commonDepartment ? undefined : await commonOf(open),
    recipients: previous?.epoch === secrets.epoch ? undefined : publishersOf(open, department),
  })
}

async function commonOf(open: OpenOrganisation): Promise<BuildInput['common']> {
  const { opened } = await currentDepartment(open, commonDepartment)
  if (!opened) return undefined
  const { epoch, release } = opened
  return {
    epochKey: epoch.key,
    epoch: epoch.epoch,
    floor: { gen: release.gen, v: release.v },
  }
}

/** Publishers read what they publish from any of their devices: the epoch key is wrapped for them. */
function publishersOf({ root }: OpenOrganisation, department: string): BuildInput['recipients'] {
  const kids = root.departments[department]?.publish ?? []
  return Object.fromEntries(
    kids.flatMap((kid) => {
      const jwk = root.agreementKeys?.[kid]
      return jwk ? [[kid, jwk]] : []
    }),
  )
}

/**
 * This machine's keys for a department, and what it has published.
 *
 * @throws CliError when there is no such department, no key for it here, or the key may not publish any more
 */
async function requireDepartment(
  open: OpenOrganisation,
  department: string,
): Promise<{ secrets: DepartmentSecrets; previous: VerifiedRelease | undefined }> {
  if (!Object.hasOwn(open.root.departments, department)) {
    throw new CliError(
      1,
      `the organisation has no department ${department}`,
      `It has ${Object.keys(open.root.departments).join(', ')}. Add it: planb department ${department}=TITLE`,
    )
  }
  const { secrets, opened } = await currentDepartment(open, department)
  if (!secrets) {
    throw new CliError(
      1,
      `this machine has no key to publish ${department}`,
      `Publish from the machine whose secret/departments/${department}.json holds it.`,
    )
  }
  const kid = await thumbprint(secrets.signing)
  if (!mayPublish(open.root, department, kid)) {
    throw new CliError(
      1,
      `this machine may no longer publish ${department}: its key (${kid}) was revoked in root ${open.root.v} or before`,
      `Publish from a manager's app, or let this machine in again: planb approve --own ${department}`,
    )
  }
  return { secrets, previous: opened?.release }
}
