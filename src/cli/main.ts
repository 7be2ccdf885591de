import { dirname } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { StoreError } from '#store/store.ts'
import { CliError } from './command.ts'
import { approve } from './commands/approve.ts'
import { exportCommand } from './commands/export.ts'
import { init } from './commands/init.ts'
import { invite } from './commands/invite.ts'
import { mirror } from './commands/mirror.ts'
import { papers } from './commands/papers.ts'
import { publish } from './commands/publish.ts'
import { revoke } from './commands/revoke.ts'
import { rotate } from './commands/rotate.ts'
import { serve } from './commands/serve.ts'
import { start } from './commands/start.ts'
import { status } from './commands/status.ts'
import { stores } from './commands/stores.ts'
import { verify } from './commands/verify.ts'
import type { CliContext, Command } from './command.ts'

const commands: Record<string, Command> = {
  start,
  init,
  serve,
  publish,
  export: exportCommand,
  invite,
  approve,
  revoke,
  rotate,
  verify,
  mirror,
  stores,
  papers,
  status,
}

// Who reads our output may stop early (`planb status | head`): that is no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1)
  })
}

process.exitCode = await main(process.argv.slice(2), {
  project: dirname(dirname(dirname(fileURLToPath(import.meta.url)))),
  env: process.env,
  cwd: process.cwd(),
  now: () => new Date(),
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  ...(process.stdin.isTTY && process.stdout.isTTY && { ask }),
  fetch,
  stopped: new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolve())
    }
  }),
})
// A keep-alive connection or a timer left over must not hold a command that is done.
process.stdout.write('', () => process.exit())

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return await lines.question(question)
  } finally {
    lines.close()
  }
}

async function main(args: string[], context: CliContext): Promise<0 | 1 | 2> {
  const [name, ...rest] = args
  if (name === 'help' || name === '--help' || name === '-h') {
    context.print(help())
    return 0
  }
  const command = name === undefined ? undefined : commands[name]
  if (!command || !Object.hasOwn(commands, name!)) {
    context.complain(name === undefined ? 'planb: no command' : `planb: no command "${name}"`)
    context.complain(help())
    return 2
  }
  try {
    return await command.run(context, readArguments(command, rest))
  } catch (error) {
    return complainAbout(error, context)
  }
}

function readArguments(command: Command, args: string[]) {
  const wrong = (what: string) => new CliError(2, what, `planb ${command.usage}`)
  let parsed
  try {
    parsed = parseArgs({ args, options: command.options, allowPositionals: true })
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : 'wrong use')
  }
  const [least, most] = command.positionals
  if (parsed.positionals.length < least) throw wrong('an argument is missing')
  if (parsed.positionals.length > most) {
    throw wrong(`one argument too many: ${parsed.positionals[most]}`)
  }
  return { values: parsed.values, positionals: parsed.positionals }
}

function complainAbout(error: unknown, context: CliContext): 1 | 2 {
  if (error instanceof CliError) {
    context.complain(`planb: ${error.message}`)
    context.complain(`  ${error.advice}`)
    return error.exitCode
  }
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
  const message = error instanceof Error ? error.message : String(error)
  context.complain(`planb: ${message}${code}`)
  if (error instanceof StoreError) {
    context.complain(
      error.code === 'full'
        ? '  Make room on the disk, then try again.'
        : '  Look whether this user may read and write the data folder, then try again.',
    )
  }
  if (context.env['PLANB_DEBUG'] && error instanceof Error) context.complain(error.stack ?? '')
  return 1
}

function help(): string {
  const width = Math.max(...Object.values(commands).map((command) => command.usage.length))
  return [
    'Plan B: continuity plans that open when everything else is down.',
    '',
    ...Object.values(commands).map(
      (command) => `  planb ${command.usage.padEnd(width)}  ${command.summary}`,
    ),
    '',
    'PORT (4173) and PLANB_DATA (data) say where it is served and where data lies.',
  ].join('\n')
}
