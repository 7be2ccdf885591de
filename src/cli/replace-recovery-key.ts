import { replaceRecovery } from '#sync/manage/replace-recovery.ts'
import {
  createAgreementKey,
  exportPrivateKey,
  importAgreementKey,
  thumbprint,
} from '#trust/keys.ts'
import { asManaged, printManaged } from './managed.ts'
import { openOffice } from './open-office.ts'
import { writeOrganisation } from './secrets.ts'
import type { CliContext } from './command.ts'
import type { OpenOrganisation } from './data-folder.ts'
import type { Kid } from '#trust/keys.ts'

/** Whether a thumbprint is the recovery key's, also when a run was stopped before it noted the new one. */
export async function isRecoveryKey(open: OpenOrganisation, kid: Kid): Promise<boolean> {
  if (kid === (await thumbprint(open.root.recovery))) return true
  return (
    open.secrets.nextRecovery !== undefined && kid === (await thumbprint(open.secrets.recovery))
  )
}

/**
 * A new recovery key in the place of the one there is. It lies in safety before a root names it; the old one
 * stays here until every department's key is wrapped for the new one.
 *
 * @throws CliError
 */
export async function replaceRecoveryKey(
  context: CliContext,
  before: OpenOrganisation,
): Promise<void> {
  let open = before
  if (!open.secrets.nextRecovery) {
    const made = await exportPrivateKey(await createAgreementKey({ extractable: true }))
    open = { ...open, secrets: { ...open.secrets, nextRecovery: made } }
    await writeOrganisation(open.secret, open.secrets)
  }
  const { nextRecovery, ...rest } = open.secrets
  const recovery = await importAgreementKey(nextRecovery!, { extractable: false })
  const office = await openOffice(context, open)
  const managed = await asManaged(replaceRecovery(office, { recovery }))
  const left = managed.departments.filter(({ outcome }) => outcome === 'not-readable')
  context.print(`the recovery key is ${recovery.kid} from now on`)
  printManaged(context, managed)
  // Where a department could not be opened, the old key may be the only way in.
  if (left.length > 0) return
  await writeOrganisation(open.secret, { ...rest, recovery: nextRecovery! })
  context.print('Print its paper now: planb papers DIR. Destroy the paper of the old key.')
  context.print(
    'What the old one could open, it still opens: if it is in wrong hands, planb rotate each department too.',
  )
}
