import * as v from 'valibot'
import { identifier } from '#domain/schema/values.ts'
import type { Kid, PublicJwk } from './keys.ts'
import { thumbprint } from './keys.ts'
import { ownValue } from './json.ts'
import { nextRoot, type VerifiedRoot } from './root.ts'
import type { Root } from './root-schema.ts'
import { isStoreAddress } from './store-address.ts'
import { TrustError } from './trust-error.ts'

/** Whom a root lets publish, and where. */
export interface NewPublisher {
  kid: Kid
  jwk: PublicJwk
  /** Key wraps of new epochs go to it. */
  agreement?: PublicJwk
  /** Role title; it is public. */
  role: string
  departments: readonly string[]
  /** Also approves routines of health care there. Default: no. */
  approve?: boolean
  /** Also starts phone trees there. Default: yes, as those of root 1. */
  start?: boolean
  issued: Date
}

/** As many as root-schema.ts takes. */
const mostWiped = 5000
const lastGen = 9999

type Departments = Root['departments']

/**
 * [T70] Lets a key publish for departments. Under one root key. Not yet signed, as everything here.
 *
 * @throws TrustError root-key-in-use (a root key publishes everywhere already), device-wiped, root-malformed (a
 *   department the root does not name)
 */
export function approvePublisher(root: VerifiedRoot, publisher: NewPublisher): Root {
  const { kid, jwk, agreement, role, approve, start } = publisher
  refuseRootKey(root, kid)
  if (root.wiped.includes(kid)) throw new TrustError('device-wiped', `${kid} has lost its access`)
  const departments: Departments = { ...root.departments }
  for (const id of publisher.departments) {
    const before = ownValue(root.departments, id)
    if (!before) throw new TrustError('root-malformed', `the root names no ${id}`)
    departments[id] = {
      ...before,
      publish: withKey(before.publish, kid, true),
      approve: withKey(before.approve, kid, approve ?? false),
      start: withKey(before.start, kid, start ?? true),
    }
  }
  return nextRoot(root, {
    issued: publisher.issued.toISOString(),
    departments,
    keys: { ...root.keys, [kid]: jwk },
    roles: { ...root.roles, [kid]: role },
    ...(agreement ? { agreementKeys: { ...root.agreementKeys, [kid]: agreement } } : {}),
  })
}

/**
 * [T71] Takes a key out of the root and begins a new generation for every department it could publish:
 * nothing it has signed or will sign counts any more. Under one root key.
 *
 * @returns also the departments whose last good head must now be signed again (resignHead)
 * @throws TrustError key-unknown, root-key-in-use (that takes replaceRootKey), root-gen (no generation is left)
 */
export function revokeKey(
  root: VerifiedRoot,
  { kid, issued }: { kid: Kid; issued: Date },
): { root: Root; departments: string[] } {
  refuseRootKey(root, kid)
  if (!Object.hasOwn(root.keys, kid))
    throw new TrustError('key-unknown', `the root names no ${kid}`)
  const next = nextRoot(root, { issued: issued.toISOString(), ...withoutKeys(root, [kid]) })
  return { root: next, departments: raisedDepartments(root, next) }
}

/**
 * [T72] Ends the access of devices: at the next contact they lose what they hold. One that may publish is
 * revoked as well (raisedDepartments says where). Under one root key.
 *
 * @param change.devices ids of devices: thumbprints of their signing keys
 * @throws TrustError root-key-in-use, root-gen, root-full
 */
export function wipeDevices(
  root: VerifiedRoot,
  { devices, issued }: { devices: readonly Kid[]; issued: Date },
): Root {
  for (const device of devices) refuseRootKey(root, device)
  const wiped = [...new Set([...root.wiped, ...devices])]
  if (wiped.length > mostWiped) throw new TrustError('root-full', 'too many wiped devices')
  const publishers = devices.filter((device) => Object.hasOwn(root.keys, device))
  return nextRoot(root, { issued: issued.toISOString(), wiped, ...withoutKeys(root, publishers) })
}

/** [T73] Where the stores lie. Under one root key. @throws TrustError root-malformed */
export function changeStores(
  root: VerifiedRoot,
  { stores, issued }: { stores: readonly { url: string; write: boolean }[]; issued: Date },
): Root {
  const bad = stores.find(({ url }) => url.length > 500 || !isStoreAddress(url))
  if (bad) throw new TrustError('root-malformed', `${bad.url} is no address of a store`)
  return nextRoot(root, { issued: issued.toISOString(), stores: [...stores] })
}

/**
 * [T74] Puts a new root key in the place of one that is lost or stolen. A root key may publish anywhere, so
 * every department begins a new generation. Needs T16: `needForRoot` keys of before and of after.
 *
 * @param change.role title of who holds it; left out: as the one before
 * @throws TrustError key-unknown (`gone` is no root key), root-key-in-use (the new one is named already), root-gen
 */
export async function replaceRootKey(
  root: VerifiedRoot,
  { gone, jwk, role, issued }: { gone: Kid; jwk: PublicJwk; role?: string; issued: Date },
): Promise<Root> {
  if (!root.root.kids.includes(gone)) throw new TrustError('key-unknown', `${gone} is no root key`)
  const kid = await thumbprint(jwk)
  if (Object.hasOwn(root.keys, kid)) throw new TrustError('root-key-in-use', `${kid} is in use`)
  const { keys, roles, departments, ...rest } = withoutKeys(root, [gone], { raiseAll: true })
  const title = role ?? ownValue<string>(root.roles, gone)
  return nextRoot(root, {
    issued: issued.toISOString(),
    ...rest,
    departments,
    keys: { ...keys, [kid]: jwk },
    roles: { ...roles, ...(title === undefined ? {} : { [kid]: title }) },
    root: { ...root.root, kids: root.root.kids.map((one) => (one === gone ? kid : one)) },
  })
}

/**
 * [T75] A new recovery key. Needs T16. It opens what is wrapped for it from then on: rewrap each department
 * (rewrapKeys), and rotate where the old key is in wrong hands.
 */
export function replaceRecovery(
  root: VerifiedRoot,
  { jwk, issued }: { jwk: PublicJwk; issued: Date },
): Root {
  return nextRoot(root, { issued: issued.toISOString(), recovery: jwk })
}

/**
 * [T76] Names a department: one that is new, without publishers, or another title for one that is there. Under one
 * root key. The title is public, as all of the root.
 *
 * @throws TrustError root-malformed (no identifier, or no title)
 */
export function nameDepartment(
  root: VerifiedRoot,
  { id, title, issued }: { id: string; title: string; issued: Date },
): Root {
  if (!v.safeParse(identifier, id).success)
    throw new TrustError('root-malformed', `"${id}" is no identifier`)
  const named = title.trim()
  if (named === '' || named.length > 200) {
    throw new TrustError('root-malformed', 'the title is empty or too long')
  }
  const before = ownValue(root.departments, id)
  const department = before ?? { gen: 1, publish: [], approve: [], start: [] }
  return nextRoot(root, {
    issued: issued.toISOString(),
    departments: { ...root.departments, [id]: { ...department, title: named } },
  })
}

/** The departments that begin a new generation from one root to a later one; each needs its head signed again. */
export function raisedDepartments(before: Root, after: Root): string[] {
  return Object.entries(after.departments)
    .filter(([id, { gen }]) => gen > (ownValue(before.departments, id)?.gen ?? gen))
    .map(([id]) => id)
}

function refuseRootKey(root: Root, kid: Kid): void {
  if (root.root.kids.includes(kid)) {
    throw new TrustError('root-key-in-use', `${kid} is a root key: it can only be replaced`)
  }
}

/** Every trace of keys taken out of what publishers are named in, and the generations this ends. */
function withoutKeys(
  root: VerifiedRoot,
  gone: readonly Kid[],
  options: { raiseAll: boolean } = { raiseAll: false },
): Pick<Root, 'departments' | 'keys' | 'roles' | 'agreementKeys'> {
  const stays = (kid: Kid) => !gone.includes(kid)
  const departments: Departments = {}
  for (const [id, before] of Object.entries(root.departments)) {
    const isRaised = options.raiseAll || !before.publish.every(stays)
    if (isRaised && before.gen >= lastGen) {
      throw new TrustError('root-gen', `${id} has used up its generations`)
    }
    departments[id] = {
      ...before,
      gen: before.gen + (isRaised ? 1 : 0),
      publish: before.publish.filter(stays),
      approve: before.approve.filter(stays),
      start: before.start.filter(stays),
    }
  }
  const without = <T>(record: Readonly<Record<Kid, T>>) =>
    Object.fromEntries(Object.entries(record).filter(([kid]) => stays(kid)))
  return {
    departments,
    keys: without(root.keys),
    roles: without(root.roles),
    ...(root.agreementKeys ? { agreementKeys: without(root.agreementKeys) } : {}),
  }
}

function withKey(kids: readonly Kid[], kid: Kid, isIn: boolean): Kid[] {
  const others = kids.filter((one) => one !== kid)
  return isIn ? [...others, kid] : others
}
