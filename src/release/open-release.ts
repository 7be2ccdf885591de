import * as v from 'valibot'
import { documentSchemas, type DocumentKind, type PlanBDocument } from '#domain/schema/document.ts'
import { nameProblemOf } from '#domain/validate-document.ts'
import { fromBase64url } from '#trust/bytes.ts'
import { ownValue } from '#trust/json.ts'
import { deriveSealKey, type EpochKey } from '#trust/epoch-key.ts'
import { limits } from '#trust/limits.ts'
import { openCompressed } from '#trust/seal.ts'
import { checkBlob } from './check-blob.ts'
import { blobsOf, type VerifiedHead } from './head.ts'
import {
  manifestSchema,
  packSchema,
  parseShape,
  type Manifest,
  type ManifestEntry,
} from './manifest.ts'
import { ReleaseError } from './release-error.ts'

/** Gives the bytes of a blob by its hash; undefined or a rejection when it cannot be had. */
export type BlobSource = (hash: string) => Promise<Uint8Array | undefined>

/** A document as it lies in a pack, before any schema has looked at it. */
export interface ReleaseEntry extends ManifestEntry {
  body: unknown
}

/** A document this app cannot show: a kind of a later app, or a body that is not as it should be. */
export interface UnreadableDocument {
  kind: string
  id: string
  title: string
  code: 'unknown-kind' | 'bad-name' | 'body-malformed'
}

export type Change = Manifest['changes'][number]

/** Key and floor of `gemensamt`, for whoever reads this department. */
export interface CommonMembership {
  /** 32 bytes, for importEpochKey. */
  epochKey: Uint8Array
  epoch: number
  floor: { gen: number; v: number; epoch: number }
}

declare const brand: unique symbol

/** A release whose every byte was named by a signature the root stands for. Only this file makes one. */
export interface VerifiedRelease {
  readonly [brand]: 'VerifiedRelease'
  readonly organisation: string
  readonly department: string
  readonly gen: number
  readonly v: number
  readonly epoch: number
  /** The number people see. */
  readonly edition: number
  readonly issued: string
  readonly headHash: string
  /** Role title. */
  readonly publishedBy: string
  readonly documents: readonly PlanBDocument[]
  readonly unreadable: readonly UnreadableDocument[]
  /** Newest first: those of this release, then some before it. */
  readonly changes: readonly Change[]
  readonly common?: CommonMembership
  readonly blobs: readonly { hash: string; size: number }[]
  readonly head: VerifiedHead
  readonly manifest: Manifest
  /** Every document as it lies in the packs, for the next release to build on. */
  readonly entries: readonly ReleaseEntry[]
}

/**
 * [R11]–[R16] Opens a release: every blob has the size and hash the head names, every pack holds what the
 * manifest says. One document that cannot be read leaves the others readable.
 *
 * @throws ReleaseError blob-*, manifest-*, pack-malformed; TrustError seal-*, inflate-*, json-*
 */
export async function openRelease(source: {
  head: VerifiedHead
  blob: BlobSource
  epochKey: EpochKey
}): Promise<VerifiedRelease> {
  const { head } = source
  const open = await createOpener(source)
  const [manifest, packs] = await Promise.all([
    open.manifest(),
    Promise.all(head.blobs.map((_, index) => open.pack(index))),
  ])
  const entries = joinEntries(manifest, packs)
  const documents: PlanBDocument[] = []
  const unreadable: UnreadableDocument[] = []
  for (const entry of entries) {
    const read = readDocument(head.department, entry)
    if ('code' in read) unreadable.push(read)
    else documents.push(read)
  }
  const release = {
    organisation: head.org,
    department: head.department,
    gen: head.gen,
    v: head.v,
    epoch: head.epoch,
    edition: head.edition,
    issued: head.issued,
    headHash: head.hash,
    publishedBy: publisherTitle(head, manifest),
    documents,
    unreadable,
    changes: manifest.changes,
    common: commonOf(manifest),
    blobs: blobsOf(head).map(({ hash, size }) => ({ hash, size })),
    head,
    manifest,
    entries,
  }
  return release as Omit<VerifiedRelease, typeof brand> as VerifiedRelease
}

/** What a document's raw body says to this app. Unknown fields stay in it. */
export function readDocument(
  department: string,
  entry: { kind: string; id: string; title: string; body: unknown },
): PlanBDocument | UnreadableDocument {
  const { kind, id, title } = entry
  const schema = ownValue<v.GenericSchema>(documentSchemas, kind)
  if (!schema) return { kind, id, title, code: 'unknown-kind' }
  // What the organisation has one of belongs to all: one department's publisher must not bring another.
  if (nameProblemOf(department, kind as DocumentKind, id) !== undefined)
    return { kind, id, title, code: 'bad-name' }
  const result = v.safeParse(schema, entry.body)
  if (!result.success) return { kind, id, title, code: 'body-malformed' }
  return { department, kind, id, body: result.output } as PlanBDocument
}

async function createOpener(source: { head: VerifiedHead; blob: BlobSource; epochKey: EpochKey }) {
  const { head, blob } = source
  const key = await deriveSealKey(source.epochKey, 'content')
  const place = { organisation: head.org, department: head.department, epoch: head.epoch }
  const checked = async ([hash, size]: readonly [string, number]) =>
    checkBlob(await blob(hash), { hash, size })
  return {
    manifest: async () => {
      const context = { ...place, kind: 'manifest' } as const
      const sealed = await checked(head.manifest)
      const bytes = await openCompressed(sealed, key, context, limits.manifestInflated)
      return parseShape(manifestSchema, bytes, 'manifest-malformed')
    },
    pack: async (index: number) => {
      const context = { ...place, kind: 'pack' } as const
      const sealed = await checked(head.blobs[index]!)
      const bytes = await openCompressed(sealed, key, context, limits.packInflated)
      return parseShape(packSchema, bytes, 'pack-malformed')
    },
  }
}

/** [R13] Manifest and packs name the same documents in the same places, each once. */
function joinEntries(
  manifest: Manifest,
  packs: readonly { kind: string; id: string; body: unknown }[][],
): ReleaseEntry[] {
  const bodies = new Map<string, unknown>()
  for (const [pack, documents] of packs.entries()) {
    for (const document of documents)
      bodies.set(`${pack}/${document.kind}/${document.id}`, document.body)
  }
  const names = new Set(manifest.documents.map((entry) => `${entry.kind}/${entry.id}`))
  const count = packs.reduce((sum, pack) => sum + pack.length, 0)
  if (names.size !== manifest.documents.length || count !== names.size) {
    throw new ReleaseError('manifest-mismatch', 'manifest and packs count other documents')
  }
  return manifest.documents.map((entry) => {
    const place = `${entry.pack}/${entry.kind}/${entry.id}`
    if (!bodies.has(place)) throw new ReleaseError('manifest-mismatch', `${place} is in no pack`)
    return { ...entry, body: bodies.get(place) }
  })
}

/**
 * The role the root gives the signer, not one that the content claims; where a root key has signed
 * (again, after a revocation, or for the coordinator) the manifest it vouches for says who published.
 */
function publisherTitle(head: VerifiedHead, manifest: Manifest): string {
  return head.byRootKey ? manifest.by : (head.signerRole ?? manifest.by)
}

function commonOf(manifest: Manifest): CommonMembership | undefined {
  if (!manifest.common) return undefined
  const { key, epoch, gen, v: number } = manifest.common
  const epochKey = fromBase64url(key)
  if (epochKey.length !== 32)
    throw new ReleaseError('manifest-malformed', 'common key is not 32 bytes')
  return { epochKey, epoch, floor: { gen, v: number, epoch } }
}
