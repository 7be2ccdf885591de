import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { verifyStore } from '#release/verify-store.ts'
import { createDirectoryStore } from '#store/directory.ts'
import { createRootChain } from '#server/root-chain.ts'
import { currentHead } from '#server/current-head.ts'
import { epochKeyOf } from '#sync/manage/create-open.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import { buildApp } from '../build-app.ts'
import { CliError, textOption } from '../command.ts'
import { compareApp, describeBuild } from '../compare-app.ts'
import { keysAtHand } from '../current-release.ts'
import { dataFolder } from '../data-folder.ts'
import { openOrFillExample } from '../fill-example.ts'
import { appAddress } from '../invitation-link.ts'
import { readDepartment, readOrganisation } from '../secrets.ts'
import type { CliContext, Command } from '../command.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Store } from '#store/store.ts'
import type { EpochKey } from '#trust/epoch-key.ts'

/** Checks every signature, hash and reference of a store, and content where this machine has the keys. */
export const verify: Command = {
  usage: 'verify [DIR] [--organisation HASH] | --app URL',
  summary:
    'check every signature, hash and reference of a store (that of the data folder), or the app a host serves against this checkout',
  options: { organisation: { type: 'string' }, app: { type: 'string' } },
  positionals: [0, 1],

  async run(context, { values, positionals }) {
    const app = textOption(values, 'app')
    if (app !== undefined) return await verifyApp(context, app)
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

/** Compares what a host serves with what these sources build. */
async function verifyApp(context: CliContext, named: string): Promise<0 | 1> {
  const app = new URL(appAddress(named))
  const { appDirectory } = await buildApp(context.project, context.complain)
  const { build, files } = await describeBuild(appDirectory)
  const problems = await compareApp(files, app, { fetch: context.fetch, timeoutMs: 30_000 })
  context.print(`build of this checkout  ${build}`)
  for (const { path, problem } of problems) {
    context.complain(`${new URL(path, app).href}: ${problem}`)
  }
  if (problems.length === 0) {
    context.print(`${app.href} serves these ${files.length} files`)
    return 0
  }
  context.complain(`planb: ${app.href} does not serve this build`)
  context.complain(
    '  Check out the version it should serve and try again. If it differs still, somebody has changed the app: tell people not to open it.',
  )
  return 1
}

/** Keys this machine has of the departments a store holds, for the epoch of each department's newest head. */
async function epochKeysOf(store: Store, data: DataFolder): Promise<Record<string, EpochKey>> {
  const keys: Record<string, EpochKey> = {}
  const secrets = await readOrganisation(data.secret)
  const root =
    secrets &&
    (await createRootChain(store, secrets.organisation)
      .current()
      .catch(() => undefined))
  // What does not hold is verifyStore's to tell.
  if (!secrets || !root) return keys
  for (const department of Object.keys(root.departments)) {
    const own = await readDepartment(data.secret, department)
    const head = (await currentHead(store, root, department).catch(() => undefined))?.head
    const bytes =
      head && (await epochKeyOf(await keysAtHand(store, secrets, own), head).catch(() => undefined))
    if (bytes) keys[department] = await importEpochKey(bytes, { extractable: false })
  }
  return keys
}
