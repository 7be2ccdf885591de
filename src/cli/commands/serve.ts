import { createRootChain } from '#server/root-chain.ts'
import { buildApp } from '../build-app.ts'
import { CliError, textOption } from '../command.ts'
import { dataFolder } from '../data-folder.ts'
import { makeFolder } from '../make-folder.ts'
import { organisationOf } from '../organisation-of.ts'
import { serveApp, serveOptions } from '../serve-app.ts'
import type { CliContext, Command, OptionValues } from '../command.ts'

/** Serves a real organisation. Needs no keys: whoever owns this machine can withhold, not change. */
export const serve: Command = {
  usage:
    'serve [--app-only | --store-only] [--organisation HASH] [--host HOST --cert FILE --key FILE]',
  summary:
    'serve app and store of an organisation that is not an example; each alone, for an origin of its own',
  options: {
    ...serveOptions,
    organisation: { type: 'string' },
    'app-only': { type: 'boolean' },
    'store-only': { type: 'boolean' },
  },
  positionals: [0, 0],

  async run(context, { values }) {
    if (values['app-only'] === true) return await serveAppOnly(context, values)
    const isStoreOnly = values['store-only'] === true
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
    // Said now, not at the first thing that is sent here.
    await makeFolder(data.storePath)
    const app = isStoreOnly
      ? { app: false as const, appDirectory: '' }
      : await buildApp(context.project, context.complain)
    const { server, address } = await serveApp(context, values, {
      ...app,
      storeDirectory: data.storePath,
      organisation,
      example: false,
    })
    context.print(
      root
        ? `${root.title}: ${address}${isStoreOnly ? 'store/' : ''}`
        : `${address} waits for root 1 of organisation ${organisation}`,
    )
    await context.stopped
    await server.stop()
    return 0
  },
}

/** The app alone: it belongs to no organisation, and holds no data. Its store lies where the root says. */
async function serveAppOnly(context: CliContext, values: OptionValues): Promise<0> {
  if (values['store-only'] === true || textOption(values, 'organisation') !== undefined) {
    throw new CliError(
      2,
      '--app-only goes with neither --store-only nor --organisation',
      'The app alone belongs to no organisation.',
    )
  }
  const { server, address } = await serveApp(context, values, {
    ...(await buildApp(context.project, context.complain)),
    store: false,
    storeDirectory: '',
    organisation: '',
    example: false,
  })
  context.print(`The app alone: ${address}`)
  await context.stopped
  await server.stop()
  return 0
}
