import { checkWords } from '#trust/check-words.ts'
import { openOrFillExample } from '../fill-example.ts'
import { invitationLink, linkAddress, warnOfLocalLink } from '../invitation-link.ts'
import { terminalQr } from '../terminal-qr.ts'
import type { Command } from '../command.ts'

/** A new invitation to a department, as text and QR code. */
export const invite: Command = {
  usage: 'invite DEPARTMENT [--app URL]',
  summary:
    'make an invitation: a link and a QR code, to be handed over, not mailed around; --app says where phones open the app',
  options: { app: { type: 'string' } },
  positionals: [1, 1],

  async run(context, { values, positionals }) {
    const app = linkAddress(context, values)
    const open = await openOrFillExample(context)
    const department = positionals[0]!
    const link = await invitationLink(open, department, app, { madeAt: context.now() })
    const words = checkWords(open.root.organisation)
    context.print(`${open.root.title}, ${open.root.departments[department]!.title}:`)
    context.print(link)
    for (const line of terminalQr(link)) context.print(line)
    context.print(`Kontrollord: ${words.join(' ')}`)
    warnOfLocalLink(values, context.complain)
    return 0
  },
}
