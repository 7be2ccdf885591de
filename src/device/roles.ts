import type { PrivateJwk } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import type { OrganisationContext } from './context.ts'
import type { GivenKeys, Role } from './device-state.ts'
import type { RowReader } from './rows.ts'

/** Name of the record that says which keys beside its own this phone holds. */
export const rolesRecord = 'roles'

export interface HeldKeys {
  /** Thumbprints of signing keys, each in the chest under `role/<kid>`. */
  kids: string[]
  /** Whether the chest holds `recovery`, with which every department can be read. */
  recovery: boolean
  /** Digest of the root under which all that these keys open was added; absent where that was broken off. */
  settled?: string
  /** What was restored last; absent once all of it is in force. */
  given?: Omit<GivenKeys, 'organisation'>
}

export function roleKeyName(kid: string): string {
  return `role/${kid}`
}
export const recoveryKeyName = 'recovery'
/** A restore payload that waits in the chest for a root which names its keys. */
export const pendingName = 'pending-restore'

/**
 * [D10] Whether this root may give the phone more: a key that waits for one, or further departments to read.
 * Asked at every round, since an app may be closed in the middle of anything.
 */
export async function awaitsRoot(reader: RowReader, root: VerifiedRoot): Promise<boolean> {
  const { recovery, settled } = await readHeldKeys(reader)
  if (settled === root.hash) return false
  return recovery || (await reader.get('keys', pendingName)) !== undefined
}

/**
 * [D1] What the keys on this phone allow, as the root says it now: a key it no longer names is no role. The
 * phone's own key is one of them as soon as the root names it.
 *
 * @param device thumbprint of the phone's own signing key
 */
export async function readRoles(
  reader: RowReader,
  organisation: string,
  root: VerifiedRoot | undefined,
  device: string | undefined,
): Promise<Role[]> {
  const { kids } = await readHeldKeys(reader)
  if (!root) return []
  return [...new Set([...kids, device ?? ''])].flatMap((kid): Role[] => {
    const named = (as: 'publish' | 'approve' | 'start') =>
      Object.keys(root.departments).filter((id) => root.departments[id]?.[as].includes(kid))
    const [departments, approve, start] = [named('publish'), named('approve'), named('start')]
    const duties = { organisation, kid, approve, start }
    if (root.root.kids.includes(kid)) {
      return [{ ...duties, role: 'coordinator', departments: Object.keys(root.departments) }]
    }
    const isNamed = departments.length + approve.length + start.length > 0
    return isNamed ? [{ ...duties, role: 'publisher', departments }] : []
  })
}

export async function readHeldKeys(reader: RowReader): Promise<HeldKeys> {
  const row = await reader.get('records', rolesRecord)
  return (row?.value as HeldKeys | undefined) ?? { kids: [], recovery: false }
}

/** Keeps a signing key that gives a role, or the recovery key. Whoever holds one hands epoch keys on. */
export async function keepRoleKey(
  organisation: OrganisationContext,
  key:
    | { use: 'sign'; kid: string; jwk: PrivateJwk }
    | { use: 'recovery'; jwk: PrivateJwk; extractable: boolean },
): Promise<void> {
  const { connection, chest } = organisation
  const name = key.use === 'sign' ? roleKeyName(key.kid) : recoveryKeyName
  const kind = key.use === 'sign' ? 'signing' : 'agreement'
  // A root key never leaves the phone again; papers of it are made where it is made.
  const extractable = key.use === 'recovery' && key.extractable
  await chest.put(name, { kind, jwk: key.jwk }, { extractable })
  await changeHeldKeys(connection, (held) =>
    key.use === 'sign'
      ? { ...held, kids: [...new Set([...held.kids, key.kid])] }
      : { ...held, recovery: true },
  )
}

/** Says under which root all that the keys open was added; undefined: begin again. */
export function settleRoles(
  { connection }: OrganisationContext,
  root?: VerifiedRoot,
): Promise<void> {
  return changeHeldKeys(connection, ({ kids, recovery, given }) => ({
    kids,
    recovery,
    ...(given && { given }),
    ...(root && { settled: root.hash }),
  }))
}

/** Notes what of a restored payload is not in force; undefined: all of it is. */
export function noteGiven(
  { connection }: OrganisationContext,
  given: HeldKeys['given'],
): Promise<void> {
  return changeHeldKeys(connection, ({ kids, recovery, settled }) => ({
    kids,
    recovery,
    ...(settled !== undefined && { settled }),
    ...(given && { given }),
  }))
}

async function changeHeldKeys(
  connection: OrganisationContext['connection'],
  change: (held: HeldKeys) => HeldKeys,
): Promise<void> {
  const value = change(await connection.read(readHeldKeys))
  await connection.write((database) => database.table('records').put({ name: rolesRecord, value }))
}
