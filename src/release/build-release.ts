import { plainText } from '#domain/plain-text.ts'
import { documentName, type PlanBDocument } from '#domain/schema/document.ts'
import { sha256, toBase64url, utf8, type Bytes } from '#trust/bytes.ts'
import { deriveSealKey, importEpochKey } from '#trust/epoch-key.ts'
import { ownValue, sameJson } from '#trust/json.ts'
import { publicHalf, type Kid, type PublicJwk, type SigningKey } from '#trust/keys.ts'
import { format, limits } from '#trust/limits.ts'
import { mayPublish, type VerifiedRoot } from '#trust/root.ts'
import { sealCompressed } from '#trust/seal.ts'
import { diffDocuments, titleOf } from './diff.ts'
import type { EpochSecret } from './epoch-secret.ts'
import { groupPacks, type PackGroup } from './group-packs.ts'
import { signHead } from './head.ts'
import type { Manifest, ManifestEntry } from './manifest.ts'
import {
  readDocument,
  type Change,
  type CommonMembership,
  type ReleaseEntry,
  type VerifiedRelease,
} from './open-release.ts'
import { ReleaseError } from './release-error.ts'
import { wrapKeys } from './wrap-keys.ts'

/** What a release is made of. */
export interface BuildInput {
  root: VerifiedRoot
  department: string
  /** All documents of the department, not only changed ones. */
  documents: readonly PlanBDocument[]
  signer: SigningKey
  issued: Date
  epoch: EpochSecret
  /** The release this one follows; its unchanged packs are used again within an epoch. */
  previous?: VerifiedRelease
  /** Number to take, where the next one is occupied by something that does not verify. */
  v?: number
  /** Key and floor of `gemensamt`; that of `previous` where it is left out. */
  common?: Omit<CommonMembership, 'floor'> & { floor: { gen: number; v: number } }
  /** Agreement keys by device id; the epoch key is wrapped for them. Left out: wraps stay as they are. */
  recipients?: Readonly<Record<Kid, PublicJwk>>
  /** Role title of who published, where a root key only seals it again; left out, that of the signer. [R7] */
  by?: string
  /** Why, for whoever reads what changed; made one line of at most 200 characters. [R28] */
  reason?: string
  /** Documents this app cannot read are carried over unless this is false. */
  keepUnreadable?: boolean
}

/** A release ready to be published. */
export interface BuiltRelease {
  department: string
  gen: number
  v: number
  edition: number
  /** The head object's bytes. */
  head: Bytes
  /** SHA-256 hex of the head's payload. */
  headHash: string
  /** Blobs that are new; those used again are in the store already. */
  blobs: { hash: string; bytes: Bytes }[]
}

/** Changes kept in the manifest, so that somebody who was away for some releases sees what happened. */
const rememberedChanges = 40
const fieldsPerChange = 20
/** Characters of a reason. */
export const longestReason = 200

/** A document on its way into a pack. */
interface Item {
  /** `kind/id` */
  name: string
  json: string
  entry: ManifestEntry
  /** As a reader will see it; undefined for one that this app only carries on. */
  document?: PlanBDocument
  /** Pack of the release before. */
  before?: number
  changed: boolean
}

/**
 * [R20]–[R26] Builds and signs a release.
 *
 * @throws ReleaseError build-signer, build-epoch, build-document, build-duplicate, build-size,
 *   department-unknown
 */
export async function buildRelease(input: BuildInput): Promise<BuiltRelease> {
  const { root, department, previous, epoch, signer } = input
  const gen = ownValue(root.departments, department)?.gen
  if (gen === undefined)
    throw new ReleaseError('department-unknown', `the root names no ${department}`)
  if (!mayPublish(root, department, signer.kid)) {
    throw new ReleaseError('build-signer', `${signer.kid} may not publish ${department}`)
  }
  if (
    previous &&
    (previous.department !== department || previous.organisation !== root.organisation)
  ) {
    throw new ReleaseError('build-epoch', 'the release before is of another place')
  }
  const sameEpoch = previous?.epoch === epoch.epoch
  if (sameEpoch && !sameJson(previous.manifest.member, epoch.member)) {
    throw new ReleaseError('build-epoch', 'other keys under the number of an epoch that is in use')
  }
  const place = { gen, v: input.v ?? (previous?.gen === gen ? previous.v + 1 : 1) }
  const edition = (previous?.edition ?? 0) + 1
  const by = input.by ?? ownValue(root.roles, signer.kid) ?? ''
  const issued = input.issued.toISOString()

  const items = await prepareItems(input, place)
  const base = sameEpoch ? previous : undefined
  const sizes = base
    ? base.head.blobs.map((_, i) => base.entries.filter((e) => e.pack === i).length)
    : []
  const groups = groupPacks(
    items.map(({ name, before, changed }) => ({ name, before: base && before, changed })),
    sizes,
  )
  const blobs: BuiltRelease['blobs'] = []
  const add = async (bytes: Bytes): Promise<[string, number]> => {
    const hash = await sha256(bytes)
    blobs.push({ hash, bytes })
    return [hash, bytes.length]
  }
  const sealing = await createSealing(root, department, epoch)
  const byName = new Map(items.map((item) => [item.name, item]))
  const packs = await Promise.all(
    groups.map(async ({ names, reuse }): Promise<[string, number]> => {
      if (base && reuse !== undefined) return base.head.blobs[reuse]! as [string, number]
      return add(await sealing.pack(names.map((name) => byName.get(name)!)))
    }),
  )
  const manifest: Manifest = {
    // What a later app has added to it is carried on.
    ...previous?.manifest,
    format,
    by,
    documents: entriesOf(groups, byName),
    changes: changesOf(input, items, { by, ...place, edition, issued }),
    member: epoch.member,
    common: commonOf(input),
  }
  const keys =
    base && !input.recipients
      ? base.head.keys
      : await add(await wrapKeys({ root, department, epoch, recipients: input.recipients ?? {} }))
  const { bytes: head, hash: headHash } = await signHead(
    {
      format,
      minFormat: format,
      org: root.organisation,
      department,
      ...place,
      ...(previous ? { prev: previous.headHash } : {}),
      root: { v: root.v, hash: root.hash },
      epoch: epoch.epoch,
      issued,
      memberKey: publicHalf(epoch.member),
      manifest: await add(await sealing.manifest(manifest)),
      keys: keys as [string, number],
      blobs: packs,
      edition,
    },
    signer,
  )
  if (head.length > limits.head) throw new ReleaseError('build-size', 'head is too large')
  return { department, ...place, edition, head, headHash, blobs }
}

/** Checks every document and says which of them are as they were. */
async function prepareItems(input: BuildInput, place: { gen: number; v: number }): Promise<Item[]> {
  const { department, previous } = input
  const parsedBefore = new Map(previous?.documents.map((d) => [`${d.kind}/${d.id}`, d.body]))
  const entriesBefore = new Map(
    previous?.entries.map((entry) => [`${entry.kind}/${entry.id}`, entry]),
  )
  const items = new Map<string, Item>()
  for (const document of input.documents) {
    const name = `${document.kind}/${document.id}`
    if (document.department !== department) {
      throw new ReleaseError('build-document', `${documentName(document)} is not of ${department}`)
    }
    if (items.has(name)) throw new ReleaseError('build-duplicate', `${name} is there twice`)
    const title = titleOf(document)
    // Parsed again: a body may come from a form or a file, and readers will hold it to the schema.
    const read = readDocument(department, { ...document, title })
    if ('code' in read) throw new ReleaseError('build-document', `${name}: ${read.code}`)
    const before = entriesBefore.get(name)
    // Compared as parsed: a default that a newer schema fills in is no change anybody made.
    const unchanged = before && sameJson(parsedBefore.get(name), read.body)
    const item = unchanged ? keep(before) : await renew(document, title, place, before)
    items.set(name, { ...item, document: read })
  }
  if (input.keepUnreadable !== false) {
    for (const { kind, id } of previous?.unreadable ?? []) {
      const name = `${kind}/${id}`
      if (!items.has(name)) items.set(name, keep(entriesBefore.get(name)!))
    }
  }
  return [...items.values()]
}

function keep({ body, ...entry }: ReleaseEntry): Item {
  const name = `${entry.kind}/${entry.id}`
  return { name, json: JSON.stringify(body), entry, before: entry.pack, changed: false }
}

async function renew(
  { kind, id, body }: PlanBDocument,
  title: string,
  place: { gen: number; v: number },
  before: ReleaseEntry | undefined,
): Promise<Item> {
  const json = JSON.stringify(body)
  const bytes = utf8(json)
  const name = `${kind}/${id}`
  if (bytes.length > limits.document) throw new ReleaseError('build-size', `${name} is too large`)
  const entry = { kind, id, title, hash: await sha256(bytes), ...place, pack: 0 }
  return { name, json, entry, before: before?.pack, changed: true }
}

function entriesOf(
  groups: readonly PackGroup[],
  byName: ReadonlyMap<string, Item>,
): ManifestEntry[] {
  return groups.flatMap(({ names }, pack) =>
    names.map((name) => ({ ...byName.get(name)!.entry, pack })),
  )
}

function changesOf(
  input: BuildInput,
  items: readonly Item[],
  stamp: Pick<Change, 'by' | 'gen' | 'v' | 'edition' | 'issued'>,
): Change[] {
  // A first release adds everything: a list of it would tell nobody anything.
  if (!input.previous) return []
  const reason = plainText(input.reason ?? '', longestReason)
  const after = items.flatMap(({ document }) => document ?? [])
  const now = diffDocuments(input.previous.documents, after).map(({ fields, ...change }) => ({
    ...change,
    fields: fields.slice(0, fieldsPerChange).map((field) => field.path.slice(0, 200)),
    ...stamp,
    ...(reason !== '' && { reason }),
  }))
  const older = Math.max(0, rememberedChanges - now.length)
  return [...now, ...input.previous.changes.slice(0, older)]
}

function commonOf(input: BuildInput): Manifest['common'] {
  if (!input.common) return input.previous?.manifest.common
  const { epochKey, epoch, floor } = input.common
  return { key: toBase64url(epochKey), epoch, gen: floor.gen, v: floor.v }
}

async function createSealing(root: VerifiedRoot, department: string, epoch: EpochSecret) {
  const key = await deriveSealKey(
    await importEpochKey(epoch.key, { extractable: false }),
    'content',
  )
  const place = { organisation: root.organisation, department, epoch: epoch.epoch }
  return {
    pack: async (items: readonly Item[]): Promise<Bytes> => {
      const documents = items.map(
        ({ entry, json }) => `{"kind":"${entry.kind}","id":"${entry.id}","body":${json}}`,
      )
      const sealed = await sealCompressed(utf8(`[${documents.join()}]`), key, {
        ...place,
        kind: 'pack',
      })
      if (sealed.length > limits.pack) throw new ReleaseError('build-size', 'a pack is too large')
      return sealed
    },
    manifest: async (manifest: Manifest): Promise<Bytes> => {
      const bytes = utf8(JSON.stringify(manifest))
      const sealed = await sealCompressed(bytes, key, { ...place, kind: 'manifest' })
      if (sealed.length > limits.manifest)
        throw new ReleaseError('build-size', 'manifest is too large')
      return sealed
    },
  }
}
