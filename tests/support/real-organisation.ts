import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePort, runPlanB } from './planb-server.ts'

const project = resolve(import.meta.dirname, '../..')

/** An organisation that is no example: made by `planb init`, served by `planb serve`. */
export interface RealOrganisation {
  app: string
  /** The link that its coordinator opens once. */
  coordinator: string
  data: string
  remove(): Promise<void>
}

export async function startRealOrganisation(
  title: string,
  ...departments: string[]
): Promise<RealOrganisation> {
  const data = await mkdtemp(join(tmpdir(), 'planb-real-'))
  const port = await freePort()
  const app = `http://127.0.0.1:${port}/`
  const made = await runPlanB(data, ['init', title, ...departments, '--app', app])
  const coordinator = /http\S+#\/restore\/\S+/.exec(made.stdout)?.[0]
  if (made.code !== 0 || coordinator === undefined) throw new Error(made.stderr)
  const child = spawn(process.execPath, ['src/cli/main.ts', 'serve'], {
    cwd: project,
    env: { ...process.env, PORT: String(port), PLANB_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (said += String(chunk)))
  const deadline = Date.now() + 60_000
  while (!(await answers(app))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`planb serve: ${said}`)
    await new Promise((done) => setTimeout(done, 200))
  }
  return {
    app,
    coordinator,
    data,
    async remove() {
      if (child.exitCode === null) {
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
      await rm(data, { recursive: true, force: true })
    },
  }
}

async function answers(app: string): Promise<boolean> {
  return (await fetch(`${app}health`).catch(() => undefined))?.ok === true
}
