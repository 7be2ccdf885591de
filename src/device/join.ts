import type { Invitation } from '#trust/invitation.ts'
import { organisationRecord, type DeviceContext, type OrganisationContext } from './context.ts'
import { ensureIdentity } from './device-identity.ts'
import { keepEpochKey } from './epoch-keys.ts'
import type { MembershipRow, OrganisationRow } from './rows.ts'

/** What somebody joined. */
export interface Membership {
  organisation: string
  department: string
  /** Thumbprint of this phone's signing key there. */
  device: string
}

/**
 * Takes an invitation: adds the organisation (never in place of another), makes this phone's keys there,
 * keeps the department's key. The content comes with the first sync. May be repeated: a new code for a
 * department one is in already adds its key and takes nothing away.
 *
 * @param source.base the app's address; the organisation's stores are read against it
 */
export async function join(
  context: DeviceContext,
  invitation: Invitation,
  source: { base: string },
): Promise<Membership> {
  const organisation = context.organisation(invitation.organisation)
  await addOrganisation(context, organisation, {
    base: source.base,
    mirrors: invitation.mirror === undefined ? [] : [invitation.mirror],
    root: invitation.root,
  })
  const { device } = await ensureIdentity(organisation)
  const { department, floor, epochKey } = invitation
  await ensureMembership(context, organisation, department, {
    invitation: invitation.id,
    floor: { gen: floor.gen, v: floor.v },
  })
  await keepEpochKey(organisation, department, floor.epoch, epochKey, { extractable: false })
  context.announce('content')
  return { organisation: organisation.id, department, device }
}

/** Puts an organisation on the phone's list; one that is there learns further mirrors and the base. */
export async function addOrganisation(
  context: DeviceContext,
  organisation: OrganisationContext,
  found: Pick<OrganisationRow, 'base' | 'mirrors' | 'root'>,
): Promise<void> {
  const { id } = organisation
  const held = await context.phone.read((reader) => reader.get('organisations', id))
  const roots = await organisation.connection.read((reader) => reader.all('roots'))
  const highest = Math.max(0, ...roots.map(({ v }) => v))
  // A claim that no store has ever borne out is ended by a code that fits what is here.
  const isBorneOut = held && (highest === 0 || held.root.v <= highest || found.root.v > highest)
  const content = await organisation.connection.read((reader) => reader.all('pointers'))
  const claimed =
    isBorneOut && held.root.v >= found.root.v
      ? held.root
      : { ...found.root, isClaim: true as const }
  const row: OrganisationRow = {
    id,
    joinedAt: held?.joinedAt ?? context.now().toISOString(),
    base: found.base,
    mirrors: [...new Set([...(held?.mirrors ?? []), ...found.mirrors])].slice(-maxMirrors),
    // Without content, the code in hand says it. With some, no code may cut the phone off: it only claims.
    root: content.length === 0 ? found.root : claimed,
  }
  await context.phone.write((database) => database.table('organisations').put(row))
  // A second copy beside the content, for when the list is lost.
  await organisation.connection.write((database) =>
    database.table('records').put({ name: organisationRecord, value: row }),
  )
}

/** Each mirror is asked at every sync. */
const maxMirrors = 4

/**
 * A membership, made or renewed: a renewed one waits for nothing new, it only may open again. A floor says what
 * the first release must not lie below; where there is one, no link may raise it ([S16]).
 */
export async function ensureMembership(
  context: DeviceContext,
  organisation: OrganisationContext,
  department: string,
  offer: { invitation?: string; floor: { gen: number; v: number } },
): Promise<void> {
  const joinedAt = context.now().toISOString()
  await organisation.connection.write((database) =>
    database.transaction('rw', ['memberships', 'pointers'], async () => {
      const held = (await database.table('memberships').get(department)) as
        MembershipRow | undefined
      const hasContent = (await database.table('pointers').get(department)) !== undefined
      const floor = held && hasContent ? held.floor : offer.floor
      const row: MembershipRow = held
        ? { ...held, ...offer, floor, status: 'joined' }
        : { department, status: 'joined', joinedAt, epochs: [], ...offer }
      await database.table('memberships').put(row)
    }),
  )
}
