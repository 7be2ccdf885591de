import { LIMITS } from '#store/layout.ts'
import { acceptRelease } from '../accept-release.ts'
import { acceptRoot } from '../accept-root.ts'
import { noCache } from '../cache-control.ts'
import { createQuota, quotaKeyOfAddress } from '../quota.ts'
import { readBody } from '../read-body.ts'
import { readReleaseParts } from '../read-release-parts.ts'
import { ServerError } from '../server-error.ts'
import type { RootChain } from '../root-chain.ts'
import type { Store } from '#store/store.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import type { Context } from 'hono'

/** What one server takes; chosen so that a whole municipality fits behind one address. */
export interface PostLimits {
  /** The whole body of a release: a department of 1,000 documents and its key file. */
  releaseBytes: number
  bodyMs: number
  /** Bodies that are read at the same time: `releaseBytes` of memory each. */
  atOnce: number
  windowMs: number
  /** Requests and bytes per address and window, whatever comes of them. */
  perAddress: number
  bytesPerAddress: number
  /** Releases per department and window; counted only when accepted, so that strangers use up nothing. */
  perDepartment: number
}

export const postLimits: PostLimits = {
  releaseBytes: 24 * 1024 * 1024,
  bodyMs: 120_000,
  atOnce: 4,
  windowMs: 10 * 60_000,
  perAddress: 300,
  bytesPerAddress: 512 * 1024 * 1024,
  perDepartment: 60,
}

export interface PostOptions {
  store: Store
  chain: RootChain
  allowExample: boolean
  limits: PostLimits
  /** Milliseconds, for quotas. */
  now: () => number
  addressOf: (c: Context) => string | undefined
}

/** The two routes that write. What is sent carries its own permission: a signature. */
export function createPostRoutes(options: PostOptions) {
  const { store, chain, limits } = options
  const quota = (most: number) => createQuota({ most, windowMs: limits.windowMs, now: options.now })
  const requests = quota(limits.perAddress)
  const bytes = quota(limits.bytesPerAddress)
  const releases = quota(limits.perDepartment)
  const inTurn = createQueue()
  let reading = 0

  async function receive(c: Context, most: number): Promise<Uint8Array<ArrayBuffer>> {
    const key = quotaKeyOfAddress(options.addressOf(c))
    refuseWhen(requests.use(key))
    if (reading >= limits.atOnce) throw tooMany(5)
    reading++
    try {
      const body = await readBody(c.req.raw, { bytes: most, ms: limits.bodyMs })
      refuseWhen(bytes.use(key, body.length))
      return body
    } finally {
      reading--
    }
  }

  async function requireRoot(): Promise<VerifiedRoot> {
    const root = await chain.current()
    if (!root) throw new ServerError('root-missing', 422, 'this store has no root yet: send root 1')
    return root
  }

  return {
    /** `POST /store/d/<department>`: 201, or 409 with the current head as body. */
    async release(c: Context): Promise<Response> {
      const department = c.req.param('department') ?? ''
      const root = await requireRoot()
      if (!Object.hasOwn(root.departments, department)) {
        throw new ServerError('department-unknown', 404, 'the root names no such department')
      }
      const body = await receive(c, limits.releaseBytes)
      const parts = await readReleaseParts(body, c.req.header('Content-Type'))
      const result = await inTurn(async () =>
        acceptRelease(store, {
          root: await requireRoot(),
          department,
          parts,
          beforeStoring: () => refuseWhen(releases.use(department)),
        }),
      )
      c.header('Cache-Control', noCache)
      if (result.outcome === 'taken') {
        c.header('Content-Type', 'application/octet-stream')
        return c.body(result.current, 409)
      }
      return c.json({ gen: result.gen, v: result.v }, 201)
    },

    /** `POST /store/root`, the root's bytes as body: 201, or 409 when the store has that number. */
    async root(c: Context): Promise<Response> {
      const body = await receive(c, LIMITS.root)
      const result = await inTurn(() => acceptRoot(store, chain, body, options))
      c.header('Cache-Control', noCache)
      return c.json({ v: result.v }, result.outcome === 'stored' ? 201 : 409)
    },
  }
}

/**
 * Runs one after another: two publishers of one process never write at the same time, so what the loser
 * stored can be taken away again. Between processes put-if-absent decides.
 */
function createQueue() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(action: () => Promise<T>): Promise<T> => {
    const result = last.then(action, action)
    last = result.catch(() => undefined)
    return result
  }
}

function refuseWhen(seconds: number): void {
  if (seconds > 0) throw tooMany(seconds)
}

function tooMany(seconds: number): ServerError {
  return new ServerError('too-many', 429, 'too much was sent: try again later', seconds)
}
