import { Hono } from 'hono'
import { answerError } from './answer-error.ts'
import { createAppFiles } from './app-files.ts'
import { noCache } from './cache-control.ts'
import { createDepartmentLogs } from './department-logs.ts'
import { postLimits } from './post-limits.ts'
import { getApp, notFound } from './routes/app.ts'
import { getExample } from './routes/example.ts'
import { getHealth } from './routes/health.ts'
import { getLog } from './routes/log-get.ts'
import { redirectMangledLink } from './routes/mangled-link.ts'
import { getStoreOnly } from './routes/store-only.ts'
import { getStore } from './routes/store-get.ts'
import { createPostRoutes } from './routes/store-post.ts'
import { everyAnswer, isOnThisMachine, needsPolicy, securityHeaders } from './security-headers.ts'
import type { PostLimits } from './post-limits.ts'
import type { RootChain } from './root-chain.ts'
import type { Store } from '#store/store.ts'
import type { Context } from 'hono'

export interface ServerOptions {
  /** What is served under /store/; false for the app alone (`planb serve --app-only`). */
  store: Store | false
  /** Says whose store it is, and who may write. */
  chain: RootChain
  /** False: the store alone (`planb serve --store-only`). */
  app?: false
  /** The built app. */
  appDirectory: string
  /** Hashed files of earlier builds. */
  earlierDirectory?: string
  /** An example organisation: looser connect-src, and its root 1 is taken. */
  example: boolean
  /** Links into an example organisation; never given for another. */
  exampleInvitations?: () => Readonly<Record<string, string>>
  /** Milliseconds, for quotas, expiry, and beats dated ahead. */
  now: () => number
  /** Takes a line without anything secret or personal in it. */
  log: (line: string) => void
  addressOf: (c: Context) => string | undefined
  limits?: Partial<PostLimits>
  /** Bytes free where the store lies; undefined when nobody knows. */
  freeBytes?: () => Promise<number | undefined>
}

/**
 * The app and the store at one address (DESIGN, "Server"), or one of them alone: no accounts, no
 * sessions, no tokens. Everything that is read is public; everything that is written is signed.
 */
export function createServer(options: ServerOptions): Hono {
  const app = new Hono()
  const policies = [false, true].map((thisMachine) => securityHeaders({ thisMachine }))

  app.use(async (c, next) => {
    await next()
    const isPage = needsPolicy(c.req.path, c.res.headers.get('content-type'))
    const policy = isPage && policies[Number(options.example || isOnThisMachine(c.req.url))]
    for (const [name, value] of Object.entries({ ...everyAnswer, ...policy })) {
      c.header(name, value)
    }
  })
  app.onError((error, c) => answerError(error, c, options.log))
  app.notFound(notFound)

  app.get('/health', getHealth)
  if (options.store) addStore(app, options, options.store)
  else app.get('/store/*', notFound)
  if (options.app === false) app.get('/', getStoreOnly)
  else addApp(app, options)
  app.get('*', notFound)
  app.all('*', (c) => {
    c.header('Allow', 'GET, HEAD')
    return c.text('Method not allowed\n', 405, { 'Cache-Control': noCache })
  })
  return app
}

function addStore(app: Hono, options: ServerOptions, store: Store): void {
  const { chain } = options
  const logOf = createDepartmentLogs({ store, chain, now: options.now })
  const post = createPostRoutes({
    store,
    chain,
    allowExample: options.example,
    limits: { ...postLimits, ...options.limits },
    logOf,
    now: options.now,
    addressOf: options.addressOf,
    freeBytes: options.freeBytes,
  })
  app.use('/store/*', async (c, next) => {
    // Another origin may serve the app. Nothing here depends on who asks, so anybody may.
    c.header('Access-Control-Allow-Origin', '*')
    await next()
    // What a page of another origin wants to read: the hint's ETag, and how long to wait.
    const exposed = ['ETag', 'Retry-After'].filter((name) => c.res.headers.has(name))
    if (exposed.length > 0) c.header('Access-Control-Expose-Headers', exposed.join(', '))
  })
  app.post('/store/root', (c) => post.root(c))
  app.post('/store/d/:department', (c) => post.release(c))
  app.post('/store/d/:department/beat', (c) => post.beat(c))
  app.post('/store/d/:department/log', (c) => post.entry(c))
  app.options('/store/*', (c) => {
    c.header('Access-Control-Allow-Methods', 'GET, HEAD, POST')
    c.header('Access-Control-Allow-Headers', 'If-None-Match, Content-Type')
    c.header('Access-Control-Max-Age', '86400')
    return c.body(null, 204)
  })
  app.get('/store/d/:department/log', getLog(logOf))
  app.get('/store/*', getStore(store))
}

function addApp(app: Hono, options: ServerOptions): void {
  if (options.example && options.exampleInvitations) {
    app.get('/example.json', getExample(options.exampleInvitations))
  }
  app.get('*', redirectMangledLink)
  app.get('*', getApp(createAppFiles(options.appDirectory, options.earlierDirectory)))
}
