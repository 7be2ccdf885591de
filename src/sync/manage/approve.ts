import { approvePublisher } from '#trust/change-root.ts'
import { ownValue, sameJson } from '#trust/json.ts'
import { thumbprint, type Kid, type PublicJwk } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { beginGenerations } from './begin-generations.ts'
import { changeRoot } from './change-root.ts'
import { ManageError } from './manage-error.ts'
import { requireSaid } from './require-said.ts'
import { rewrap } from './rewrap.ts'
import type { Managed, ManagedDepartment, Office } from './office.ts'

/** What a manager's device asks for: `EnrolmentRequest` of trust/enrolment.ts is one. */
export interface PublisherRequest {
  organisation: string
  signing: PublicJwk
  agreement: PublicJwk
  role: string
  departments: readonly string[]
}

export interface ApproveOptions {
  /** Those the coordinator has decided on, whatever the request asks for. */
  departments: readonly string[]
  /** Role title; that of the request where it is left out. */
  role?: string
  /** Also approves routines of health care (the medical lead nurse). Left out: as it was, or no. */
  approve?: boolean
  /** Also starts phone trees. Left out: as it was, or yes. */
  start?: boolean
}

/**
 * [M24] Lets a manager publish departments: the next root names the key, and each department's key is
 * wrapped for it, so that the manager's app sees both by itself. The check words were compared before.
 *
 * @throws ManageError other-organisation, department-unknown, keep-unsaid, …; TrustError root-key-in-use,
 *   device-wiped; SendError; StoreError
 */
export async function approve(
  office: Office,
  request: PublisherRequest,
  options: ApproveOptions,
): Promise<Managed> {
  if (request.organisation !== office.root.organisation) {
    throw new ManageError('other-organisation', 'the request was made for another organisation')
  }
  const kid = await thumbprint(request.signing)
  const root = await changeRoot(office, {
    isDone: (current) => isApproved(current, kid, request, options),
    change: async (current) => {
      requireDepartments(current, options.departments)
      await requireSaid(office, current, options.departments)
      return approvePublisher(current, {
        kid,
        jwk: request.signing,
        agreement: request.agreement,
        role: options.role ?? request.role,
        departments: options.departments,
        ...(options.approve !== undefined && { approve: options.approve }),
        ...(options.start !== undefined && { start: options.start }),
        issued: office.now(),
      })
    },
  })
  await beginGenerations(office, root, options.departments)
  const departments: ManagedDepartment[] = []
  for (const department of options.departments) {
    const add = { [kid]: request.agreement }
    const isDone = ({ keys }: { keys: { wraps: Record<Kid, string> } }) =>
      Object.hasOwn(keys.wraps, kid)
    departments.push(await rewrap(office, root, department, { isDone, add }))
  }
  return { root, departments }
}

function isApproved(
  root: VerifiedRoot,
  kid: Kid,
  request: PublisherRequest,
  { departments, role, approve: approves, start: starts }: ApproveOptions,
): boolean {
  return (
    sameJson(ownValue<PublicJwk>(root.keys, kid), request.signing) &&
    sameJson(ownValue<PublicJwk>(root.agreementKeys ?? {}, kid), request.agreement) &&
    ownValue<string>(root.roles, kid) === (role ?? request.role) &&
    departments.every((id) => {
      const named = ownValue(root.departments, id)
      return (
        named?.publish.includes(kid) === true &&
        (approves === undefined || named.approve.includes(kid) === approves) &&
        (starts === undefined || named.start.includes(kid) === starts)
      )
    })
  )
}

function requireDepartments(root: VerifiedRoot, departments: readonly string[]): void {
  const unknown = departments.find((id) => !Object.hasOwn(root.departments, id))
  if (unknown !== undefined) {
    throw new ManageError('department-unknown', `the root names no department ${unknown}`)
  }
}
