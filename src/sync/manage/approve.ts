import type { PublicJwk } from '#trust/keys.ts'
import type { Managed, Office } from './office.ts'

/** What a manager's device asks for: `EnrolmentRequest` of trust/enrolment.ts is one. */
export interface PublisherRequest {
  organisation: string
  signing: PublicJwk
  agreement: PublicJwk
  role: string
  departments: readonly string[]
}

/**
 * Lets a manager publish departments: the next root names the key, and each department's key is wrapped
 * for it, so that the manager's app sees both by itself. The check words were compared before.
 *
 * @throws ManageError, SendError, TrustError
 */
export function approve(
  _office: Office,
  _request: PublisherRequest,
  _options: { departments: readonly string[]; role?: string; approve?: boolean; start?: boolean },
): Promise<Managed> {
  return Promise.reject(new Error('not written yet'))
}
