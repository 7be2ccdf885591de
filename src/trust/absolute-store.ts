import type { VerifiedRoot } from './root.ts'
import { isAbsoluteAddress } from './store-address.ts'

/**
 * [T32] Where a device that has nothing yet finds the organisation, to stand in an invitation or on a paper:
 * needed only where no store lies beside the app (`planb serve --app-only`), since there it looks first.
 */
export function absoluteStore({ stores }: Pick<VerifiedRoot, 'stores'>): string | undefined {
  if (stores.some(({ url }) => !isAbsoluteAddress(url))) return undefined
  return stores[0]?.url
}
