import { LIMITS, rootPath } from '#store/layout.ts'
import { sha256 } from '#trust/bytes.ts'
import { parseGeneral } from '#trust/jws.ts'
import { createRootChain } from '#server/root-chain.ts'
import { buildApp } from '../build-app.ts'
import { CliError, textOption } from '../command.ts'
import { dataFolder } from '../data-folder.ts'
import { readOrganisation } from '../secrets.ts'
import { serveApp, serveOptions } from '../serve-app.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Command } from '../command.ts'

/** Serves a real organisation. Needs no keys: whoever owns this machine can withhold, not change. */
export const serve: Command = {
  usage: 'serve [--organisation HASH] [--host HOST --cert FILE --key FILE]',
  summary: 'serve app and store of an organisation that is not an example',
  options: { ...serveOptions, organisation: { type: 'string' } },
  positionals: [0, 0],

  async run(context, { values }) {
    const data = dataFolder(context)
    const organisation = await organisationOf(data, textOption(values, 'organisation'))
    const root = await createRootChain(data.store, organisation).current()
    if (root?.example) {
      throw new CliError(
        1,
        `${data.path} holds an example organisation (${root.title}): it is not served`,
        'Try it with npm start. Make a real organisation with planb init.',
      )
    }
    const app = await buildApp(context.project, context.complain)
    const { server, address } = await serveApp(context, values, {
      ...app,
      storeDirectory: data.storePath,
      organisation,
      example: false,
    })
    context.print(
      root
        ? `${root.title}: ${address}`
        : `${address} waits for root 1 of organisation ${organisation}`,
    )
    await context.stopped
    await server.stop()
    return 0
  },
}

/**
 * Whose store this is: what was given must agree with what lies there, and an empty store needs it given,
 * since it would otherwise take anybody's root 1.
 */
async function organisationOf(data: DataFolder, given: string | undefined): Promise<string> {
  if (given !== undefined && !/^[0-9a-f]{64}$/.test(given)) {
    throw new CliError(
      2,
      '--organisation is no hash',
      'It has 64 characters, 0–9 and a–f; planb status shows it.',
    )
  }
  const root1 = await data.store.get(rootPath(1), { maxBytes: LIMITS.root })
  const stored = root1
    ? await sha256(parseGeneral(root1).payload)
    : (await readOrganisation(data.secret))?.organisation
  if (stored !== undefined && given !== undefined && stored !== given) {
    throw new CliError(
      1,
      `${data.storePath} holds another organisation (${stored})`,
      'Name another data folder in PLANB_DATA, or leave --organisation out.',
    )
  }
  const organisation = stored ?? given
  if (organisation !== undefined) return organisation
  throw new CliError(
    2,
    `${data.storePath} is empty, and no organisation was named`,
    'Give --organisation HASH (planb status shows it), or make one with planb init.',
  )
}
