import { shortId } from '#journal/short-id.ts'
import { verifyBeat } from '#release/beat.ts'
import { confirmedAt } from '#release/confirmed-at.ts'
import { versionCode } from '#release/version-code.ts'
import { currentHead } from '#server/current-head.ts'
import { LIMITS, beatPath, headFolder, headPath } from '#store/layout.ts'
import { checkWords } from '#trust/check-words.ts'
import { ownValue } from '#trust/json.ts'
import { thumbprint } from '#trust/keys.ts'
import { CliError } from './command.ts'
import { currentDepartment, keysAtHand } from './current-release.ts'
import { finishCommand } from './finish-command.ts'
import { readJournal } from './read-journal.ts'
import { rootKeysInUse } from './root-keys-in-use.ts'
import { createLocalWriteStore } from '#server/local-write-store.ts'
import { createOpen } from '#sync/manage/create-open.ts'
import { ManageError } from '#sync/manage/manage-error.ts'
import { recentVersions, type RecentVersion } from '#sync/manage/recent-versions.ts'
import { unfinishedDepartments } from '#sync/manage/unfinished.ts'
import { TrustError } from '#trust/trust-error.ts'
import { readDepartment } from './secrets.ts'
import { seenHead } from './seen-heads.ts'
import type { CliContext } from './command.ts'
import type { OpenOrganisation } from './data-folder.ts'
import type { AlarmNote } from '#journal/alarms.ts'
import type { Phone } from '#journal/phones.ts'
import type { VerifiedHead } from '#release/head.ts'
import type { Kid } from '#trust/keys.ts'

/** What `planb status` tells; `--json` prints it as it is. Nothing in it is secret. */
export interface Status {
  organisation: string
  title: string
  example: boolean
  checkWords: string[]
  data: string
  root: { v: number; hash: string; issued: string; reviewBy: string; needForRoot: number }
  stores: { url: string; write: boolean }[]
  /** Keys the root names. `isHere`: this machine holds the private half. */
  keys: { kid: Kid; role?: string; isRoot: boolean; publishes: string[]; isHere: boolean }[]
  recovery: { kid: Kid; isHere: boolean }
  /** Devices whose access has ended. */
  wiped: Kid[]
  departments: DepartmentStatus[]
}

export interface DepartmentStatus {
  id: string
  title: string
  gen: number
  /** A generation was begun (a key revoked) and its head is not signed yet: run the command again. */
  isUnfinished?: true
  /** [M13] The command that finishes it; where nobody has said which version counts, V in it is one of those. */
  finish?: { command: string; versions: RecentVersion[] }
  /** What was published last is in a format this program does not know: nothing more is told of it here. */
  needsNewerProgram?: true
  /** Left out while nothing is published. */
  published?: {
    v: number
    edition: number
    epoch: number
    issued: string
    publishedBy?: string
    documents?: number
    /** What two people compare by telephone. */
    versionCode: string
    /** When somebody last signed that this is current: publishing counts. */
    confirmedAt?: string
    /** Why it could not be opened. */
    problem?: string
  }
  /** `short` is what stands beside the phone's name on screens. */
  phones: (Phone & { short: string })[]
  alarms: AlarmNote[]
}

/** @throws StoreError; CliError for damaged secrets */
export async function describeStatus(context: CliContext, open: OpenOrganisation): Promise<Status> {
  const { root, secrets } = open
  const here = new Set((await rootKeysInUse(open)).map(({ kid }) => kid))
  for (const department of Object.keys(root.departments)) {
    const own = await readDepartment(open.secret, department)
    if (own) here.add(await thumbprint(own.signing))
  }
  const recovery = await thumbprint(root.recovery)
  const finishes = await finishesOf(context, open)
  const departments: DepartmentStatus[] = []
  for (const id of Object.keys(root.departments)) {
    const finish = finishes.get(id)
    const described = await describeDepartment(context, open, id)
    departments.push({ ...described, ...(finish && { isUnfinished: true, finish }) })
  }
  return {
    organisation: root.organisation,
    title: root.title,
    example: root.example === true,
    checkWords: checkWords(root.organisation),
    data: open.path,
    root: {
      v: root.v,
      hash: root.hash,
      issued: root.issued,
      reviewBy: root.reviewBy,
      needForRoot: root.root.needForRoot,
    },
    stores: root.stores.map(({ url, write }) => ({ url, write })),
    keys: Object.keys(root.keys).map((kid) => {
      const role = ownValue<string>(root.roles, kid)
      const publishes = Object.entries(root.departments)
        .filter(([, { publish }]) => publish.includes(kid))
        .map(([id]) => id)
      const isRoot = root.root.kids.includes(kid)
      return { kid, ...(role && { role }), isRoot, publishes, isHere: here.has(kid) }
    }),
    recovery: { kid: recovery, isHere: (await thumbprint(secrets.recovery)) === recovery },
    wiped: root.wiped,
    departments,
  }
}

/** [M13] By department, what finishes what was stopped there. What the store hides or has lost is not guessed at. */
async function finishesOf(
  context: CliContext,
  open: OpenOrganisation,
): Promise<Map<string, NonNullable<DepartmentStatus['finish']>>> {
  const { root, secret } = open
  const store = localStore(context, open)
  const held = (department: string) => seenHead(secret, root.organisation, department)
  const office = { store, held }
  const unfinished = await unfinishedDepartments(office, root).catch((error: unknown) => {
    if (error instanceof ManageError || error instanceof TrustError) return []
    throw error
  })
  const unsaid = unfinished.filter(({ isUnsaid }) => isUnsaid)
  const finishes = new Map<string, NonNullable<DepartmentStatus['finish']>>()
  for (const { department, gone, isUnsaid } of unfinished) {
    finishes.set(department, {
      command: isUnsaid ? finishCommand(unsaid) : `planb revoke ${gone}`,
      versions: isUnsaid ? await recentVersions(office, root, department, { gone }) : [],
    })
  }
  return finishes
}

function localStore({ now }: CliContext, { store, root }: OpenOrganisation) {
  return createLocalWriteStore(store, {
    organisation: root.organisation,
    allowExample: true,
    now,
  })
}

async function describeDepartment(
  context: CliContext,
  open: OpenOrganisation,
  id: string,
): Promise<DepartmentStatus> {
  const { title, gen } = open.root.departments[id]!
  const current = await currentHead(open.store, open.root, id).catch((error: unknown) => {
    if (error instanceof TrustError && error.code === 'format-newer') return 'newer' as const
    throw error
  })
  // Told, not thrown: the keys stand in the same list, and one of them may have to be revoked for it.
  if (current === 'newer') {
    return { id, title, gen, needsNewerProgram: true, phones: [], alarms: [] }
  }
  if (!current) {
    const isUnfinished = gen > 1 && (await open.store.list(headFolder(id))).length > 0
    return { id, title, gen, ...(isUnfinished && { isUnfinished }), phones: [], alarms: [] }
  }
  const { head } = current
  const confirmed = await readConfirmed(context, open, head)
  const published: NonNullable<DepartmentStatus['published']> = {
    v: head.v,
    edition: head.edition,
    epoch: head.epoch,
    issued: head.issued,
    versionCode: versionCode(head),
    ...(confirmed && { confirmedAt: confirmed }),
  }
  try {
    const { opened } = await currentDepartment(open, id)
    if (opened) {
      published.publishedBy = opened.release.publishedBy
      published.documents = opened.release.documents.length
    }
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    return {
      id,
      title,
      gen,
      published: { ...published, problem: error.message },
      phones: [],
      alarms: [],
    }
  }
  const store = localStore(context, open)
  const keys = await keysAtHand(store, open.secrets, await readDepartment(open.secret, id))
  const journal = await readJournal({ store, open: createOpen(keys) }, open.root, id)
  return {
    id,
    title,
    gen,
    published,
    phones: (journal?.phones ?? []).map((phone) => ({ ...phone, short: shortId(phone.device) })),
    alarms: journal?.alarms ?? [],
  }
}

async function readConfirmed(
  { now }: CliContext,
  { store, root }: OpenOrganisation,
  head: VerifiedHead,
): Promise<string | undefined> {
  const { department } = head
  const path = beatPath(department)
  const bytes = await store.get(path, { maxBytes: LIMITS.beat })
  const beat = bytes && (await verifyBeat(bytes, { root, department }).catch(() => undefined))
  const received = async (of: string, otherwise: string) => {
    const at = await store.storedAt(of)
    return at === undefined ? otherwise : new Date(at).toISOString()
  }
  return confirmedAt({
    issued: head.issued,
    receivedAt: await received(headPath(department, head.gen, head.v), head.issued),
    beats:
      beat?.head === head.hash
        ? [{ time: beat.time, receivedAt: await received(path, beat.time) }]
        : [],
    now: now(),
  })
}
