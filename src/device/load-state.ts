import { sha256, utf8 } from '#trust/bytes.ts'
import { checkWords } from '#trust/check-words.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { toDeviceError } from './device-error.ts'
import { identityRecord, type DeviceIdentity } from './device-identity.ts'
import { loadDepartment, type LoadedDepartment } from './load-department.ts'
import { highestRoot, loadRoots } from './load-roots.ts'
import { readRoles, rolesRecord, type HeldKeys } from './roles.ts'
import { organisationRecord, type DeviceContext, type OrganisationContext } from './context.ts'
import type { DeviceState, GivenKeys, OrganisationState, Role } from './device-state.ts'
import type { OrganisationRow, RowReader } from './rows.ts'

/**
 * Everything on the phone, opened from what is stored. Never touches the network and never throws: what
 * cannot be read is left out, and `problem` says so.
 */
export async function loadState(context: DeviceContext): Promise<DeviceState> {
  let problem: DeviceState['problem']
  const fail = (error: unknown) => {
    problem ??= { code: toDeviceError(error).code }
    return []
  }
  const rows = await context.organisationRows().catch(fail)
  const loaded = await Promise.all(
    rows.map(async ({ id }) => {
      const organisation = context.organisation(id)
      try {
        const read = await organisation.connection.read((reader) =>
          loadOrganisation(context, organisation, reader),
        )
        if (organisation.connection.way() === 'raw') {
          const isBlocked = organisation.connection.problem()?.code === 'blocked'
          problem ??= { code: isBlocked ? 'blocked' : 'raw' }
        }
        return [read]
      } catch (error) {
        return fail(error)
      }
    }),
  )
  // A root key from paper opens no department: what it is for is shown all the same.
  const read = loaded.flat()
  const organisations = read.filter(
    ({ departments, roles }) => departments.length > 0 || roles.length > 0,
  )
  const state: DeviceState = {
    organisations: organisations.map(({ organisation }) => organisation),
    departments: organisations.flatMap(({ departments }) => departments.map(({ state }) => state)),
    roles: organisations.flatMap(({ roles }) => roles),
    fingerprint: await fingerprintOf(organisations),
  }
  const givenKeys = read.flatMap(({ given }) => given ?? [])
  if (givenKeys.length > 0) state.givenKeys = givenKeys
  if (problem) state.problem = problem
  return state
}

/** Name of the record that says where something was published that this app is too old for. */
export const newerAppRecord = 'newer-app'

interface LoadedOrganisation {
  organisation: OrganisationState
  departments: LoadedDepartment[]
  roles: Role[]
  given?: GivenKeys
}

async function loadOrganisation(
  context: DeviceContext,
  organisation: OrganisationContext,
  reader: RowReader,
): Promise<LoadedOrganisation> {
  const [roots, memberships, [identity, row, newer, held]] = await Promise.all([
    loadRoots(reader, organisation.id),
    reader.all('memberships'),
    reader.many('records', [identityRecord, organisationRecord, newerAppRecord, rolesRecord]),
  ])
  const root = highestRoot(roots)
  const own = identity?.value as DeviceIdentity | undefined
  const invited = row?.value as OrganisationRow | undefined
  const at = { now: context.now(), invitedRoot: invited?.root.v ?? 0 }
  const departments = await Promise.all(
    memberships
      .sort((a, b) => (a.joinedAt < b.joinedAt ? -1 : 1))
      .map((membership) => loadDepartment(organisation, reader, roots, membership, root, at)),
  )
  for (const { state } of departments) noteClock(state, context.now())
  const given = (held?.value as HeldKeys | undefined)?.given
  return {
    ...(given && { given: { organisation: organisation.id, ...given } }),
    organisation: describe(
      organisation.id,
      root,
      own,
      ((newer?.value ?? []) as string[]).length > 0,
    ),
    departments,
    roles: await readRoles(reader, organisation.id, root, own?.device),
  }
}

function describe(
  id: string,
  root: VerifiedRoot | undefined,
  identity: DeviceIdentity | undefined,
  needsNewerApp: boolean,
): OrganisationState {
  const state: OrganisationState = {
    id,
    title: root?.title ?? '',
    example: root?.example ?? false,
    checkWords: checkWords(id),
    device: identity?.device ?? '',
    needsNewerApp,
  }
  if (root) state.root = { v: root.v, reviewBy: root.reviewBy }
  return state
}

/** Phones and publishers disagree by minutes all the time; a day is a clock that is wrong. */
const clockSlackMs = 24 * 3600 * 1000

function noteClock(state: LoadedDepartment['state'], now: Date): void {
  const issued = state.release && Date.parse(state.release.issued)
  if (issued !== undefined && issued > now.getTime() + clockSlackMs)
    state.note ??= { code: 'clock' }
}

async function fingerprintOf(organisations: LoadedOrganisation[]): Promise<string> {
  const parts = organisations.flatMap(({ organisation, departments }) =>
    departments.map(({ state, snapshot }) =>
      [
        organisation.id,
        organisation.root?.v,
        // What pages say of them as well: without script nobody else could.
        organisation.needsNewerApp,
        state.department,
        state.status,
        state.note?.code,
        snapshot,
      ].join(' '),
    ),
  )
  return (await sha256(utf8(parts.sort().join('\n')))).slice(0, 16)
}
