import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** What `npm start -- --json` says on its one line. */
export interface StartLine {
  app: string
  invitations: Record<string, string>
  coordinator: string
}

export interface PlanBServer extends StartLine {
  port: number
  data: string
  /** Ends the process; the port is free afterwards. The data folder stays. */
  stop(): Promise<void>
  /** Ends the process and removes the data folder. */
  remove(): Promise<void>
}

const root = resolve(import.meta.dirname, '../..')

/** A port on 127.0.0.1 that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Runs the real start command on a data folder of its own, as a user would, and waits until it answers. */
export async function startPlanB(
  options: { port?: number; data?: string } = {},
): Promise<PlanBServer> {
  const port = options.port ?? (await freePort())
  const data = options.data ?? (await newData())
  const child = spawn(process.execPath, ['src/cli/main.ts', 'start', '--json'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), PLANB_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  const line = await new Promise<StartLine>((done, fail) => {
    child.stdout.on('data', (chunk) => {
      output += String(chunk)
      const json = output.split('\n').find((text) => text.startsWith('{') && text.endsWith('}'))
      if (json) done(JSON.parse(json) as StartLine)
    })
    child.on('exit', (code) =>
      fail(new Error(`planb start ended with ${code}: ${errors}${output}`)),
    )
  })
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return {
    ...line,
    port,
    data,
    stop,
    async remove() {
      await stop()
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** Where a data folder with the example lies, for those who start many servers. */
export const exampleVariable = 'PLANB_TEST_EXAMPLE'

async function newData(): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'planb-data-'))
  const filled = process.env[exampleVariable]
  if (filled !== undefined) await cp(filled, data, { recursive: true })
  return data
}

/** Runs a planb command on a data folder and gives its output and exit code. */
export async function runPlanB(
  data: string,
  commandArguments: string[],
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ['src/cli/main.ts', ...commandArguments], {
    cwd: root,
    env: { ...process.env, PLANB_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => (stdout += String(chunk)))
  child.stderr.on('data', (chunk) => (stderr += String(chunk)))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}
