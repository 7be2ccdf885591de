import { once } from 'node:events'
import { createServer, request as sendRequest } from 'node:http'

/** What is done to one answer: `pass` it, `cut` it in the middle, `flip` a byte, answer `html`. */
export type Interference = 'pass' | 'cut' | 'flip' | 'html' | 'gone'

export interface InterferingProxy {
  port: number
  /** Decides for each path what happens to its answer. */
  interfere(rule: (path: string) => Interference): void
  /** Paths asked for since the last call, in order. */
  takeLog(): string[]
  close(): Promise<void>
}

/** A host between phone and server that an attacker or a bad line owns. Answers are sent unencoded. */
export async function startInterferingProxy(
  target: number,
  ownPort: number,
): Promise<InterferingProxy> {
  let rule: (path: string) => Interference = () => 'pass'
  let log: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    log.push(path)
    const headers = { ...request.headers, 'accept-encoding': 'identity' }
    const kind = rule(path)
    const upstream = sendRequest(
      { port: target, host: '127.0.0.1', path, method: request.method, headers },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => {
          const body = Buffer.concat(chunks)
          if (kind === 'html') {
            const page = '<!doctype html><title>Logga in</title>'
            response.writeHead(200, { 'content-type': 'text/html' }).end(page)
          } else if (kind === 'gone') {
            response.writeHead(404, { 'cache-control': 'no-cache' }).end()
          } else if (kind === 'cut' && body.length > 1) {
            response.writeHead(answer.statusCode ?? 500, { ...answer.headers, 'content-length': body.length }) // prettier-ignore
            response.write(body.subarray(0, Math.floor(body.length / 2)), () =>
              response.socket?.destroy(),
            )
          } else {
            if (kind === 'flip' && body.length > 0) {
              const at = Math.floor(body.length / 2)
              body[at] = (body[at] ?? 0) ^ 1
            }
            response.writeHead(answer.statusCode ?? 500, answer.headers).end(body)
          }
        })
      },
    )
    upstream.on('error', () => response.destroy())
    request.pipe(upstream)
  })
  server.listen(ownPort, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: ownPort,
    interfere(next) {
      rule = next
    },
    takeLog() {
      const taken = log
      log = []
      return taken
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
