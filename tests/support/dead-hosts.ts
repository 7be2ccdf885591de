import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

/** A host that took the place of the real one, and how often it was asked. */
export interface TakenOverPort {
  hits(): number
  close(): Promise<void>
}

/** Accepts every connection and never answers: a dead network as phones often see it. */
export function silentHost(port: number): Promise<TakenOverPort> {
  return listen(port, () => undefined)
}

/** Answers every request with a page of its own and status 200: a captive portal. */
export function captivePortal(port: number): Promise<TakenOverPort> {
  const page = '<!doctype html><title>Logga in</title><h1>Godkänn villkoren för gästnätet</h1>'
  return listen(port, (socket) => {
    socket.on('data', () => {
      socket.end(
        `HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(page)}\r\nconnection: close\r\n\r\n${page}`,
      )
    })
  })
}

async function listen(port: number, connected: (socket: Socket) => void): Promise<TakenOverPort> {
  let hits = 0
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    hits += 1
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    connected(socket)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    hits: () => hits,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
