import { ReleaseError } from '#release/release-error.ts'
import { currentHead } from '#server/current-head.ts'
import { versionName } from '#store/layout.ts'
import { createOpen } from '#sync/manage/create-open.ts'
import { fromBase64url, toBase64url } from '#trust/bytes.ts'
import { sameJson } from '#trust/json.ts'
import { importAgreementKey, thumbprint } from '#trust/keys.ts'
import { TrustError } from '#trust/trust-error.ts'
import { CliError } from './command.ts'
import { readDepartment, writeDepartment } from './secrets.ts'
import { noteSeenHead } from './seen-heads.ts'
import type { OpenOrganisation } from './data-folder.ts'
import type { DepartmentSecrets, OrganisationSecrets } from './secrets.ts'
import type { ReadStore } from '#store/store.ts'
import type { OpenOptions } from '#sync/manage/create-open.ts'
import type { OpenedDepartment } from '#sync/manage/office.ts'
import type { VerifiedRelease } from '#release/open-release.ts'

/** What this machine knows of a department now. */
export interface CurrentDepartment {
  /** Undefined while nothing is published. */
  opened: OpenedDepartment | undefined
  /** This machine's publisher keys, with the epoch as it is now; undefined when it has none. */
  secrets: DepartmentSecrets | undefined
}

/**
 * What a department has published last, opened with this machine's keys. A key that was given out since
 * (a rotation in the app) is learnt from the keys object, by this machine's own wrap or by the recovery key,
 * and noted; invitations of the epoch before have ended.
 *
 * @throws CliError when a blob is missing or damaged, or no key here fits; StoreError
 */
export async function currentDepartment(
  open: OpenOrganisation,
  department: string,
): Promise<CurrentDepartment> {
  const secrets = await readDepartment(open.secret, department)
  const current = await currentHead(open.store, open.root, department)
  if (!current) return { opened: undefined, secrets }
  const place = `${department} has published (${versionName(current.head.gen, current.v)})`
  const read = createOpen({
    ...(await keysAtHand(open.store, open.secrets, secrets)),
    head: async () => current.head,
  })
  const opened = await read(department, open.root).catch((error: unknown) => {
    if (!(error instanceof ReleaseError || error instanceof TrustError)) throw error
    throw new CliError(
      1,
      `what ${place} cannot be opened: ${error.message} (${error.code})`,
      'planb verify names the object that does not hold; bring it back from a mirror or a backup.',
      error,
    )
  })
  if (!opened) {
    throw new CliError(
      1,
      `what ${place} is sealed with a key that this machine was not given`,
      'It opens by the recovery key: bring secret/organisation.json up to date from a paper or a backup.',
    )
  }
  await noteSeenHead(open.secret, opened.release.head)
  return { opened, secrets: secrets && (await noteEpoch(open, department, secrets, opened)) }
}

/** As `currentDepartment`: the release alone, undefined when nothing is published. */
export async function currentRelease(
  open: OpenOrganisation,
  department: string,
): Promise<VerifiedRelease | undefined> {
  return (await currentDepartment(open, department)).opened?.release
}

/** Every key of this machine that may open a department: the publisher's own, the recovery key, the epoch's. */
export async function keysAtHand(
  store: ReadStore,
  organisation: OrganisationSecrets,
  secrets: DepartmentSecrets | undefined,
): Promise<OpenOptions> {
  const recoveries = [organisation.recovery, organisation.nextRecovery].filter(
    (jwk) => jwk !== undefined,
  )
  const imported = (jwk: (typeof recoveries)[number]) =>
    importAgreementKey(jwk, { extractable: false })
  return {
    store,
    recovery: await Promise.all(recoveries.map(imported)),
    ...(secrets && {
      own: {
        device: await thumbprint(secrets.signing),
        agreement: await imported(secrets.agreement),
      },
    }),
    epochKey: async (_, epoch) =>
      secrets?.epoch === epoch ? fromBase64url(secrets.epochKey) : undefined,
  }
}

/** Writes down an epoch that began elsewhere. */
async function noteEpoch(
  open: OpenOrganisation,
  department: string,
  secrets: DepartmentSecrets,
  { epoch }: OpenedDepartment,
): Promise<DepartmentSecrets> {
  if (secrets.epoch === epoch.epoch && sameJson(secrets.memberKey, epoch.member)) return secrets
  const noted: DepartmentSecrets = {
    ...secrets,
    epoch: epoch.epoch,
    epochKey: toBase64url(epoch.key),
    memberKey: epoch.member,
    invitations: [],
  }
  await writeDepartment(open.secret, department, noted)
  return noted
}
