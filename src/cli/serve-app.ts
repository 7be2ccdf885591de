import { networkInterfaces } from 'node:os'
import { startServer } from '#server/main.ts'
import { CliError, textOption } from './command.ts'
import type { CliContext, OptionValues } from './command.ts'
import type { RunningServer, StartOptions } from '#server/main.ts'

/** Options of `start` and `serve`: where it listens. */
export const serveOptions = {
  host: { type: 'string' },
  cert: { type: 'string' },
  key: { type: 'string' },
} as const

export interface ServedApp {
  server: RunningServer
  /** With a closing slash. */
  address: string
}

/**
 * Serves app and store until the process is asked to end; resolves when it answers.
 *
 * @throws CliError when the port is taken, a certificate cannot be read, or the options make no sense
 */
export async function serveApp(
  context: CliContext,
  values: OptionValues,
  what: Pick<
    StartOptions,
    | 'app'
    | 'store'
    | 'appDirectory'
    | 'earlierDirectory'
    | 'storeDirectory'
    | 'organisation'
    | 'example'
    | 'exampleInvitations'
  >,
): Promise<ServedApp> {
  const host = textOption(values, 'host') ?? '127.0.0.1'
  const port = portOf(context)
  const [cert, key] = [textOption(values, 'cert'), textOption(values, 'key')]
  if ((cert === undefined) !== (key === undefined)) {
    throw new CliError(2, '--cert and --key belong together', 'Give both: files in PEM format.')
  }
  const tls = cert !== undefined && key !== undefined ? { cert, key } : undefined
  if (!tls && !isLoopback(host)) {
    context.complain(
      `planb: ${host} is served without HTTPS: phones store nothing from there. Give --cert and --key.`,
    )
  }
  const server = await startServer({
    ...what,
    host,
    port,
    tls,
    log: (line) => context.complain(`${context.now().toISOString()} ${line}`),
  }).catch((error: unknown) => {
    throw asCliError(error, host, port)
  })
  const scheme = tls ? 'https' : 'http'
  return { server, address: `${scheme}://${shownHost(host)}:${server.port}/` }
}

function portOf(context: CliContext): number {
  const text = context.env['PORT'] || '4173'
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new CliError(2, `PORT is "${text}"`, 'It is a number from 0 to 65535, for example 4173.')
}

function asCliError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'EADDRINUSE') {
    return new CliError(1, `port ${port} is taken`, 'Set another, for example PORT=4174.', error)
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new CliError(
      1,
      `cannot listen on ${host}:${port} (${code})`,
      'Choose an address of this machine with --host, and a PORT above 1023.',
      error,
    )
  }
  if (code === 'ENOENT' || code.startsWith('ERR_OSSL') || code.startsWith('ERR_TLS')) {
    return new CliError(
      1,
      `the certificate or its key cannot be used (${code})`,
      '--cert and --key name files in PEM format.',
      error,
    )
  }
  return error
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

/** What a phone can type: a host that means "all addresses" is shown as the first of this machine's own. */
function shownHost(host: string): string {
  if (host !== '0.0.0.0' && host !== '::') return host.includes(':') ? `[${host}]` : host
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find((address) => address.family === 'IPv4' && !address.internal)
  return own?.address ?? '127.0.0.1'
}
