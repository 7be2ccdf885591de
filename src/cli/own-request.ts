import { rootsUpTo } from '#sync/manage/follow-store-root.ts'
import {
  createAgreementKey,
  createSigningKey,
  exportPrivateKey,
  publicHalf,
  thumbprint,
} from '#trust/keys.ts'
import { toBase64url } from '#trust/bytes.ts'
import { currentDepartment } from './current-release.ts'
import { CliError } from './command.ts'
import { writeDepartment } from './secrets.ts'
import type { OpenOrganisation } from './data-folder.ts'
import type { DepartmentSecrets } from './secrets.ts'
import type { EnrolmentRequest } from '#trust/enrolment.ts'

/**
 * What this machine asks for itself when its keys were revoked, or when it never had any: a new key a
 * department, in safety before a root names it. A key that no root has named yet is used again, so that
 * running it once more after an interruption makes no further ones.
 *
 * @throws CliError when the department has published nothing this machine can read
 */
export async function ownRequest(
  open: OpenOrganisation,
  departments: readonly string[],
): Promise<{ request: EnrolmentRequest; departments: string[] }[]> {
  const roots = await rootsUpTo(open.store, open.root)
  const wasNamed = (kid: string) => roots.some(({ keys }) => Object.hasOwn(keys, kid))
  const requests = []
  for (const department of departments) {
    const { secrets: before, opened } = await currentDepartment(open, department)
    if (!opened && !before) {
      throw new CliError(
        1,
        `${department} has published nothing that this machine can read`,
        'A manager’s app publishes it first.',
      )
    }
    const isNamedNow = async (kept: DepartmentSecrets) =>
      Object.hasOwn(open.root.keys, await thumbprint(kept.signing))
    const keeps =
      before && ((await isNamedNow(before)) || !wasNamed(await thumbprint(before.signing)))
    const secrets: DepartmentSecrets = keeps
      ? before
      : {
          format: 1,
          signing: await exportPrivateKey(await createSigningKey({ extractable: true })),
          agreement: await exportPrivateKey(await createAgreementKey({ extractable: true })),
          epoch: opened?.epoch.epoch ?? before!.epoch,
          epochKey: opened ? toBase64url(opened.epoch.key) : before!.epochKey,
          memberKey: opened?.epoch.member ?? before!.memberKey,
          invitations: before?.invitations ?? [],
        }
    await writeDepartment(open.secret, department, secrets)
    requests.push({
      request: {
        organisation: open.root.organisation,
        signing: publicHalf(secrets.signing),
        agreement: publicHalf(secrets.agreement),
        role: `Planansvarig, ${open.root.departments[department]!.title}`,
        departments: [department],
      },
      departments: [department],
    })
  }
  return requests
}
