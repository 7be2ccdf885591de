import { useCallback, useEffect, useState } from 'react'
import type { Authority } from '#device/authority.ts'
import type { DepartmentState, OrganisationState } from '#device/device-state.ts'
import type { NotedInvitation } from '#device/invitations.ts'
import type { EpochSecret } from '#release/epoch-secret.ts'
import type { VerifiedRelease } from '#release/open-release.ts'
import { absoluteStore } from '#trust/absolute-store.ts'
import { createInvitationId, encodeInvitation } from '#trust/invitation.ts'
import { useEditor } from './editor-parts.ts'

/** An invitation to be shown, or only counted. */
export interface KnownInvitation extends Partial<NotedInvitation> {
  id: string
  /** Phones that say they came by it; undefined where nothing is known. */
  phones?: number
  /** Whether it still lets somebody in. Unknown for one made elsewhere. */
  isOver?: boolean
}

/** What a phone that may invite holds of a department. */
export interface Inviting {
  department: DepartmentState
  organisation: OrganisationState
  invitations: KnownInvitation[]
  /** Notes and gives a new one's id. @throws DeviceError */
  make: (place: string) => Promise<string>
  /** The address that lets a phone join; undefined for one that has ended. */
  linkOf: (id: string) => string | undefined
  /** Its payload alone, as it is typed. */
  payloadOf: (id: string) => string | undefined
}

/**
 * Reads what is needed to invite to a department. `undefined` while it is being read; `'cannot'` on a
 * phone that does not hold the department's key in a form that can be handed on.
 */
export function useInviting(name: string): Inviting | 'cannot' | undefined {
  const { device, organisation, state, base, now } = useEditor()
  const [held, setHeld] = useState<Inviting | 'cannot'>()
  const department = state.device.departments.find(
    (each) => each.department === name && each.organisation === organisation?.id,
  )
  const read = useCallback(async (): Promise<Inviting | 'cannot'> => {
    if (organisation === undefined || department === undefined) return 'cannot'
    const authority = await device.authority(organisation.id)
    const [secret, release] = [await authority.epochSecret(name), authority.release(name)]
    if (secret === undefined || release === undefined) return 'cannot'
    const keeper = device.invitations(organisation.id)
    const noted = await keeper.list(name)
    const phones = await device
      .journal(organisation.id, name)
      .phones()
      .catch(() => undefined)
    const payloadOf = (id: string) => {
      const known = noted.find((each) => each.id === id)
      if (known !== undefined && known.epoch !== secret.epoch) return undefined
      return invitationPayload({ authority, secret, release, department: name, id })
    }
    return {
      department,
      organisation,
      invitations: withPhones(noted, secret.epoch, phones),
      payloadOf,
      linkOf: (id) => {
        const payload = payloadOf(id)
        return payload === undefined ? undefined : `${base}#/join/${payload}`
      },
      make: async (place) => {
        const id = createInvitationId()
        await keeper.note(name, {
          id,
          made: now().toISOString(),
          epoch: secret.epoch,
          ...(place.trim() === '' ? {} : { place: place.trim() }),
        })
        return id
      },
    }
  }, [device, organisation, department, name, base, now])
  useEffect(() => {
    let isOver = false
    const look = () =>
      void read()
        .catch(() => 'cannot' as const)
        .then((found) => {
          if (!isOver) setHeld(found)
        })
    look()
    // What phones tell arrives while one looks.
    const forget = device.onChange(look)
    return () => {
      isOver = true
      forget()
    }
  }, [read, device])
  return held
}

/** [T30] What an invitation of this department says now: floor and root are the newest that are held. */
export function invitationPayload(input: {
  authority: Pick<Authority, 'organisation' | 'root'>
  secret: EpochSecret
  release: Pick<VerifiedRelease, 'gen' | 'v'>
  department: string
  id: string
}): string {
  const { authority, secret, release } = input
  const { root } = authority
  const mirror = absoluteStore(root)
  return encodeInvitation({
    organisation: authority.organisation,
    department: input.department,
    root: { v: root.v, hash: root.hash },
    floor: { gen: release.gen, v: release.v, epoch: secret.epoch },
    id: input.id,
    epochKey: secret.key,
    ...(mirror === undefined ? {} : { mirror }),
    flags: 0,
  })
}

/** Those made here, with what phones tell; then those only phones tell of. */
function withPhones(
  noted: readonly NotedInvitation[],
  epoch: number,
  phones: readonly { invitation?: string }[] | undefined,
): KnownInvitation[] {
  const count = (id: string) => phones?.filter(({ invitation }) => invitation === id).length
  const others = new Set(
    (phones ?? []).flatMap(({ invitation }) =>
      invitation === undefined || noted.some(({ id }) => id === invitation) ? [] : [invitation],
    ),
  )
  return [
    ...noted.map((each) => ({ ...each, phones: count(each.id), isOver: each.epoch !== epoch })),
    ...[...others].map((id) => ({ id, phones: count(id) })),
  ]
}
