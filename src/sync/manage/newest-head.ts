import { verifyHead, type VerifiedHead } from '#release/head.ts'
import { textOf } from '#trust/bytes.ts'
import { ownValue } from '#trust/json.ts'
import { kidOf } from '#trust/jws.ts'
import type { Kid } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { TrustError } from '#trust/trust-error.ts'
import { headPath, latestPath, LIMITS, MAX_VERSION, parseVersionName } from '#store/layout.ts'
import type { ReadStore } from '#store/store.ts'

/** Heads looked at in one call, where the hint leads nowhere: far above what a department publishes. */
const maxProbes = 20_000
const probesAtOnce = 8

/**
 * [M12] Whose word it is that a newer app is needed: that of a key which goes, or has gone, stops nothing. Where
 * it is left out, of everybody whom the root names.
 */
export type IsHeeded = (signer: Kid) => boolean

/**
 * [M2] The highest head of the root's generation that verifies: from the hint upward if its head verifies,
 * else from the first. What does not verify is stepped over.
 *
 * @throws StoreError; TrustError format-newer (building on an older one would undo it)
 */
export async function newestHead(
  store: ReadStore,
  root: VerifiedRoot,
  department: string,
  isHeeded?: IsHeeded,
): Promise<VerifiedHead | undefined> {
  const gen = ownValue(root.departments, department)?.gen
  if (gen === undefined) return undefined
  const hint = await readHint(store, department)
  let newest: VerifiedHead | undefined
  if (hint?.gen === gen) {
    const hinted = await headAt(store, root, department, hint.v, isHeeded)
    if (typeof hinted === 'object') newest = hinted
  }
  const first = (newest?.v ?? 0) + 1
  const step = newest ? 1 : probesAtOnce
  for (let v = first; v < first + maxProbes && v <= MAX_VERSION; v += step) {
    const asked = await Promise.all(
      Array.from({ length: step }, (_, index) =>
        headAt(store, root, department, v + index, isHeeded),
      ),
    )
    for (const one of asked) {
      if (one === 'none') return newest
      if (one !== 'bad') newest = one
    }
  }
  return newest
}

/**
 * The head at a version of the root's generation; `bad` when what lies there does not verify.
 *
 * @throws StoreError; TrustError format-newer
 */
export async function headAt(
  store: ReadStore,
  root: VerifiedRoot,
  department: string,
  v: number,
  isHeeded?: IsHeeded,
): Promise<VerifiedHead | 'bad' | 'none'> {
  const gen = ownValue(root.departments, department)?.gen
  if (gen === undefined || v < 1 || v > MAX_VERSION) return 'none'
  const bytes = await store.get(headPath(department, gen, v), { maxBytes: LIMITS.head })
  if (!bytes) return 'none'
  try {
    const head = await verifyHead(bytes, { root, department })
    return head.v === v ? head : 'bad'
  } catch (error) {
    const isNewer = error instanceof TrustError && error.code === 'format-newer'
    if (isNewer && (isHeeded?.(signerOf(bytes)) ?? true)) throw error
    return 'bad'
  }
}

/** Who has signed a head that verified as far as its format. */
function signerOf(bytes: Uint8Array): Kid {
  const [header = ''] = textOf(bytes).split('.')
  return kidOf(header, 'planb-head+jws')
}

async function readHint(store: ReadStore, department: string) {
  const bytes = await store.get(latestPath(department), { maxBytes: LIMITS.latest })
  return bytes && parseVersionName(new TextDecoder().decode(bytes))
}
