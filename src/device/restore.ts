import { textOf, utf8 } from '#trust/bytes.ts'
import { exportPrivateKey } from '#trust/keys.ts'
import {
  decodeRestorePayload,
  encodeRestorePayload,
  isUnknownKey,
  restoreKeys,
  type RestorePayload,
} from '#trust/restore-payload.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { TrustError } from '#trust/trust-error.ts'
import { ensureIdentity } from './device-identity.ts'
import { addOrganisation, ensureMembership } from './join.ts'
import { highestRoot, loadRoots } from './load-roots.ts'
import { keepRoleKey, noteGiven, pendingName, readHeldKeys, settleRoles } from './roles.ts'
import type { DeviceContext, OrganisationContext } from './context.ts'

/**
 * Takes a restore payload (a coordinator's, a publisher's, one from paper). Its keys become keys when the
 * organisation's root is here, which names their public halves: at once, or with the first sync. Until then
 * they lie wrapped. Whether they were accepted shows in `load()`: `roles`, and `givenKeys` for what is not.
 *
 * @param source.base the app's address
 */
export async function restore(
  context: DeviceContext,
  payload: RestorePayload,
  source: { base: string },
): Promise<{ organisation: string }> {
  const organisation = context.organisation(payload.organisation)
  await addOrganisation(context, organisation, {
    base: source.base,
    mirrors: payload.mirror === undefined ? [] : [payload.mirror],
    root: { v: 1, hash: payload.organisation },
  })
  await ensureIdentity(organisation)
  await settleRoles(organisation)
  await organisation.chest.putBytes(pendingName, utf8(encodeRestorePayload(payload)))
  await noteGiven(organisation, { type: payload.type, standing: 'waiting' })
  // Who is a member already has a root, and another may not come for a year.
  const roots = await organisation.connection.read((reader) => loadRoots(reader, organisation.id))
  const root = highestRoot(roots)
  if (root) await completeRestore(context, organisation, root).catch(() => undefined)
  context.announce('content')
  return { organisation: organisation.id }
}

/**
 * [D10] Makes keys of what waits, once a root is here, and adds what they open: whoever has the recovery key
 * reads every department. What was broken off is done again.
 *
 * @throws TrustError restore-key-unknown: this root does not name the key (a later one may)
 */
export async function completeRestore(
  context: DeviceContext,
  organisation: OrganisationContext,
  root: VerifiedRoot,
): Promise<void> {
  try {
    await makeKeys(organisation, root)
    await addReadable(context, organisation, root)
  } catch (error) {
    // Decided under this root. Anything else may go better the next time.
    if (error instanceof TrustError) await settleRoles(organisation, root)
    throw error
  }
  await settleRoles(organisation, root)
}

async function makeKeys(organisation: OrganisationContext, root: VerifiedRoot): Promise<void> {
  const pending = await organisation.chest.getBytes(pendingName)
  if (!pending) return
  const payload = decodeRestorePayload(textOf(pending))
  const { type } = payload
  const keys = await restoreKeys(payload, root, { extractable: true }).catch(async (error) => {
    if (isUnknownKey(error)) await noteGiven(organisation, { type, standing: 'unknown' })
    throw error
  })
  const { signing, recovery } = keys
  if (signing) {
    const jwk = await exportPrivateKey(signing)
    await keepRoleKey(organisation, { use: 'sign', kid: signing.kid, jwk })
  }
  if (recovery) {
    // A coordinator's phone prints it again; whoever typed it from its paper has the paper.
    const extractable = type === 'coordinator'
    const jwk = await exportPrivateKey(recovery)
    await keepRoleKey(organisation, { use: 'recovery', jwk, extractable })
  }
  if (keys.unknown === 'recovery') {
    // It waits on: a phone whose root is old may be given a key that a later one names.
    return noteGiven(organisation, { type, standing: 'recovery-unknown' })
  }
  await noteGiven(organisation, undefined)
  await organisation.chest.forget(pendingName)
}

async function addReadable(
  context: DeviceContext,
  organisation: OrganisationContext,
  root: VerifiedRoot,
): Promise<void> {
  const { connection } = organisation
  if (!(await connection.read(readHeldKeys)).recovery) return
  const members = await connection.read((reader) => reader.all('memberships'))
  const known = new Set(members.map(({ department }) => department))
  for (const department of Object.keys(root.departments)) {
    if (known.has(department)) continue
    await ensureMembership(context, organisation, department, { floor: { gen: 0, v: 0 } })
  }
}
