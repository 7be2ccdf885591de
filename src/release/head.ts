import * as v from 'valibot'
import { identifier, instant } from '#domain/schema/values.ts'
import { sha256, utf8, type Bytes } from '#trust/bytes.ts'
import { ownValue, parseStrictJson } from '#trust/json.ts'
import { signCompact, verifyCompact } from '#trust/jws.ts'
import { publicJwkSchema, type Kid, type SigningKey } from '#trust/keys.ts'
import { format, limits } from '#trust/limits.ts'
import { countSchema, genSchema, hashSchema } from '#trust/root-schema.ts'
import { minFormatOf, publisherKey, type VerifiedRoot } from '#trust/root.ts'
import { TrustError } from '#trust/trust-error.ts'
import { ReleaseError } from './release-error.ts'

function blobSchema(maxSize: number) {
  const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxSize))
  return v.strictTuple([hashSchema, size])
}

/** What a head says (TRUST "Objects"). Unknown fields are kept. */
export const headSchema = v.looseObject({
  format: countSchema,
  minFormat: countSchema,
  org: hashSchema,
  department: identifier,
  gen: genSchema,
  v: countSchema,
  /** Payload hash of the head before; a list after a merge; left out in the first. */
  prev: v.optional(v.union([hashSchema, v.pipe(v.array(hashSchema), v.maxLength(16))])),
  /** The newest root its publisher knew. */
  root: v.looseObject({ v: countSchema, hash: hashSchema }),
  epoch: countSchema,
  issued: instant,
  /** Public half of the epoch's member key: what members sign is told from what strangers sign. */
  memberKey: publicJwkSchema,
  manifest: blobSchema(limits.manifest),
  keys: blobSchema(limits.keys),
  /** The packs, in the order the manifest counts them. */
  blobs: v.pipe(v.array(blobSchema(limits.pack)), v.maxLength(limits.packs)),
  /** The number people see; it never goes down. */
  edition: countSchema,
})
export type Head = v.InferOutput<typeof headSchema>

declare const brand: unique symbol

/** A head somebody the root names has signed. Only this file makes one. */
export type VerifiedHead = Head & {
  readonly [brand]: 'VerifiedHead'
  /** SHA-256 hex of the payload. */
  readonly hash: string
  readonly signer: Kid
  /** The role title the root gives the signer; it is not for the content to claim one. */
  readonly signerRole: string | undefined
  /** True when a root key has signed: the coordinator, or a re-signed head after a revocation. */
  readonly byRootKey: boolean
}

const typ = 'planb-head+jws'

/**
 * [R1]–[R4] Whether a head may be believed under this root. Whether it is newer than what one holds is
 * asked with isNewer: an old head is well signed and still refused, and seeing one proves a rollback.
 *
 * @throws TrustError too-large, format-newer (signed by a publisher; the app is too old), and those of
 *   trust/jws.ts; ReleaseError head-malformed, head-organisation, head-department, head-gen, department-unknown
 */
export async function verifyHead(
  bytes: Uint8Array,
  context: { root: VerifiedRoot; department: string },
): Promise<VerifiedHead> {
  const { root, department } = context
  if (bytes.length > limits.head) throw new TrustError('too-large', 'head is too large')
  const named = ownValue(root.departments, department)
  if (!named) throw new ReleaseError('department-unknown', `the root names no ${department}`)
  const { kid, payload } = await verifyCompact(bytes, typ, publisherKey(root, department))
  const head = parseHead(payload)
  if (head.org !== root.organisation) {
    throw new ReleaseError('head-organisation', 'head of another organisation')
  }
  if (head.department !== department) {
    throw new ReleaseError('head-department', `head of ${head.department}, not of ${department}`)
  }
  if (head.gen !== named.gen) {
    throw new ReleaseError('head-gen', `gen ${head.gen}, where the root says ${named.gen}`)
  }
  return Object.assign(head, {
    hash: await sha256(payload),
    signer: kid,
    signerRole: ownValue<string>(root.roles, kid),
    byRootKey: root.root.kids.includes(kid),
  }) as VerifiedHead
}

/** Signs a head. */
export async function signHead(
  head: Head,
  signer: SigningKey,
): Promise<{ bytes: Bytes; hash: string }> {
  const payload = utf8(JSON.stringify(head))
  return { bytes: await signCompact(typ, payload, signer), hash: await sha256(payload) }
}

/** The head's own fields, without what verifying added. */
export function payloadOf(head: VerifiedHead): Head {
  const {
    hash: _hash,
    signer: _signer,
    signerRole: _role,
    byRootKey: _byRootKey,
    ...payload
  } = head
  return payload as Head
}

/** Where a release stands: generation first, then number. */
export interface Place {
  gen: number
  v: number
}

/** [R5] Whether a head stands above what one holds. Equal is not newer. */
export function isNewer(head: Place, held: Place): boolean {
  return head.gen > held.gen || (head.gen === held.gen && head.v > held.v)
}

/** How the root a head names stands to the root one holds: `newer` cannot be had (yet), `fork` is an alarm. */
export function compareRoot(
  head: { root: { v: number; hash: string } },
  root: VerifiedRoot,
): 'same' | 'older' | 'newer' | 'fork' {
  if (head.root.v !== root.v) return head.root.v > root.v ? 'newer' : 'older'
  return head.root.hash === root.hash ? 'same' : 'fork'
}

/** One object a head names in the store. */
export interface NamedBlob {
  kind: 'manifest' | 'keys' | 'pack'
  hash: string
  size: number
}

/** Every blob a head names, each hash once. */
export function blobsOf(head: Head): NamedBlob[] {
  const named: NamedBlob[] = [
    { kind: 'manifest', hash: head.manifest[0], size: head.manifest[1] },
    { kind: 'keys', hash: head.keys[0], size: head.keys[1] },
    ...head.blobs.map(([hash, size]) => ({ kind: 'pack' as const, hash, size })),
  ]
  return [...new Map(named.map((blob) => [blob.hash, blob])).values()]
}

function parseHead(payload: Bytes): Head {
  const value = parseStrictJson(payload)
  if (minFormatOf(value) > format) throw new TrustError('format-newer', 'head needs a newer app')
  const result = v.safeParse(headSchema, value)
  if (!result.success) {
    const where = result.issues.map((issue) => v.getDotPath(issue) ?? '').join(', ')
    throw new ReleaseError('head-malformed', `head is not as it should be: ${where}`)
  }
  return result.output
}
