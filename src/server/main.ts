import { readFile, statfs } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { getRequestListener } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { createDirectoryStore } from '#store/directory.ts'
import { createServer } from './create-server.ts'
import { createRootChain } from './root-chain.ts'
import type { PostLimits } from './post-limits.ts'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface StartOptions {
  /** The folder served under /store/. */
  storeDirectory: string
  /** The built app. */
  appDirectory: string
  /** Hashed files of earlier builds. */
  earlierDirectory?: string
  /** SHA-256 hex of root 1's payload. */
  organisation: string
  example: boolean
  /** Links into the example, for the app to offer; read at each request. */
  exampleInvitations?: () => Readonly<Record<string, string>>
  host: string
  /** 0 takes any free one. */
  port: number
  /** Files of a certificate and its key (PEM): HTTPS. */
  tls?: { cert: string; key: string }
  /** False: the store alone; `appDirectory` is not read. */
  app?: false
  /** False: the app alone; `storeDirectory` and `organisation` are not read. */
  store?: false
  log: (line: string) => void
  limits?: Partial<PostLimits>
  /** Bytes free where the store lies; asks the disk where it is not given. */
  freeBytes?: () => Promise<number | undefined>
}

export interface RunningServer {
  /** The port that was taken. */
  port: number
  /** Answers what has begun, for at most two seconds, and ends. */
  stop(): Promise<void>
}

/**
 * Puts the server together out of real things (disk, clock, network) and resolves when it answers.
 *
 * @throws the system's error when the port is taken or a certificate cannot be read
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const store = createDirectoryStore(options.storeDirectory)
  const app = createServer({
    store: options.store ?? store,
    chain: createRootChain(store, options.organisation),
    app: options.app,
    appDirectory: options.appDirectory,
    earlierDirectory: options.earlierDirectory,
    example: options.example,
    exampleInvitations: options.exampleInvitations,
    now: Date.now,
    log: options.log,
    addressOf: (c) => getConnInfo(c).remote.address,
    limits: options.limits,
    freeBytes: options.freeBytes ?? (() => freeBytesOf(options.storeDirectory)),
  })
  const answer = getRequestListener(app.fetch)
  const listener: RequestListener = (incoming, outgoing) => void answer(incoming, outgoing)
  // Headers have to come within 10 s and a whole request within 150 s: slow senders hold no place for long.
  const times = { headersTimeout: 10_000, requestTimeout: 150_000, keepAliveTimeout: 10_000 }
  const server = options.tls
    ? createHttpsServer(
        { ...times, cert: await readFile(options.tls.cert), key: await readFile(options.tls.key) },
        listener,
      )
    : createHttpServer(times, listener)

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        const force = setTimeout(() => server.closeAllConnections(), 2_000)
        server.close(() => {
          clearTimeout(force)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}

/** What this process may still write there; undefined where the system does not say. */
async function freeBytesOf(directory: string): Promise<number | undefined> {
  const disk = await statfs(directory).catch(() => undefined)
  return disk && disk.blocks > 0 ? disk.bavail * disk.bsize : undefined
}
