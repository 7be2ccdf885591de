import { startInterferingProxy, type Interference } from './interfering-proxy.ts'
import { freePort, startPlanB, type StartLine } from './planb-server.ts'
import { publishFirstStep } from './changed-plans.ts'

/** The real server, reached over a line that a test owns: phones know the line's address only. */
export interface FaultyLine extends Pick<StartLine, 'app' | 'invitations' | 'coordinator'> {
  port: number
  /** The server's own port: past the line. */
  serverPort: number
  /** What happens to answers, by path, from now on. */
  interfere(rule: (path: string) => Interference): void
  /** Everything passes again. */
  mend(): void
  /** Paths asked for since the last call, in order. */
  takeLog(): string[]
  /** Resolves when a path was asked for after the last `takeLog`. */
  waitFor(path: (asked: string) => boolean, timeout?: number): Promise<void>
  /** The host is gone: connections are refused until `revive`. */
  die(): Promise<void>
  revive(): Promise<void>
  /** Publishes plans whose best-known routine begins with another step. */
  publish(step: string): Promise<void>
  remove(): Promise<void>
}

export async function startFaultyLine(): Promise<FaultyLine> {
  const server = await startPlanB()
  const port = await freePort()
  let proxy: Awaited<ReturnType<typeof startInterferingProxy>> | undefined
  let rule: (path: string) => Interference = () => 'pass'
  let log: string[] = []
  const revive = async () => {
    proxy ??= await startInterferingProxy(server.port, port)
    proxy.interfere((path) => rule(path))
  }
  const collect = () => {
    log.push(...(proxy?.takeLog() ?? []))
    return log
  }
  const throughLine = (url: string) => url.replace(`:${server.port}/`, `:${port}/`)
  await revive()
  return {
    app: throughLine(server.app),
    coordinator: throughLine(server.coordinator),
    invitations: Object.fromEntries(
      Object.entries(server.invitations).map(([name, url]) => [name, throughLine(url)]),
    ),
    port,
    serverPort: server.port,
    interfere(next) {
      rule = next
    },
    mend() {
      rule = () => 'pass'
    },
    takeLog() {
      const taken = collect()
      log = []
      return taken
    },
    async waitFor(isWanted, timeout = 45_000) {
      const deadline = Date.now() + timeout
      while (!collect().some(isWanted)) {
        if (Date.now() > deadline) throw new Error(`never asked for, but: ${log.join(' ')}`)
        await new Promise((done) => setTimeout(done, 30))
      }
    },
    async die() {
      collect()
      await proxy?.close()
      proxy = undefined
    },
    revive,
    publish: (step) => publishFirstStep(server.data, step),
    async remove() {
      await proxy?.close()
      await server.remove()
    },
  }
}
