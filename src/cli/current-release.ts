import { openRelease } from '#release/open-release.ts'
import { ReleaseError } from '#release/release-error.ts'
import { currentHead } from '#server/current-head.ts'
import { LIMITS, blobPath, versionName } from '#store/layout.ts'
import { fromBase64url } from '#trust/bytes.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import { TrustError } from '#trust/trust-error.ts'
import { CliError } from './command.ts'
import { readDepartment } from './secrets.ts'
import type { OpenOrganisation } from './data-folder.ts'
import type { DepartmentSecrets } from './secrets.ts'
import type { VerifiedRelease } from '#release/open-release.ts'

/**
 * What a department has published last, opened with this machine's keys; undefined when it has published
 * nothing yet, or this machine has no key for it.
 *
 * @throws CliError when a blob is missing or damaged; StoreError
 */
export async function currentRelease(
  open: OpenOrganisation,
  department: string,
  secrets?: DepartmentSecrets,
): Promise<VerifiedRelease | undefined> {
  const keys = secrets ?? (await readDepartment(open.secret, department))
  const current = await currentHead(open.store, open.root, department)
  if (!keys || !current) return undefined
  try {
    return await openRelease({
      head: current.head,
      blob: (hash) => open.store.get(blobPath(hash), { maxBytes: LIMITS.blob }),
      epochKey: await importEpochKey(fromBase64url(keys.epochKey), { extractable: true }),
    })
  } catch (error) {
    if (!(error instanceof ReleaseError || error instanceof TrustError)) throw error
    throw new CliError(
      1,
      `what ${department} has published (${versionName(current.head.gen, current.v)}) cannot be opened: ${error.message} (${error.code})`,
      'planb verify names the object that does not hold; bring it back from a mirror or a backup.',
      error,
    )
  }
}
