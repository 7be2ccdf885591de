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
  reset(): void
  close(): Promise<void>
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

  const server = createServer((client) => {
    const upstream = connect(options.target, '127.0.0.1')
    const ready = after(options.roundTrip)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => sockets.delete(socket))
    }
    let up = ready
    client.on('data', (chunk) => {
      sent += chunk.length
      requests += countRequests(chunk)
      const due = Promise.all([up, after(options.roundTrip / 2)])
      up = due.then(() => void upstream.write(chunk))
    })
    let down: Promise<unknown> = ready
    upstream.on('data', (chunk) => {
      received += chunk.length
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
    reset() {
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

function countRequests(chunk: Buffer): number {
  return chunk.toString('latin1').match(/^(GET|HEAD|POST) /gm)?.length ?? 0
}
