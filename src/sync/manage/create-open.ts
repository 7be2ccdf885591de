import { epochSecretOf } from '#release/epoch-secret.ts'
import type { VerifiedHead } from '#release/head.ts'
import type { Keys } from '#release/manifest.ts'
import { openKeys } from '#release/open-keys.ts'
import { openRelease } from '#release/open-release.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import { ownValue } from '#trust/json.ts'
import type { AgreementKey, Kid } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { unwrapEpochKey } from '#trust/wrap.ts'
import { blobPath, LIMITS } from '#store/layout.ts'
import type { ReadStore } from '#store/store.ts'
import { newestHead } from './newest-head.ts'
import type { Office } from './office.ts'

export interface OpenOptions {
  store: ReadStore
  /** The recovery key; the old one and the new one while it is being replaced. */
  recovery?: readonly AgreementKey[]
  /** The holder's device id and agreement key. */
  own?: { device: Kid; agreement: AgreementKey }
  /** 32 bytes of an epoch's key that the holder has anyway. */
  epochKey?: (department: string, epoch: number) => Promise<Uint8Array | undefined>
  /** Bytes that are here already, by hash; the store is asked for the rest. */
  blob?: (hash: string) => Promise<Uint8Array | undefined>
  /** Where a better way to the newest head is known than asking number by number (a folder can be listed). */
  head?: (root: VerifiedRoot, department: string) => Promise<VerifiedHead | undefined>
}

/**
 * [M3] `Office.open` for somebody who holds a recovery key, an agreement key of their own, or keys of epochs:
 * reads the newest head that verifies, its keys and content, from the store. Keys that do not fit are passed
 * over; content that cannot be opened with the key that fits throws.
 *
 * @throws (from what it makes) StoreError; ReleaseError, TrustError when the release is damaged
 */
export function createOpen(options: OpenOptions): Office['open'] {
  const blob = createBlobSource(options)
  return async (department, root) => {
    const head = options.head
      ? await options.head(root, department)
      : await newestHead(options.store, root, department)
    if (!head) return undefined
    const keys = await openKeys({ head, blob })
    const bytes = await findEpochKey(options, head, keys)
    if (!bytes) return undefined
    const epochKey = await importEpochKey(bytes, { extractable: true })
    const release = await openRelease({ head, blob, epochKey })
    return { release, epoch: epochSecretOf(release, epochKey), keys }
  }
}

/**
 * [M3] The key of a head's epoch, 32 bytes; undefined when the holder has none that fits.
 *
 * @throws StoreError; ReleaseError when the keys object is missing or damaged
 */
export async function epochKeyOf(
  options: OpenOptions,
  head: VerifiedHead,
): Promise<Uint8Array | undefined> {
  return findEpochKey(options, head, await openKeys({ head, blob: createBlobSource(options) }))
}

/** Bytes by hash: what is here already, then what the store has. */
export function createBlobSource(options: Pick<OpenOptions, 'blob' | 'store'>) {
  return async (hash: string) =>
    (await options.blob?.(hash)) ??
    (await options.store.get(blobPath(hash), { maxBytes: LIMITS.blob }))
}

/** The holder's own wrap first: it is what a rotation is meant to reach them by. */
async function findEpochKey(
  { own, recovery, epochKey }: OpenOptions,
  head: VerifiedHead,
  keys: Keys,
): Promise<Uint8Array | undefined> {
  const place = { organisation: head.org, department: head.department, epoch: head.epoch }
  const wrap = own && ownValue<string>(keys.wraps, own.device)
  const wraps = [
    ...(wrap ? [[wrap, own.agreement] as const] : []),
    ...(recovery ?? []).map((key) => [keys.recovery, key] as const),
  ]
  for (const [jwe, agreement] of wraps) {
    const bytes = await unwrapEpochKey(jwe, agreement.key, place).catch(() => undefined)
    if (bytes) return bytes
  }
  return epochKey?.(head.department, head.epoch)
}
