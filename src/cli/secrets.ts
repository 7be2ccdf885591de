import * as v from 'valibot'
import { publicJwkSchema } from '#trust/keys.ts'
import { CliError } from './command.ts'
import type { SecretFiles } from './secret-files.ts'

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const base64url = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/))
const privateJwk = v.strictObject({ ...publicJwkSchema.entries, d: base64url })

const organisationSecrets = v.object({
  format: v.literal(1),
  /** SHA-256 hex of root 1's payload. */
  organisation: hash,
  title: v.string(),
  example: v.boolean(),
  /** Root 1 as it lies in the store: with it a store can be begun again. Public. */
  root1: base64url,
  /** Private halves of the root keys, the coordinator's first. One the root no longer names signs nothing. */
  rootKeys: v.array(privateJwk),
  recovery: privateJwk,
  /** A new root key or recovery key, written before the root that names it is sent. */
  nextRootKey: v.optional(privateJwk),
  nextRecovery: v.optional(privateJwk),
})

const departmentSecrets = v.object({
  format: v.literal(1),
  /** The publisher's signing and agreement key of this machine. */
  signing: privateJwk,
  agreement: privateJwk,
  epoch: v.pipe(v.number(), v.integer(), v.minValue(1)),
  epochKey: base64url,
  /** Private half of the epoch's member key. */
  memberKey: privateJwk,
  /** Invitations made here; the first is the one `start` shows. */
  invitations: v.array(v.object({ id: v.string(), made: v.string() })),
})

export type OrganisationSecrets = v.InferOutput<typeof organisationSecrets>
export type DepartmentSecrets = v.InferOutput<typeof departmentSecrets>

/** Keys of the organisation; undefined while the data folder has none. */
export async function readOrganisation(
  files: SecretFiles,
): Promise<OrganisationSecrets | undefined> {
  return await read(files, 'organisation.json', organisationSecrets)
}

/** Written last of all keys: where it is, the others are. */
export async function writeOrganisation(
  files: SecretFiles,
  secrets: OrganisationSecrets,
): Promise<void> {
  await files.write('organisation.json', secrets)
}

/** Keys of a department; undefined when this machine does not publish it. */
export async function readDepartment(
  files: SecretFiles,
  department: string,
): Promise<DepartmentSecrets | undefined> {
  return await read(files, `departments/${department}.json`, departmentSecrets)
}

export async function writeDepartment(
  files: SecretFiles,
  department: string,
  secrets: DepartmentSecrets,
): Promise<void> {
  await files.write(`departments/${department}.json`, secrets)
}

async function read<T extends v.GenericSchema>(
  files: SecretFiles,
  name: string,
  schema: T,
): Promise<v.InferOutput<T> | undefined> {
  const value = await files.read(name)
  if (value === undefined) return undefined
  const parsed = v.safeParse(schema, value)
  if (parsed.success) return parsed.output
  const where = v.getDotPath(parsed.issues[0]) ?? 'the whole'
  // Which field, never what it holds.
  throw new CliError(
    1,
    `secret/${name} is damaged (${where})`,
    'Bring the file back from a backup of the secret folder.',
  )
}
