import { verifyFirstRoot, verifyNextRoot, type VerifiedRoot } from '#trust/root.ts'
import { LIMITS, rootPath } from '#store/layout.ts'
import { StoreError } from '#store/store.ts'
import { allOrGrace } from './all-or-grace.ts'
import { codeOf, storeFailure, type AskedStore } from './ask-stores.ts'
import { withinLimit } from './time-limit.ts'
import type { Round } from './round.ts'

export interface FollowedRoot {
  root: VerifiedRoot
  bytes: Uint8Array
}

export interface AskedRoots {
  /** The highest that is known now, kept on the device; undefined: none yet. */
  root: VerifiedRoot | undefined
  /** A higher one that a slow store had, kept on the device too. */
  late: Promise<VerifiedRoot | undefined>
}

/**
 * The highest root that any store proves. Every store is asked; whoever waits for a first release does
 * not wait for the slowest.
 */
export async function askRoots(round: Round): Promise<AskedRoots> {
  const { organisation, device, stores } = round
  let best: FollowedRoot[] = []
  let kept = 0
  const keep = async () => {
    if (best.length > kept) {
      await device.keepRoots(organisation.id, best.slice(kept))
      kept = best.length
      return best.at(-1)?.root
    }
    return undefined
  }
  const asked = stores.map(async (store) => {
    try {
      const followed = await withinLimit(round, (limited) => followRoots(limited, store))
      best = longer(round, store, best, followed, kept)
      return followed.length > 0 || organisation.root !== undefined
    } catch (error) {
      round.signal.throwIfAborted()
      round.failures.add(store, error)
      if (storeFailure(error).code === 'not-the-store') round.note('not-the-store', { store })
      return false
    }
  })
  // A device that has a root goes on with it as soon as the stores have answered.
  await allOrGrace(asked, round.signal)
  const root = (await keep()) ?? organisation.root
  const late = Promise.all(asked).then(keep)
  late.catch(() => undefined)
  return { root, late }
}

/** Two chains that part need stolen root keys: the one believed first stays, and managers are told. */
function longer(
  round: Round,
  store: AskedStore,
  best: FollowedRoot[],
  followed: FollowedRoot[],
  kept: number,
): FollowedRoot[] {
  const isSame = followed.every(({ root }, index) => (best[index]?.root ?? root).hash === root.hash)
  if (!isSame) round.note('fork', { store, detail: 'root' })
  return followed.length > best.length && (isSame || kept === 0) ? followed : best
}

/** A chain is walked in one round up to here; the next round goes on. */
const maxSteps = 200
const maxChainBytes = 4 * 1024 * 1024

/**
 * [S4] The roots a store has beyond the one held, each verified by the one before, as far as they go. The
 * first is believed by its hash alone. A root that does not verify ends the chain at this store, is noted,
 * and takes nothing away.
 *
 * @throws StoreError when the store cannot be asked
 */
export async function followRoots(round: Round, store: AskedStore): Promise<FollowedRoot[]> {
  const { organisation, signal } = round
  const followed: FollowedRoot[] = []
  let current = organisation.root
  const first = (current?.v ?? 0) + 1
  // The invitation named a root: those up to it and the one after are asked for in one go.
  const asked = new Map<number, Promise<Uint8Array | undefined>>()
  const ask = (v: number) => {
    const held = asked.get(v)
    if (held) return held
    const bytes = store.store.get(rootPath(v), { maxBytes: LIMITS.root, signal })
    // It is awaited later, or not at all when the chain ends before it.
    bytes.catch(() => undefined)
    asked.set(v, bytes)
    return bytes
  }
  for (let v = first; v <= Math.min(organisation.invitedRoot.v + 1, first + 8); v++) void ask(v)
  let length = 0
  for (let v = first; v < first + maxSteps && length < maxChainBytes; v++) {
    try {
      const bytes = await ask(v)
      if (!bytes) break
      current = current
        ? await verifyNextRoot(bytes, current)
        : await verifyFirstRoot(bytes, organisation.id)
      refuseOtherChain(round, current)
      followed.push({ root: current, bytes })
      length += bytes.length
    } catch (error) {
      signal.throwIfAborted()
      // A store that did not answer; one that offers more than a root can be has answered falsely.
      if (error instanceof StoreError && error.code !== 'too-large') throw error
      // [S40] Only a root key we know can say so: that is no attack.
      if (codeOf(error) === 'format-newer') round.seen.isNewerFormat = true
      else round.note('bad-root', { store, detail: `${rootPath(v)} ${codeOf(error)}` })
      break
    }
  }
  return followed
}

/**
 * [S5] A chain that has another root where the invitation names one is not the organisation's: in the first
 * round and in every later one, since what lies below that root is kept. Only an invitation that was taken
 * before there was any content counts: a false link cannot cut off whoever has some.
 */
function refuseOtherChain({ organisation }: Round, root: VerifiedRoot): void {
  const { invitedRoot } = organisation
  if (invitedRoot.isClaim || root.v !== invitedRoot.v) return
  if (root.hash !== invitedRoot.hash) throw new OtherChainError()
}

class OtherChainError extends Error {
  readonly code = 'other-chain'
}
