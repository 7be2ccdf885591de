import * as v from 'valibot'
import { sha256, utf8, type Bytes } from './bytes.ts'
import { ownValue, parseStrictJson, sameJson } from './json.ts'
import { kidOf, parseGeneral, signGeneral, verifyGeneral, type KeyOf } from './jws.ts'
import { thumbprint, type Kid, type PublicJwk, type SigningKey } from './keys.ts'
import { format, limits } from './limits.ts'
import { rootSchema, type Root } from './root-schema.ts'
import { TrustError } from './trust-error.ts'

declare const brand: unique symbol

/** A root that somebody this phone has reason to believe has signed. Only this file makes one. */
export type VerifiedRoot = Root & {
  readonly [brand]: 'VerifiedRoot'
  /** SHA-256 hex of the payload. */
  readonly hash: string
  /** Hash of root 1's payload: the organisation's id. */
  readonly organisation: string
}

const typ = 'planb-root+jws'

/** Where it is noted that enough root keys signed; no name that a payload could hold. */
const agreement = Symbol('agreement')

/** [T18] Above this generation it takes `needForRoot` signatures to raise it: half are left for two keys. */
const lastGenOfOneKey = 5000

/** A year, in milliseconds. */
const reviewAfter = 365 * 24 * 3600 * 1000

/** Fields of which a single root key may sign a change; each is looked at more closely below. */
const minorFields = new Set([
  'v',
  'issued',
  'org',
  'reviewBy',
  'departments',
  'stores',
  'wiped',
  // Keys, titles and agreement keys of publishers: part of letting a manager in. Those of root keys are not.
  'keys',
  'roles',
  'agreementKeys',
])

/**
 * [T10]–[T14] Root 1, believed because its payload has the hash one was given in person.
 *
 * @param organisation SHA-256 hex of root 1's payload, from an invitation or a restore payload
 * @throws TrustError root-hash, root-version, root-malformed, root-signatures, format-newer, and those of jws.ts
 */
export async function verifyFirstRoot(
  bytes: Uint8Array,
  organisation: string,
): Promise<VerifiedRoot> {
  const { payload, hash } = await readRoot(bytes)
  if (hash !== organisation) throw new TrustError('root-hash', 'not the root that was asked for')
  const root = await parseRoot(payload)
  if (root.v !== 1 || root.org !== undefined) throw new TrustError('root-version', 'not a root 1')
  const { kids } = await verifyGeneral(bytes, typ, rootKeys(root))
  if (kids.length < root.root.needForRoot) throw tooFew(kids.length, root)
  return verified(root, hash, organisation, kids)
}

/**
 * [T15]–[T19] The root after `current`, signed under the rules of both.
 *
 * @throws TrustError root-version, root-organisation, root-signatures, root-gen, root-department-gone,
 *   root-malformed, format-newer (signed by a root key of `current`; the app is too old to read it), and
 *   those of jws.ts
 */
export async function verifyNextRoot(
  bytes: Uint8Array,
  current: VerifiedRoot,
): Promise<VerifiedRoot> {
  const { payload, hash } = await readRoot(bytes)
  await refuseNewerFormat(bytes, payload, current)
  const next = await parseRoot(payload)
  if (next.org !== current.organisation) {
    throw new TrustError('root-organisation', 'belongs to another organisation')
  }
  if (next.v !== current.v + 1) {
    throw new TrustError('root-version', `root ${next.v} does not follow root ${current.v}`)
  }
  const [ofCurrent, ofNext] = [rootKeys(current), rootKeys(next)]
  const { kids } = await verifyGeneral(bytes, typ, (kid) => ofCurrent(kid) ?? ofNext(kid))
  const underCurrent = kids.filter((kid) => current.root.kids.includes(kid)).length
  const underNext = kids.filter((kid) => next.root.kids.includes(kid)).length
  const minor = isMinorChange(current, next)
  if (underCurrent < (minor ? 1 : current.root.needForRoot)) throw tooFew(underCurrent, current)
  if (underNext < (minor ? 1 : next.root.needForRoot)) throw tooFew(underNext, next)
  for (const [id, before] of Object.entries(current.departments)) {
    const after = ownValue(next.departments, id)
    if (!after) throw new TrustError('root-department-gone', `${id} is ended, never taken out`)
    if (after.gen < before.gen) throw new TrustError('root-gen', `gen of ${id} goes down`)
  }
  return verified(next, hash, current.organisation, kids)
}

/**
 * Whether as many of its own root keys signed a root as it takes to change root keys: more than one stolen key can
 * do. What only such roots said is not for one key to take away ([S3]).
 */
export function isAgreed(root: VerifiedRoot): boolean {
  return (root as { [agreement]?: boolean })[agreement] === true
}

/**
 * A root this device has verified before, read again from its own memory by the hash it noted then; the
 * chain is not walked again.
 *
 * @throws TrustError root-hash, root-malformed, format-newer
 */
export async function verifyKnownRoot(
  bytes: Uint8Array,
  known: { hash: string; organisation: string },
): Promise<VerifiedRoot> {
  const { payload, hash, signers } = await readRoot(bytes)
  if (hash !== known.hash) throw new TrustError('root-hash', 'not the root that was stored')
  const root = await parseRoot(payload)
  if ((root.org ?? hash) !== known.organisation) {
    throw new TrustError('root-organisation', 'belongs to another organisation')
  }
  return verified(root, hash, known.organisation, signers)
}

/** Signs a root. The keys given are those whose owners agree; verifying counts them. */
export async function signRoot(
  root: Root,
  keys: readonly SigningKey[],
): Promise<{ bytes: Bytes; hash: string }> {
  const payload = utf8(JSON.stringify(root))
  return { bytes: await signGeneral(typ, payload, keys), hash: await sha256(payload) }
}

/** What a coordinator decides when starting an organisation. */
export interface FirstRootInput {
  title: string
  example?: boolean
  issued: Date
  /** Three by default: the coordinator's device and two papers. All of them sign. */
  rootKeys: readonly SigningKey[]
  /** Role title of who holds the root keys. */
  coordinator?: string
  recovery: PublicJwk
  departments: readonly {
    id: string
    title: string
    publishers: readonly { kid: Kid; jwk: PublicJwk; role: string; agreement?: PublicJwk }[]
  }[]
  stores: readonly { url: string; write: boolean }[]
}

/** Root 1 of a new organisation; its hash is the organisation's id from then on. */
export async function createFirstRoot(
  input: FirstRootInput,
): Promise<{ bytes: Bytes; hash: string }> {
  const publishers = input.departments.flatMap((department) => department.publishers)
  const signers = input.rootKeys.map(({ kid, jwk }) => ({
    kid,
    jwk,
    role: input.coordinator ?? 'Beredskapssamordnare',
  }))
  const agreementKeys = publishers.flatMap(({ kid, agreement }) =>
    agreement ? [[kid, agreement]] : [],
  )
  const root: Root = {
    format,
    minFormat: format,
    v: 1,
    title: input.title,
    ...(input.example ? { example: true } : {}),
    issued: input.issued.toISOString(),
    reviewBy: new Date(input.issued.getTime() + reviewAfter).toISOString(),
    keys: Object.fromEntries([...signers, ...publishers].map(({ kid, jwk }) => [kid, jwk])),
    roles: Object.fromEntries([...publishers, ...signers].map(({ kid, role }) => [kid, role])),
    ...(agreementKeys.length > 0 ? { agreementKeys: Object.fromEntries(agreementKeys) } : {}),
    root: { kids: input.rootKeys.map(({ kid }) => kid), needForRoot: 2 },
    departments: Object.fromEntries(
      input.departments.map(({ id, title, publishers: own }) => {
        const publish = own.map(({ kid }) => kid)
        return [id, { title, gen: 1, publish, approve: [], start: publish }]
      }),
    ),
    stores: [...input.stores],
    wiped: [],
    recovery: input.recovery,
  }
  return signRoot(root, input.rootKeys)
}

/** What the next root would say: `change` over `current`, unknown fields kept. Not yet signed. */
export function nextRoot(current: VerifiedRoot, change: Partial<Root> & { issued: string }): Root {
  const { hash: _hash, organisation, ...root } = current
  return { ...root, org: organisation, v: current.v + 1, ...change } as Root
}

/** Whether a single root key may sign the step from one root to the other. */
export function isMinorChange(current: Root, next: Root): boolean {
  const fields = new Set([...Object.keys(current), ...Object.keys(next)])
  for (const field of fields) {
    if (field === 'hash' || field === 'organisation' || minorFields.has(field)) continue
    if (!sameJson(ownValue<unknown>(current, field), ownValue<unknown>(next, field))) return false
  }
  const aboutRootKeys = (root: Root) =>
    root.root.kids.map((kid) => [
      ownValue(root.roles, kid),
      ownValue(root.agreementKeys ?? {}, kid),
    ])
  if (!sameJson(aboutRootKeys(current), aboutRootKeys(next))) return false
  // One stolen root key must not use up a department's 9,999 generations, neither at once nor one by one.
  return Object.entries(next.departments).every(([id, { gen }]) => {
    const before = ownValue(current.departments, id)?.gen ?? 0
    return gen <= before || (gen === before + 1 && gen <= lastGenOfOneKey)
  })
}

/** The key of a publisher of a department, or of a root key, which may sign for any. */
export function publisherKey(root: VerifiedRoot, department: string): KeyOf {
  const publishers = ownValue(root.departments, department)?.publish ?? []
  return (kid) =>
    publishers.includes(kid) || root.root.kids.includes(kid) ? ownValue(root.keys, kid) : undefined
}

/** Whether the root lets this key publish for the department. */
export function mayPublish(root: VerifiedRoot, department: string, kid: Kid): boolean {
  return publisherKey(root, department)(kid) !== undefined
}

function rootKeys(root: Root): KeyOf {
  return (kid) => (root.root.kids.includes(kid) ? ownValue<PublicJwk>(root.keys, kid) : undefined)
}

/** What a root's bytes hold and who claims to have signed, before anybody has said that it holds. */
async function readRoot(
  bytes: Uint8Array,
): Promise<{ payload: Bytes; hash: string; signers: Kid[] }> {
  if (bytes.length > limits.root) throw new TrustError('too-large', 'root is too large')
  const { parts, payload } = parseGeneral(bytes)
  const signers = parts.map((part) => kidOf(part.protected, typ))
  return { payload, hash: await sha256(payload), signers }
}

async function parseRoot(payload: Bytes): Promise<Root> {
  const value = parseStrictJson(payload)
  if (minFormatOf(value) > format) throw new TrustError('format-newer', 'root needs a newer app')
  const result = v.safeParse(rootSchema, value)
  if (!result.success) {
    const where = result.issues.map((issue) => v.getDotPath(issue) ?? '').join(', ')
    throw new TrustError('root-malformed', `root is not as it should be: ${where}`)
  }
  const root = result.output
  // [T14] The parser drops names such as `constructor`: a field nobody would see could be signed past T17.
  if (!sameJson(root, value)) throw new TrustError('root-malformed', 'a name that cannot be kept')
  await checkKeys(root)
  return root
}

/** [T12] Every kid is the thumbprint of its key, every kid that is named has one, none is named twice. */
async function checkKeys(root: Root): Promise<void> {
  for (const [kid, jwk] of Object.entries(root.keys)) {
    if ((await thumbprint(jwk)) !== kid)
      throw new TrustError('root-malformed', `${kid} is another key`)
  }
  const departments = Object.values(root.departments).flatMap((d) => [
    ...d.publish,
    ...d.approve,
    ...d.start,
  ])
  const missing = [...root.root.kids, ...departments].find((kid) => !Object.hasOwn(root.keys, kid))
  if (missing) throw new TrustError('root-malformed', `no key for ${missing}`)
  const distinct = new Set<Kid>(root.root.kids).size
  if (distinct !== root.root.kids.length || root.root.needForRoot > distinct) {
    throw new TrustError('root-malformed', 'root keys repeat, or fewer than are needed')
  }
}

/**
 * A root of a later format may not even parse here. It says "update" only when a root key we know has
 * signed it: nobody else can make an app ask for an update.
 */
async function refuseNewerFormat(
  bytes: Uint8Array,
  payload: Bytes,
  current: VerifiedRoot,
): Promise<void> {
  if (minFormatOf(parseStrictJson(payload)) <= format) return
  const { parts } = parseGeneral(bytes)
  for (const part of parts) {
    const alone = utf8(
      JSON.stringify({
        payload: part.payload,
        signatures: [{ protected: part.protected, signature: part.signature }],
      }),
    )
    const good = await verifyGeneral(alone, typ, rootKeys(current)).catch(() => undefined)
    if (good) throw new TrustError('format-newer', 'root needs a newer app')
  }
  throw new TrustError('root-signatures', 'no root key we know has signed it')
}

export function minFormatOf(value: unknown): number {
  const minFormat = (value as { minFormat?: unknown } | null)?.minFormat
  return typeof minFormat === 'number' ? minFormat : 0
}

function tooFew(count: number, root: Root): TrustError {
  return new TrustError('root-signatures', `${count} of ${root.root.needForRoot} needed signatures`)
}

function verified(
  root: Root,
  hash: string,
  organisation: string,
  signers: readonly Kid[],
): VerifiedRoot {
  const own = new Set(signers.filter((kid) => root.root.kids.includes(kid)))
  // Not enumerable: the next root is made from this one's fields.
  Object.defineProperty(root, agreement, { value: own.size >= root.root.needForRoot })
  return Object.assign(root, { hash, organisation }) as VerifiedRoot
}
