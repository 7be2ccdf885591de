import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A way to the server as over a bad 4G connection, with a count of what went through. */
export interface SlowProxy {
  port: number
  /** Bytes from the server to the browser since the last reset, headers included. */
  received(): number
  /** Bytes from the browser to the server since the last reset. */
  sent(): number
  requests(): number
  /** Each request since the last reset: when it was asked and answered (from the reset), and what the answer weighed. */
  log(): Exchange[]
  reset(): void
  close(): Promise<void>
}

export interface Exchange {
  path: string
  status: number
  /** Headers and body, as on the wire. */
  bytes: number
  headerBytes: number
  /** Milliseconds since the last reset, on the server's side of the line. */
  from: number
  to: number
}

/**
 * A TCP proxy that delays and throttles, since a browser's own throttling misses service workers.
 * `bitsPerSecond` is shared by all connections; `roundTrip` in milliseconds is half in each
 * direction, and once more before a new connection carries anything (its handshake).
 */
export async function startSlowProxy(options: {
  target: number
  port?: number
  bitsPerSecond: number
  roundTrip: number
}): Promise<SlowProxy> {
  const bytesPerMillisecond = options.bitsPerSecond / 8000
  const sockets = new Set<Socket>()
  let received = 0
  let sent = 0
  let requests = 0
  let freeAt = 0
  let exchanges: Exchange[] = []
  let began = performance.now()

  const server = createServer((client) => {
    const upstream = connect(options.target, '127.0.0.1')
    const ready = after(options.roundTrip)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => sockets.delete(socket))
    }
    // One connection carries one exchange after the other (HTTP/1.1).
    let current: Exchange | undefined
    let up = ready
    client.on('data', (chunk) => {
      sent += chunk.length
      requests += countRequests(chunk)
      const path = /^(?:GET|HEAD|POST) (\S+)/.exec(chunk.toString('latin1'))?.[1]
      if (path !== undefined) {
        const at = performance.now() - began
        current = { path, status: 0, bytes: 0, headerBytes: 0, from: at, to: at }
        exchanges.push(current)
      }
      const due = Promise.all([up, after(options.roundTrip / 2)])
      up = due.then(() => void upstream.write(chunk))
    })
    let down: Promise<unknown> = ready
    upstream.on('data', (chunk) => {
      received += chunk.length
      if (current) note(current, chunk, performance.now() - began)
      // One shared pipe: a chunk leaves when those before it have.
      const now = performance.now()
      freeAt = Math.max(now, freeAt) + chunk.length / bytesPerMillisecond
      const due = Promise.all([down, after(freeAt - now + options.roundTrip / 2)])
      down = due.then(() => void client.write(chunk))
    })
    client.on('end', () => void up.then(() => upstream.end()))
    upstream.on('end', () => void down.then(() => client.end()))
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    received: () => received,
    sent: () => sent,
    requests: () => requests,
    log: () => exchanges,
    reset() {
      exchanges = []
      began = performance.now()
      received = 0
      sent = 0
      requests = 0
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function after(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds))
}

function note(exchange: Exchange, chunk: Buffer, at: number): void {
  if (exchange.bytes === 0) {
    exchange.status = Number(/^HTTP\/1\.1 (\d+)/.exec(chunk.toString('latin1', 0, 20))?.[1] ?? 0)
    exchange.headerBytes = chunk.indexOf('\r\n\r\n') + 4
  }
  exchange.bytes += chunk.length
  exchange.to = at
}

function countRequests(chunk: Buffer): number {
  return chunk.toString('latin1').match(/^(GET|HEAD|POST) /gm)?.length ?? 0
}
