import { createHash } from 'node:crypto'
import { parseGeneral } from '#trust/jws.ts'
import { JournalError } from '#journal/journal-error.ts'
import { ReleaseError } from '#release/release-error.ts'
import { LIMITS, rootPath } from '#store/layout.ts'
import { StoreError } from '#store/store.ts'
import { SendError } from '#sync/send-error.ts'
import { TrustError } from '#trust/trust-error.ts'
import { acceptBeat } from './accept-beat.ts'
import { acceptEntry } from './accept-entry.ts'
import { acceptRelease } from './accept-release.ts'
import { acceptRoot } from './accept-root.ts'
import { createLogIndex } from './log-index.ts'
import { createRootChain } from './root-chain.ts'
import { ServerError } from './server-error.ts'
import type { LogIndex } from './log-index.ts'
import type { Store } from '#store/store.ts'
import type { WriteStore } from '#sync/write-store.ts'
import type { Bytes } from '#trust/bytes.ts'
import type { VerifiedRoot } from '#trust/root.ts'

/**
 * A store of this machine to send to, by the rules of the server: what `planb serve` would refuse is refused
 * here too, so that a command never stores what no phone will take. A server may run on the same store.
 *
 * @param options.organisation SHA-256 hex of root 1's payload
 */
export function createLocalWriteStore(
  store: Store,
  options: { organisation: string; allowExample: boolean; now: () => Date },
): WriteStore {
  const chain = createRootChain(store, options.organisation)
  const logByDepartment = new Map<string, LogIndex>()
  const requireRoot = async (): Promise<VerifiedRoot> => {
    const root = await chain.current()
    if (!root) throw new ServerError('root-missing', 422, 'this store has no root yet')
    return root
  }

  return {
    get: (path, wanted) => store.get(path, wanted),

    sendRoot: (bytes) =>
      asSending(async () => {
        const { payload } = parseGeneral(bytes)
        const { v } = JSON.parse(new TextDecoder().decode(payload)) as { v: number }
        const there = await store.get(rootPath(v), { maxBytes: LIMITS.root })
        if (there) return isSame(there, bytes) ? 'stored' : 'taken'
        const { outcome } = await acceptRoot(store, chain, ownBytes(bytes), options)
        return outcome
      }),

    sendRelease: (department, { head, blobs }) =>
      asSending(async () => {
        const result = await acceptRelease(store, {
          root: await requireRoot(),
          department,
          parts: {
            head: ownBytes(head),
            bytesByHash: new Map(blobs.map(({ hash, bytes }) => [checkedHash(hash, bytes), bytes])),
          },
          beforeStoring: () => undefined,
        })
        if (result.outcome === 'stored') return { outcome: 'stored' }
        return isSame(result.current, head) ? { outcome: 'stored' } : result
      }),

    sendBeat: (department, bytes) =>
      asSending(async () =>
        acceptBeat(store, {
          root: await requireRoot(),
          department,
          bytes: ownBytes(bytes),
          now: options.now().getTime(),
        }),
      ),

    sendEntry: (department, bytes) =>
      asSending(async () => {
        const { outcome } = await acceptEntry(store, {
          root: await requireRoot(),
          department,
          bytes: ownBytes(bytes),
          beforeStoring: async () => undefined,
        })
        return outcome === 'taken' ? 'taken' : 'stored'
      }),

    async entriesAfter(department, after) {
      let log = logByDepartment.get(department)
      if (!log) {
        log = createLogIndex({ store, department, now: () => options.now().getTime() })
        logByDepartment.set(department, log)
      }
      const { entries, next, more } = await log.page(after)
      return { entries: entries.map((text) => new TextEncoder().encode(text)), next, more }
    },
  }
}

/** As over HTTP: what is refused has a code, and no room is told from refusal. */
async function asSending<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    const isRefusal =
      error instanceof ServerError ||
      error instanceof TrustError ||
      error instanceof ReleaseError ||
      error instanceof JournalError
    if (isRefusal) {
      throw new SendError('refused', error.message, { serverCode: error.code, cause: error })
    }
    if (error instanceof StoreError && error.code === 'full') {
      throw new SendError('full', error.message, { cause: error })
    }
    throw error
  }
}

/** Nothing is believed of a name: as the server, which hashes every part it is sent. */
function checkedHash(hash: string, bytes: Uint8Array): string {
  if (createHash('sha256').update(bytes).digest('hex') === hash) return hash
  throw new ServerError('blob-hash', 422, 'a blob does not have the hash it is named by')
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.from(a).equals(b)
}

function ownBytes(bytes: Uint8Array): Bytes {
  return bytes as Bytes
}
