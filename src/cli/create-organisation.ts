import { mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { commonDepartment } from '#domain/schema/document.ts'
import { createEpochSecret } from '#release/epoch-secret.ts'
import { toBase64url } from '#trust/bytes.ts'
import { createInvitationId } from '#trust/invitation.ts'
import { createAgreementKey, createSigningKey, exportPrivateKey } from '#trust/keys.ts'
import { createFirstRoot } from '#trust/root.ts'
import { makeFolder } from './make-folder.ts'
import { createSecretFiles } from './secret-files.ts'
import { writeDepartment, writeOrganisation } from './secrets.ts'
import type { DataFolder } from './data-folder.ts'
import type { SecretFiles } from './secret-files.ts'
import type { FirstRootInput } from '#trust/root.ts'

export interface NewOrganisation {
  title: string
  example: boolean
  /** The coordinator's role title. */
  coordinator: string
  /** Besides gemensamt, which is always there; in the order they are listed. */
  departments: { id: string; title: string }[]
  /** Where the store lies: absolute, or relative to the app's own address. */
  storeUrl: string
}

/** Which department may publish a situation in gemensamt (TRUST, "Objects"). */
const crisisManagement = 'krisledning'

/**
 * Makes an organisation in a data folder: three root keys (the coordinator's device and two papers), the
 * recovery key, and for each department a publisher's keys, the first epoch and its member key. All of it
 * is random. The keys appear as `secret/` all at once, so that neither a crash nor a second process that
 * does the same leaves a mixture.
 *
 * @returns `exists` when another process was quicker: its organisation is the one that counts
 */
export async function createOrganisation(
  data: DataFolder,
  organisation: NewOrganisation,
  now: Date,
): Promise<'made' | 'exists'> {
  await makeFolder(data.path)
  const staging = await mkdtemp(join(data.path, '.secret-'))
  try {
    await writeKeys(createSecretFiles(staging), organisation, now)
    await rename(staging, join(data.path, 'secret'))
    return 'made'
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    // The system refuses to put a folder in the place of one that holds something.
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return 'exists'
    throw error
  }
}

async function writeKeys(
  files: SecretFiles,
  organisation: NewOrganisation,
  now: Date,
): Promise<void> {
  const extractable = { extractable: true }
  const rootKeys = await Promise.all([1, 2, 3].map(() => createSigningKey(extractable)))
  const recovery = await createAgreementKey(extractable)
  const departments = await Promise.all(
    withCommon(organisation.departments).map(async ({ id, title }) => ({
      id,
      title,
      publishers: [await createPublisher(files, { id, title }, now)],
    })),
  )
  const crisis = departments.find(({ id }) => id === crisisManagement)
  const common = departments.find(({ id }) => id === commonDepartment)
  if (crisis && common) common.publishers.push(...crisis.publishers)

  const { bytes, hash } = await createFirstRoot({
    title: organisation.title,
    example: organisation.example,
    issued: now,
    rootKeys,
    coordinator: organisation.coordinator,
    recovery: recovery.jwk,
    departments,
    stores: [{ url: organisation.storeUrl, write: true }],
  })
  await writeOrganisation(files, {
    format: 1,
    organisation: hash,
    title: organisation.title,
    example: organisation.example,
    root1: toBase64url(bytes),
    rootKeys: await Promise.all(rootKeys.map(exportPrivateKey)),
    recovery: await exportPrivateKey(recovery),
  })
}

/** A department's publisher on this machine, with the first epoch and the first invitation. */
async function createPublisher(
  files: SecretFiles,
  { id, title }: { id: string; title: string },
  now: Date,
): Promise<FirstRootInput['departments'][number]['publishers'][number]> {
  const signing = await createSigningKey({ extractable: true })
  const agreement = await createAgreementKey({ extractable: true })
  const { epoch, key, member } = await createEpochSecret(1)
  await writeDepartment(files, id, {
    format: 1,
    signing: await exportPrivateKey(signing),
    agreement: await exportPrivateKey(agreement),
    epoch,
    epochKey: toBase64url(key),
    memberKey: member,
    invitations: [{ id: createInvitationId(), made: now.toISOString() }],
  })
  return {
    kid: signing.kid,
    jwk: signing.jwk,
    role: `Planansvarig, ${title}`,
    agreement: agreement.jwk,
  }
}

function withCommon(departments: { id: string; title: string }[]) {
  return departments.some(({ id }) => id === commonDepartment)
    ? departments
    : [{ id: commonDepartment, title: 'Gemensamt' }, ...departments]
}
