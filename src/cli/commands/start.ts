import { buildApp } from '../build-app.ts'
import { CliError } from '../command.ts'
import { openOrFillExample } from '../fill-example.ts'
import { coordinatorLink, invitationLink } from '../invitation-link.ts'
import { serveApp, serveOptions } from '../serve-app.ts'
import { terminalQr } from '../terminal-qr.ts'
import type { Command } from '../command.ts'

/** `npm start`: the example organisation, built, filled and served on this machine. */
export const start: Command = {
  usage: 'start [--json] [--host HOST --cert FILE --key FILE]',
  summary: 'build, fill an empty data folder with the example, and serve it',
  options: { ...serveOptions, json: { type: 'boolean' } },
  positionals: [0, 0],

  async run(context, { values }) {
    const open = await openOrFillExample(context)
    if (!open.root.example) {
      throw new CliError(
        1,
        `${open.path} holds the organisation ${open.root.title}, not the example`,
        'Serve it with planb serve, or name another folder in PLANB_DATA.',
      )
    }
    const app = await buildApp(context.project, context.complain)
    const invitations: Record<string, string> = {}
    const { server, address } = await serveApp(context, values, {
      ...app,
      storeDirectory: open.storePath,
      organisation: open.root.organisation,
      example: true,
      exampleInvitations: () => invitations,
    })
    for (const department of Object.keys(open.root.departments)) {
      invitations[department] = await invitationLink(open, department, address, 'first')
    }
    const coordinator = await coordinatorLink(open, address)
    if (values['json']) {
      context.print(JSON.stringify({ app: address, invitations, coordinator }))
    } else {
      for (const [department, link] of Object.entries(invitations)) {
        printLink(context.print, open.root.departments[department]!.title, link)
      }
      printLink(context.print, 'Beredskapssamordnare', coordinator)
      context.print(`Plan B: ${address}`)
      context.print(`ÖVNING: ${open.root.title} är ett exempel. Inga riktiga nummer.`)
      context.print('Ctrl+C avslutar.')
    }
    await context.stopped
    await server.stop()
    return 0
  },
}

function printLink(print: (line: string) => void, title: string, link: string): void {
  print(`${title}:`)
  print(link)
  for (const line of terminalQr(link)) print(line)
  print('')
}
