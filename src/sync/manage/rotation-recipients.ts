import { commonDepartment } from '#domain/schema/document.ts'
import { isOnCurve } from '#journal/is-on-curve.ts'
import type { Keys } from '#release/manifest.ts'
import { ownValue } from '#trust/json.ts'
import type { PublicJwk } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import type { DeviceId } from './office.ts'

/**
 * [M29] Devices a key is wrapped for at most: at about 680 bytes each their list stays below what it may
 * weigh (4 MiB), with room for publishers who are approved later.
 */
export const mostRecipients = 4000

/** Whom a new key is wrapped for, and who is not for want of a key or of room. */
export interface Recipients {
  recipients: Record<DeviceId, PublicJwk>
  unusable: DeviceId[]
  tooMany: DeviceId[]
}

/**
 * [M27]–[M29] Publishers the root names now; then the phones given, those first that the epoch in force was
 * wrapped for; then devices that are named on purpose. The list of keys in the store is no reason by itself:
 * any publisher could write there whom it wanted, and may be gone since.
 */
export function recipientsOf(
  root: VerifiedRoot,
  options: {
    department: string
    leaveOut: readonly DeviceId[]
    phones: Readonly<Record<DeviceId, PublicJwk>>
    include?: readonly DeviceId[]
  },
  keys: Pick<Keys, 'wraps' | 'agreement'>,
  most: number = mostRecipients,
): Recipients {
  const { department, phones } = options
  const left = new Set([...options.leaveOut, ...root.wiped])
  const named = (ids: readonly DeviceId[], jwks: Readonly<Record<DeviceId, PublicJwk>>) =>
    ids.flatMap((id) => {
      const jwk = ownValue<PublicJwk>(jwks, id)
      return jwk ? [[id, jwk] as const] : []
    })
  const publish = ownValue(root.departments, department)?.publish ?? []
  const publishers = named(publish, root.agreementKeys ?? {})
  const told = Object.entries(phones)
  const isKnown = ([id]: readonly [DeviceId, PublicJwk]) => Object.hasOwn(keys.wraps, id)
  const members =
    department === commonDepartment
      ? []
      : [
          ...told.filter(isKnown),
          ...named(options.include ?? [], keys.agreement ?? {}),
          ...told.filter((one) => !isKnown(one)),
        ]
  const wanted = new Map<DeviceId, PublicJwk>()
  for (const [id, jwk] of [...publishers, ...members]) {
    if (!left.has(id) && !wanted.has(id)) wanted.set(id, jwk)
  }
  const all = [...wanted]
  const usable = all.filter(([, jwk]) => isOnCurve(jwk))
  return {
    recipients: Object.fromEntries(usable.slice(0, most)),
    unusable: all.filter(([, jwk]) => !isOnCurve(jwk)).map(([id]) => id),
    tooMany: usable.slice(most).map(([id]) => id),
  }
}
