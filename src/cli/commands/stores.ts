import { isOnThisMachine } from '#server/security-headers.ts'
import { changeStores } from '#sync/manage/change-stores.ts'
import { isStoreAddress } from '#trust/store-address.ts'
import { CliError } from '../command.ts'
import { openExisting } from '../data-folder.ts'
import { asManaged } from '../managed.ts'
import { openOffice } from '../open-office.ts'
import type { CliContext, Command } from '../command.ts'

/** Where phones look: the store that is written, and mirrors of it. */
export const stores: Command = {
  usage: 'stores [URL [MIRROR…]]',
  summary: 'show, or name anew, the store phones ask and its mirrors (in a new root)',
  options: {},
  positionals: [0, 20],

  async run(context, { positionals }) {
    const open = await openExisting(context)
    let { root } = open
    if (positionals.length > 0) {
      const named = positionals.map((url, index) => ({ url: addressOf(url), write: index === 0 }))
      const office = await openOffice(context, open)
      root = (await asManaged(changeStores(office, { stores: named }))).root
      context.print(`root ${root.v}`)
      for (const { url } of named) warnOfPlainAddress(context, url)
    }
    for (const { url, write } of root.stores) {
      context.print(`${write ? 'store ' : 'mirror'}  ${url}`)
    }
    return 0
  },
}

/** Pages that came over HTTPS ask nothing without it, and this machine's own addresses lead nowhere else. */
function warnOfPlainAddress(context: CliContext, url: string): void {
  if (!url.startsWith('http:')) return
  const isLocal = isOnThisMachine(url)
  context.complain(
    isLocal
      ? `planb: ${url} is reached from this machine alone: no phone gets there.`
      : `planb: ${url} is without HTTPS: no phone gets there.`,
  )
  context.complain(
    isLocal
      ? 'Good for a try where the app is opened on this machine too. For phones, serve the store over https.'
      : 'Serve the store over https, and name that address.',
  )
}

/** Absolute, or relative to the app's own address (`store/`); with a closing slash. */
function addressOf(text: string): string {
  const url = text.endsWith('/') ? text : `${text}/`
  if (isStoreAddress(url)) return url
  throw new CliError(
    2,
    `"${text}" is no address of a store`,
    'For example https://data.example/store/, or store/ beside the app.',
  )
}
