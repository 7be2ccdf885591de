import type { VerifiedHead } from '#release/head.ts'
import type { Kid } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import type { ReadStore } from '#store/store.ts'
import { newestNotBehind } from './held-head.ts'
import { newestBefore } from './newest-before.ts'
import { headAt, type IsHeeded } from './newest-head.ts'
import type { Office } from './office.ts'
import { requireSaid } from './require-said.ts'

/** A published version among which the one is chosen that stays when a key goes. */
export interface RecentVersion {
  gen: number
  v: number
  /** The number people see. */
  edition: number
  issued: string
  hash: string
  /** Role title of who signed it; undefined for a root key. */
  by: string | undefined
  /** Signed by the key that goes. */
  isByGone: boolean
}

/** Numbers asked for below the newest before it is counted from the first. */
const mostBelow = 64
const mostFromFirst = 20_000
const atOnce = 8

/**
 * [M11] The newest versions of a department in the root's generation, newest first: so many, and after them
 * the newest that the key which goes has not signed, where it is not among them. What that key has signed in a
 * newer format is passed over ([M12]). Where the generation has no head yet, those of the one before.
 *
 * @param options.gone the key that goes
 * @param options.count how many at least are wanted; 3 where it is left out
 * @throws ManageError head-behind, head-fork, keep-unsaid (the newest is by another key that has gone); StoreError;
 *   TrustError format-newer
 */
export async function recentVersions(
  office: Pick<Office, 'store' | 'held'>,
  root: VerifiedRoot,
  department: string,
  { gone, count = 3 }: { gone: Kid; count?: number },
): Promise<RecentVersion[]> {
  const isHeeded: IsHeeded = (signer) => signer !== gone
  const newest = await newestNotBehind(office, root, department, isHeeded)
  const from = newest ? { root, head: newest } : await saidBefore(office, root, department, gone)
  return from ? await countedFrom(office.store, from, { gone, count, isHeeded }) : []
}

/** [M13] Where nothing of the root's generation was signed yet: that of before, unless it is another's to choose. */
async function saidBefore(
  office: Pick<Office, 'store' | 'held'>,
  root: VerifiedRoot,
  department: string,
  gone: Kid,
): Promise<{ root: VerifiedRoot; head: VerifiedHead } | undefined> {
  const said = { gone: [gone] }
  await requireSaid(office, root, [department], said)
  return newestBefore(office, root, department, said)
}

/** The newest versions from one on down, which verifies under the root it stands with. */
async function countedFrom(
  store: ReadStore,
  { root, head: newest }: { root: VerifiedRoot; head: VerifiedHead },
  wanted: { gone: Kid; count: number; isHeeded: IsHeeded },
): Promise<RecentVersion[]> {
  const { gone, count, isHeeded } = wanted
  const { department } = newest
  const found = [newest]
  const isEnough = () => found.length >= count && found.some(({ signer }) => signer !== gone)
  const lowest = Math.max(1, newest.v - mostBelow)
  for (let v = newest.v - 1; v >= lowest && !isEnough(); v -= atOnce) {
    const asked = Array.from({ length: atOnce }, (_, index) => v - index).filter((n) => n >= lowest)
    for (const head of await headsAt(store, root, { department, asked, isHeeded })) {
      if (!isEnough()) found.push(head)
    }
  }
  // A stolen key may have left a gap, or so many versions that none before them was reached.
  if (!isEnough() && lowest > 1)
    found.push(...(await fromFirst(store, root, { department, below: lowest, isHeeded })))
  const listed = found.filter((_, index) => index < count)
  const kept = found.find(({ signer }) => signer !== gone)
  if (kept && !listed.includes(kept)) listed.push(kept)
  return listed.map((head) => versionOf(head, gone))
}

/** Those that stand without a gap from the first on, below a number; newest first. */
async function fromFirst(
  store: ReadStore,
  root: VerifiedRoot,
  wanted: { department: string; below: number; isHeeded: IsHeeded },
): Promise<VerifiedHead[]> {
  const { below, ...rest } = wanted
  const heads: VerifiedHead[] = []
  for (let v = 1; v < Math.min(below, mostFromFirst); v += atOnce) {
    const asked = Array.from({ length: atOnce }, (_, index) => v + index).filter((n) => n < below)
    const some = await headsAt(store, root, { ...rest, asked })
    heads.push(...some)
    if (some.length === 0) break
  }
  return heads.reverse()
}

/** The heads that verify, in the order asked for. */
async function headsAt(
  store: ReadStore,
  root: VerifiedRoot,
  wanted: { department: string; asked: readonly number[]; isHeeded: IsHeeded },
): Promise<VerifiedHead[]> {
  const { department, asked, isHeeded } = wanted
  const heads = await Promise.all(asked.map((v) => headAt(store, root, department, v, isHeeded)))
  return heads.filter((head) => typeof head === 'object')
}

function versionOf(head: VerifiedHead, gone: Kid): RecentVersion {
  const { gen, v, edition, issued, hash, signer, signerRole } = head
  return { gen, v, edition, issued, hash, by: signerRole, isByGone: signer === gone }
}
