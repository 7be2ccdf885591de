import { dirname } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { StoreError } from '#store/store.ts'
import { CliError } from './command.ts'
import type { CliContext, Command } from './command.ts'

/** Each is loaded when it is asked for: a command should not wait for what the others need. */
const commands: Record<string, () => Promise<Command>> = {
  start: async () => (await import('./commands/start.ts')).start,
  init: async () => (await import('./commands/init.ts')).init,
  serve: async () => (await import('./commands/serve.ts')).serve,
  publish: async () => (await import('./commands/publish.ts')).publish,
  confirm: async () => (await import('./commands/confirm.ts')).confirm,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  department: async () => (await import('./commands/department.ts')).department,
  invite: async () => (await import('./commands/invite.ts')).invite,
  approve: async () => (await import('./commands/approve.ts')).approve,
  revoke: async () => (await import('./commands/revoke.ts')).revoke,
  rotate: async () => (await import('./commands/rotate.ts')).rotate,
  verify: async () => (await import('./commands/verify.ts')).verify,
  mirror: async () => (await import('./commands/mirror.ts')).mirror,
  prune: async () => (await import('./commands/prune.ts')).pruneCommand,
  stores: async () => (await import('./commands/stores.ts')).stores,
  papers: async () => (await import('./commands/papers.ts')).papers,
  status: async () => (await import('./commands/status.ts')).status,
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
    context.print(await help())
    return 0
  }
  const load = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) {
    context.complain(name === undefined ? 'planb: no command' : `planb: no command "${name}"`)
    context.complain(await help())
    return 2
  }
  try {
    const command = await load()
    if (asksForHelp(rest)) {
      context.print(usageOf(command))
      return 0
    }
    return await command.run(context, readArguments(command, rest))
  } catch (error) {
    return complainAbout(error, context)
  }
}

/** What comes after `--` are names, whatever they look like. */
function asksForHelp(args: string[]): boolean {
  const end = args.indexOf('--')
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h')
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

function usageOf({ usage, summary }: Command): string {
  return `  planb ${usage}\n      ${summary}`
}

async function help(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()))
  return [
    'Plan B: continuity plans that open when everything else is down.',
    '',
    ...all.map(usageOf),
    '',
    'PORT (4173) and PLANB_DATA (data) say where it is served and where data lies.',
  ].join('\n')
}
