import type { PlanBDocument } from '#domain/schema/document.ts'
import { ReleaseError } from '#release/release-error.ts'
import type { DocumentConflict } from '#release/merge.ts'
import { StoreError } from '#store/store.ts'
import type { SigningKey } from '#trust/keys.ts'
import { TrustError } from '#trust/trust-error.ts'
import { SendError } from '../send-error.ts'
import { ManageError, type ManageErrorCode } from './manage-error.ts'
import { publishDrafts, type PublishedDrafts } from './publish-drafts.ts'
import type { Office } from './office.ts'

/** What is being written, as a device keeps it; see device/drafts.ts. */
export interface StoredDraft {
  name: string
  base?: { gen: number; v: number; body: unknown }
  body?: unknown
  changedAt: string
  rev: number
}

/** What waits to be published, as a device keeps it; see device/publications.ts. */
export interface StoredPublication {
  department: string
  names: string[]
  reason: string
  askedAt: string
  state: 'waiting' | 'conflict' | 'refused'
  code?: string
  tries: number
  triedAt?: string
  conflicts?: DocumentConflict[]
  /** As they were when it was asked. */
  drafts?: StoredDraft[]
}

/** The part of a device that sending needs: `drafts` and `publications` of an organisation fit. */
export interface PublicationDesk {
  drafts: {
    settle(sent: StoredDraft, place: { gen: number; v: number }): Promise<unknown>
  }
  publications: {
    get(department: string): Promise<StoredPublication | undefined>
    put(publication: StoredPublication): Promise<void>
    remove(department: string): Promise<void>
  }
}

export type SentPublication =
  | Extract<PublishedDrafts, { outcome: 'published' | 'unchanged' }>
  /** Nothing waits there: another tab has sent it, or it was taken back. */
  | { outcome: 'nothing' }
  /** Trying again may help; not before `retryAfterMs`, where that is given. */
  | { outcome: 'waiting'; code: string; retryAfterMs?: number }
  /** A person has to do something first; it is noted in the publication. */
  | { outcome: 'conflict'; conflicts: DocumentConflict[] }
  | { outcome: 'refused'; code: string }

/**
 * [M42] One try to send what waits for a department. Between any two writes everything may end: what is out already is
 * found `unchanged` by the next try, which clears what is left.
 *
 * @throws what the desk throws; errors of this program
 */
export async function sendPublication(
  office: Office,
  desk: PublicationDesk,
  input: { department: string; signer: SigningKey; others?: readonly PlanBDocument[] },
): Promise<SentPublication> {
  const { department } = input
  const publication = await desk.publications.get(department)
  if (publication?.state !== 'waiting') return { outcome: 'nothing' }
  const { reason, drafts = [] } = publication
  if (drafts.length === 0) {
    await desk.publications.remove(department)
    return { outcome: 'nothing' }
  }
  const result = await publishDrafts(office, { ...input, drafts, reason }).catch(failureOf)
  if (result.outcome === 'published' || result.outcome === 'unchanged') {
    for (const draft of drafts) await desk.drafts.settle(draft, result)
    if (await isStill(desk, publication)) await desk.publications.remove(department)
    return result
  }
  const sent = reported(result)
  if (await isStill(desk, publication)) {
    await desk.publications.put(noted(publication, sent, office.now()))
  }
  return sent
}

/** Whoever asked anew meanwhile is not answered with what became of the first. */
async function isStill(desk: PublicationDesk, { department, askedAt }: StoredPublication) {
  return (await desk.publications.get(department))?.askedAt === askedAt
}

type Failure = Extract<SentPublication, { outcome: 'waiting' | 'refused' }>
type Held = Extract<SentPublication, { outcome: 'waiting' | 'refused' | 'conflict' }>

function reported(
  result: Failure | Extract<PublishedDrafts, { outcome: 'conflicts' | 'blocked' }>,
): Held {
  if (result.outcome === 'conflicts') return { outcome: 'conflict', conflicts: result.conflicts }
  if (result.outcome === 'blocked') return { outcome: 'refused', code: 'blocked' }
  return result
}

function noted(publication: StoredPublication, sent: Held, now: Date): StoredPublication {
  const { code: _code, conflicts: _conflicts, ...rest } = publication
  return {
    ...rest,
    state: sent.outcome,
    ...(sent.outcome === 'conflict' ? { conflicts: sent.conflicts } : { code: sent.code }),
    tries: publication.tries + 1,
    triedAt: now.toISOString(),
  }
}

/** What goes by without this person: the line, the host, a key on its way here, the coordinator's unfinished work. */
const passing: ReadonlySet<ManageErrorCode> = new Set([
  'lost-race',
  'not-readable',
  'keep-unsaid',
  'root-keys',
])

/** @throws what is no failure of sending */
function failureOf(error: unknown): Failure {
  if (error instanceof SendError) {
    if (error.code === 'refused' || error.code === 'too-large') {
      return { outcome: 'refused', code: error.serverCode ?? error.code }
    }
    const { code, retryAfterMs } = error
    return { outcome: 'waiting', code, ...(retryAfterMs !== undefined && { retryAfterMs }) }
  }
  if (error instanceof StoreError) return { outcome: 'waiting', code: error.code }
  if (error instanceof ManageError) {
    return { outcome: passing.has(error.code) ? 'waiting' : 'refused', code: error.code }
  }
  if (error instanceof TrustError || error instanceof ReleaseError) {
    // A blob that did not arrive whole may do so the next time.
    const isPassing = error.code.startsWith('blob-')
    return { outcome: isPassing ? 'waiting' : 'refused', code: error.code }
  }
  throw error
}
