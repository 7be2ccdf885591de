import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { verifyStore } from '#release/verify-store.ts'
import { createDirectoryStore } from '#store/directory.ts'
import { parseStorePath } from '#store/layout.ts'
import { fromBase64url } from '#trust/bytes.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import { CliError, textOption } from '../command.ts'
import { dataFolder } from '../data-folder.ts'
import { openOrFillExample } from '../fill-example.ts'
import { readDepartment, readOrganisation } from '../secrets.ts'
import type { Command } from '../command.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Store } from '#store/store.ts'
import type { EpochKey } from '#trust/epoch-key.ts'

/** Checks every signature, hash and reference of a store, and content where this machine has the keys. */
export const verify: Command = {
  usage: 'verify [DIR] [--organisation HASH]',
  summary: 'check every signature, hash and reference of a store (that of the data folder)',
  options: { organisation: { type: 'string' } },
  positionals: [0, 1],

  async run(context, { values, positionals }) {
    const named = positionals[0] === undefined ? undefined : resolve(context.cwd, positionals[0])
    const data = dataFolder(context, named && dataFolderOf(named))
    const folder = named ? storeFolder(named) : data.storePath
    // Only an empty folder is filled: what does not hold is to be told, not mended on the way.
    if (!named && (await isEmpty(data))) await openOrFillExample(context)
    const own = (await readOrganisation(data.secret))?.organisation
    const organisation = textOption(values, 'organisation') ?? own
    const isOwn = own !== undefined && organisation === own
    const store = createDirectoryStore(folder)
    const { checked, problems } = await verifyStore(store, {
      organisation,
      epochKeys: isOwn ? await epochKeysOf(store, data) : undefined,
    })
    for (const { path, code, text } of problems)
      context.complain(`${join(folder, path)}: ${code}: ${text}`)
    if (problems.length > 0) {
      context.complain(`planb: ${problems.length} of ${checked} objects do not hold`)
      context.complain(
        '  Bring them back from a mirror or a backup; what does not belong there, remove.',
      )
      return 1
    }
    context.print(`${checked} objects hold in ${folder}`)
    if (!isOwn) context.print('No keys here: signatures and hashes were checked, content was not.')
    return 0
  },
}

/** The data folder that a named folder is, or lies in, when that has keys of its own; else the usual one. */
function dataFolderOf(named: string): string | undefined {
  return [named, dirname(named)].find((folder) => existsSync(join(folder, 'secret')))
}

/** A store, or a data folder that holds one. */
function storeFolder(named: string): string {
  if (!existsSync(named)) {
    throw new CliError(1, `there is no folder ${named}`, 'Name a store, or a data folder.')
  }
  const inside = join(named, 'store')
  if (!existsSync(join(named, 'root')) && existsSync(inside)) return inside
  return named
}

async function isEmpty(data: DataFolder): Promise<boolean> {
  return !(await readOrganisation(data.secret)) && (await data.store.list('')).length === 0
}

/** Keys this machine has of the departments a store holds. */
async function epochKeysOf(store: Store, data: DataFolder): Promise<Record<string, EpochKey>> {
  const keys: Record<string, EpochKey> = {}
  for (const path of await store.list('d/')) {
    const parsed = parseStorePath(path)
    if (parsed?.kind !== 'head' || Object.hasOwn(keys, parsed.department)) continue
    const secrets = await readDepartment(data.secret, parsed.department)
    if (!secrets) continue
    const bytes = fromBase64url(secrets.epochKey)
    keys[parsed.department] = await importEpochKey(bytes, { extractable: false })
  }
  return keys
}
