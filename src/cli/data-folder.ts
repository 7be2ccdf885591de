import { join, resolve } from 'node:path'
import { createRootChain } from '#server/root-chain.ts'
import { createDirectoryStore } from '#store/directory.ts'
import { rootPath } from '#store/layout.ts'
import { fromBase64url } from '#trust/bytes.ts'
import { TrustError } from '#trust/trust-error.ts'
import { CliError } from './command.ts'
import { createSecretFiles } from './secret-files.ts'
import { readOrganisation } from './secrets.ts'
import type { CliContext } from './command.ts'
import type { SecretFiles } from './secret-files.ts'
import type { OrganisationSecrets } from './secrets.ts'
import type { Store } from '#store/store.ts'
import type { VerifiedRoot } from '#trust/root.ts'

/** A data folder: `store/` is served, `secret/` never. */
export interface DataFolder {
  path: string
  storePath: string
  store: Store
  secret: SecretFiles
}

/** A data folder with its organisation's keys and its last root. */
export interface OpenOrganisation extends DataFolder {
  secrets: OrganisationSecrets
  root: VerifiedRoot
}

/** The named folder, else where PLANB_DATA says (`data` in the project). Nothing is made or read yet. */
export function dataFolder(context: CliContext, named?: string): DataFolder {
  const path = resolve(
    context.cwd,
    named ?? (context.env['PLANB_DATA'] || join(context.project, 'data')),
  )
  const storePath = join(path, 'store')
  return {
    path,
    storePath,
    store: createDirectoryStore(storePath),
    secret: createSecretFiles(join(path, 'secret')),
  }
}

/**
 * Opens the organisation of a data folder; undefined when the folder holds none. A store that lost its
 * root 1, or never got it because the process was stopped, gets it again.
 */
export async function openOrganisation(data: DataFolder): Promise<OpenOrganisation | undefined> {
  const secrets = await readOrganisation(data.secret)
  if (!secrets) {
    if ((await data.store.list('')).length === 0) return undefined
    throw new CliError(
      1,
      `${data.storePath} holds a store, but ${join(data.path, 'secret')} has no keys for it`,
      'Bring the secret folder back from a backup, or name another data folder in PLANB_DATA.',
    )
  }
  await data.store.putIfAbsent(rootPath(1), fromBase64url(secrets.root1))
  const root = await createRootChain(data.store, secrets.organisation)
    .current()
    .catch((error: unknown) => {
      if (!(error instanceof TrustError)) throw error
      const file = join(data.storePath, rootPath(1))
      throw new CliError(
        1,
        `${file} is damaged, or of another organisation (${error.code})`,
        'Remove that file and try again: it is written anew from the secret folder.',
        error,
      )
    })
  if (!root) throw new Error('root 1 was stored and is not there')
  return { ...data, secrets, root }
}

/**
 * As `openOrganisation`, for commands that never make one.
 *
 * @throws CliError when the folder holds none
 */
export async function openExisting(context: CliContext): Promise<OpenOrganisation> {
  const data = dataFolder(context)
  const open = await openOrganisation(data)
  if (open) return open
  throw new CliError(
    1,
    `${data.path} holds no organisation`,
    'Make one with planb init, or name its folder in PLANB_DATA.',
  )
}
