import { LIMITS } from '#store/layout.ts'
import { StoreError } from '#store/store.ts'
import { isAgreed } from '#trust/root.ts'
import { acceptBeat } from '../accept-beat.ts'
import { acceptEntry } from '../accept-entry.ts'
import { acceptRelease } from '../accept-release.ts'
import { acceptRoot } from '../accept-root.ts'
import { createAddressGate } from '../address-gate.ts'
import { noCache } from '../cache-control.ts'
import { createHeadMemory } from '../current-head.ts'
import { createIntake } from '../intake.ts'
import { createQuota, quotaKeyOfAddress } from '../quota.ts'
import { readReleaseParts } from '../read-release-parts.ts'
import { ServerError, tooMany } from '../server-error.ts'
import type { AddressGate } from '../address-gate.ts'
import type { AdmittedEntry } from '#journal/entry.ts'
import type { Intake } from '../intake.ts'
import type { LogIndex } from '../log-index.ts'
import type { PostLimits } from '../post-limits.ts'
import type { Quota } from '../quota.ts'
import type { RootChain } from '../root-chain.ts'
import type { Store } from '#store/store.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import type { Context } from 'hono'

export interface PostOptions {
  store: Store
  chain: RootChain
  allowExample: boolean
  limits: PostLimits
  /** The journal of a department the root names. */
  logOf: (department: string) => Promise<LogIndex | undefined>
  /** Milliseconds, for quotas, and for beats dated ahead. */
  now: () => number
  addressOf: (c: Context) => string | undefined
  /** Bytes free where the store lies; undefined when nobody knows. */
  freeBytes?: () => Promise<number | undefined>
}

/** The routes that write. What is sent carries its own permission: a signature. */
export function createPostRoutes(options: PostOptions) {
  const { store, chain, limits } = options
  const quota = (most: number, windowMs = limits.windowMs) =>
    createQuota({ most, windowMs, now: options.now })
  const bytes = quota(limits.bytesPerAddress)
  const releases = quota(limits.perDepartment)
  const releaseBytes = quota(limits.releaseBytesPerDay, dayMs)
  const roots = quota(limits.rootsPerDay, dayMs)
  const beats = quota(limits.beatsPerDepartment)
  const entries = {
    own: quota(limits.entriesOwnPerDevice),
    byDepartment: quota(limits.entriesPerDepartment),
    byDevice: quota(limits.entriesPerDevice),
  }
  const inTurn = createQueue()
  const headOf = createHeadMemory(store)
  const large = createIntake({
    atOnce: limits.atOnce,
    bytesAtOnce: limits.bytesAtOnce,
    ms: limits.bodyMs,
  })
  const small = createIntake({
    atOnce: limits.smallAtOnce,
    bytesAtOnce: limits.smallAtOnce * LIMITS.log,
    ms: limits.smallBodyMs,
  })
  const gate = (requests: Quota) =>
    createAddressGate({
      requests,
      bytes,
      lateBytes: limits.lateBytes,
      late: createIntake({
        atOnce: limits.lateAtOnce,
        bytesAtOnce: lateTogether * limits.lateBytes,
        ms: limits.lateMs,
      }),
    })
  // A flood of entries stands in no publisher's way.
  const publishing = gate(quota(limits.perAddress))
  const telling = gate(quota(limits.entriesPerAddress))

  /** Takes a request's body in and tries it; [H12] counts it to its address when nothing came of it. */
  async function receive(
    c: Context,
    { most, intake, gate }: { most: number; intake: Intake; gate: AddressGate },
    accept: (body: Uint8Array<ArrayBuffer>) => Promise<Response>,
  ): Promise<Response> {
    const key = quotaKeyOfAddress(options.addressOf(c))
    return gate(c.req.raw, { key, most, intake }, accept)
  }

  async function requireRoot(department?: string): Promise<VerifiedRoot> {
    const root = await chain.current()
    if (!root) throw new ServerError('root-missing', 422, 'this store has no root yet: send root 1')
    if (department !== undefined && !Object.hasOwn(root.departments, department)) {
      throw new ServerError('department-unknown', 404, 'the root names no such department')
    }
    return root
  }

  /** [H33] [H34] [H36] Whether a journal has room for an entry, or can make some. */
  async function admitToLog(log: LogIndex, entry: AdmittedEntry): Promise<void> {
    const { device, epoch } = entry
    const held = await log.count(device)
    if (held.device >= limits.heldPerDevice) throw tooMany(fullForSeconds)
    if (held.device === 0) {
      const devices = log.devices()
      if (devices.newToday >= limits.newDevicesPerDay) throw tooMany(fullForSeconds)
      const isFull = devices.all >= limits.devicesPerDepartment
      if (isFull && !(await log.makeRoomForDevice(epoch))) throw tooMany(fullForSeconds)
    }
    const isFull = held.department >= limits.heldPerDepartment
    if (isFull && !(await log.makeRoom(epoch))) throw tooMany(fullForSeconds)
  }

  /** [H17] A full disk would refuse the root that ends what fills it. */
  async function refuseWhenFull(): Promise<void> {
    const free = await options.freeBytes?.()
    if (free !== undefined && free < limits.keepFreeBytes) {
      throw new StoreError('full', 'the rest of the disk is kept free for roots')
    }
  }

  return {
    /** `POST /store/d/<department>`: 201, or 409 with the current head as body. */
    async release(c: Context): Promise<Response> {
      const department = c.req.param('department') ?? ''
      await requireRoot(department)
      const way = { most: limits.releaseBytes, intake: large, gate: publishing }
      return receive(c, way, async (body) => {
        const parts = await readReleaseParts(body, c.req.header('Content-Type'))
        const result = await inTurn(async () =>
          acceptRelease(store, {
            root: await requireRoot(),
            department,
            parts,
            async beforeStoring({ head, newBlobBytes }) {
              // A head signed again after a revocation, without which no phone follows it.
              if (!head.byRootKey || newBlobBytes > 0) await refuseWhenFull()
              // What a key that is revoked now has used up is none of those who publish after it.
              const key = `${department}/${head.gen}`
              refuseWhen(releases.use(key))
              refuseWhen(releaseBytes.use(key, parts.head.length + newBlobBytes))
            },
          }),
        )
        c.header('Cache-Control', noCache)
        if (result.outcome === 'taken') {
          c.header('Content-Type', 'application/octet-stream')
          return c.body(result.current, 409)
        }
        return c.json({ gen: result.gen, v: result.v }, 201)
      })
    },

    /** `POST /store/root`, the root's bytes as body: 201, or 409 when the store has that number. */
    async root(c: Context): Promise<Response> {
      const way = { most: LIMITS.root, intake: large, gate: publishing }
      return receive(c, way, async (body) => {
        const result = await inTurn(() =>
          acceptRoot(store, chain, body, {
            allowExample: options.allowExample,
            beforeStoring: (root) => refuseWhen(isAgreed(root) ? 0 : roots.use('')),
          }),
        )
        c.header('Cache-Control', noCache)
        return c.json({ v: result.v }, result.outcome === 'stored' ? 201 : 409)
      })
    },

    /** `POST /store/d/<department>/beat`: 201, or 409 when it says nothing newer than what stands. */
    async beat(c: Context): Promise<Response> {
      const department = c.req.param('department') ?? ''
      await requireRoot(department)
      const way = { most: LIMITS.beat, intake: small, gate: publishing }
      return receive(c, way, async (body) => {
        const outcome = await inTurn(async () =>
          acceptBeat(store, {
            root: await requireRoot(),
            department,
            bytes: body,
            now: options.now(),
            beforeStoring: () => refuseWhen(beats.use(department)),
          }),
        )
        c.header('Cache-Control', noCache)
        if (outcome === 'stored') return c.json({}, 201)
        return c.json(
          { code: 'beat-older', message: 'a beat as late of the current head stands' },
          409,
        )
      })
    },

    /** `POST /store/d/<department>/log`: 201; 200 for an entry that is there; 409 for a used number. */
    async entry(c: Context): Promise<Response> {
      const department = c.req.param('department') ?? ''
      await requireRoot(department)
      const way = { most: LIMITS.log, intake: small, gate: telling }
      return receive(c, way, async (body) => {
        const root = await requireRoot(department)
        const log = await options.logOf(department)
        const { outcome, path } = await acceptEntry(store, {
          root,
          department,
          bytes: body,
          headOf,
          async beforeStoring(entry) {
            if (log) await admitToLog(log, entry)
            await refuseWhenFull()
            const key = `${department}/${entry.device}`
            refuseWhen(entries.byDevice.use(key))
            if (entries.own.use(key) > 0) refuseWhen(entries.byDepartment.use(department))
          },
        })
        if (outcome === 'stored') log?.add(path, body)
        c.header('Cache-Control', noCache)
        if (outcome === 'taken') {
          return c.json({ code: 'entry-taken', message: 'the number holds another entry' }, 409)
        }
        return c.json({}, outcome === 'stored' ? 201 : 200)
      })
    },
  }
}

const dayMs = 24 * 60 * 60 * 1000
/** Room comes as entries expire: an hour's wait is early enough. */
const fullForSeconds = 3_600
/** So many of the largest late bodies fill their room: 32 MB. */
const lateTogether = 64

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
