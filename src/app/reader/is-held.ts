import type { DeviceState } from '#device/device-state.ts'
import { decodeInvitation, type Invitation } from '#trust/invitation.ts'
import { understandLink } from '#trust/understand-link.ts'

/**
 * Whether an invitation brings nothing new: the department is here, under a key that is not older. A shortcut
 * that a whole municipality's phones were given opens the start page then, at each start, without a network.
 */
export function isHeld(
  { departments }: Pick<DeviceState, 'departments'>,
  invitation: Pick<Invitation, 'organisation' | 'department' | 'floor'>,
): boolean {
  return departments.some(
    ({ organisation, department, release, status }) =>
      organisation === invitation.organisation &&
      department === invitation.department &&
      status !== 'ended' &&
      release !== undefined &&
      release.epoch >= invitation.floor.epoch,
  )
}

/** The same for a link as it was opened; one that is cut or mistyped is not held. */
export function isHeldLink(device: Pick<DeviceState, 'departments'>, text: string): boolean {
  try {
    const link = understandLink(text)
    return link?.kind === 'join' && isHeld(device, decodeInvitation(link.payload))
  } catch {
    return false
  }
}
