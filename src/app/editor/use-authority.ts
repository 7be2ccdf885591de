import type { Authority } from '#device/authority.ts'
import { useLoaded } from './use-loaded.ts'

/** What this phone may sign, and the root it goes by. Undefined while it is read, and before a root is here. */
export function useAuthority(): { value: Authority | undefined; isRead: boolean } {
  return useLoaded(async ({ device, organisation }) => {
    if (organisation === undefined) return undefined
    return device.authority(organisation.id)
  })
}
