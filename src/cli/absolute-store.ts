import { isAbsoluteAddress } from '#trust/store-address.ts'
import type { VerifiedRoot } from '#trust/root.ts'

/**
 * Where a device that has nothing yet finds the organisation, to stand in an invitation or on a paper: needed
 * only where no store lies beside the app (`planb serve --app-only`), since there it looks first.
 */
export function absoluteStore({ stores }: VerifiedRoot): string | undefined {
  if (stores.some(({ url }) => !isAbsoluteAddress(url))) return undefined
  return stores[0]?.url
}
