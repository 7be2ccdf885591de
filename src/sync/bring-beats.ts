import { textOf } from '#trust/bytes.ts'
import { kidOf } from '#trust/jws.ts'
import type { Kid } from '#trust/keys.ts'
import { verifyBeat, type Beat } from '#release/beat.ts'
import { beatPath, LIMITS } from '#store/layout.ts'
import { codeOf, type AskedStore } from './ask-stores.ts'
import type { Standing } from './follow-device.ts'
import type { Follow } from './sync-journal.ts'

export interface BroughtBeats {
  /** Whether a store answered, with a beat or with none. */
  hasAnswered: boolean
  isNewerFormat: boolean
  /** A root or a release was named for the first time that is not here. */
  isNews: boolean
}

/** More would be somebody's game: a publisher's app says it once in 20 hours. */
const keptBeats = 4

interface SignedBeat {
  beat: Beat
  signer: Kid
  store: AskedStore
}

/**
 * [S45] Asks every store for the department's beat, and keeps what it says, with when it was first received. No
 * time refuses anything, and nothing said earlier is lowered by what is said now.
 */
export async function bringBeats(parts: Follow): Promise<BroughtBeats> {
  const { round, follow, one } = parts
  const asked = await Promise.all(round.stores.map((store) => askBeat(parts, store)))
  const beats = asked.filter((answer) => typeof answer === 'object')
  const held = await follow.readStanding(one.department)
  const standing = {
    ...held,
    beats: withBeats(parts, held, beats),
    ...namedRoot(parts, held, beats),
    ...unknownHead(parts, held, beats),
  }
  // Written only when something was said: each write wears the phone.
  if (JSON.stringify(standing) !== JSON.stringify(held))
    await follow.writeStanding(one.department, standing)
  if ((standing.unknownHead?.rounds ?? 0) > 1) {
    for (const { beat, store } of beats) {
      if (beat.head !== standing.unknownHead?.hash) continue
      round.note('withheld-head', { store, department: one.department })
    }
  }
  return {
    hasAnswered: asked.some((answer) => answer !== 'no-answer'),
    isNewerFormat: asked.includes('newer'),
    isNews:
      (standing.namedRoot?.rounds === 1 && held.namedRoot?.v !== standing.namedRoot.v) ||
      (standing.unknownHead?.rounds === 1 && !held.unknownHead),
  }
}

async function askBeat(
  { round, follow, one }: Follow,
  store: AskedStore,
): Promise<SignedBeat | 'none' | 'newer' | 'no-answer'> {
  const { department } = one
  const wanted = { maxBytes: LIMITS.beat, signal: round.signal }
  let signer: Kid | undefined
  try {
    const bytes = await store.store.get(beatPath(department), wanted)
    if (!bytes) return 'none'
    signer = kidOf(textOf(bytes).split('.')[0]!, 'planb-beat+jws')
    return { beat: await verifyBeat(bytes, { root: follow.root, department }), signer, store }
  } catch (error) {
    round.signal.throwIfAborted()
    const code = codeOf(error)
    if (code === 'unreachable' || code === 'timeout' || code === 'not-the-store') return 'no-answer'
    if (code === 'format-newer') return 'newer'
    // Of somebody whose right has ended since: it confirms nothing, and is no forgery.
    const isOfOld = code === 'jws-signer' && signer && follow.wasNamed(department, signer)
    if (!isOfOld) round.note('bad-beat', { store, department, detail: code })
    return 'none'
  }
}

function withBeats(
  { one, round }: Follow,
  { beats: held }: Standing,
  brought: readonly SignedBeat[],
): Standing['beats'] {
  const receivedAt = round.now().toISOString()
  const ours = held.filter(({ head }) => head === one.head.hash)
  for (const { beat, signer } of brought) {
    const isHeld = ours.some((other) => other.time === beat.time && other.signer === signer)
    if (beat.head === one.head.hash && !isHeld)
      ours.push({ head: beat.head, signer, time: beat.time, receivedAt })
  }
  if (ours.length <= keptBeats) return ours
  // What counts most stays: a time that lies ahead counts for nothing now, and less than all the others.
  const weight = ({ time, receivedAt: received }: Standing['beats'][number]) =>
    Date.parse(time) > Date.parse(receivedAt) ? 0 : Math.min(Date.parse(time), Date.parse(received))
  return ours.sort((a, b) => weight(b) - weight(a)).slice(0, keptBeats)
}

/** [S41] A later root, counted by rounds: root and beat are not asked for in the same moment. */
function namedRoot(
  { follow: { root } }: Follow,
  { namedRoot: before }: Standing,
  brought: readonly SignedBeat[],
): Pick<Standing, 'namedRoot'> {
  // Left as it is while the root is not here, also where the beat has gone away again.
  const held = before && before.v > root.v ? before : undefined
  const [named] = brought
    .filter(({ beat }) => beat.root.v > root.v)
    .sort((a, b) => b.beat.root.v - a.beat.root.v)
  if (!named) return { namedRoot: held }
  const { signer, beat } = named
  return { namedRoot: { v: beat.root.v, signer, rounds: held ? 2 : 1 } }
}

/** [S46] A release that a beat later than ours confirms, and that no store has offered. */
function unknownHead(
  { one }: Follow,
  { unknownHead: held }: Standing,
  brought: readonly SignedBeat[],
): Pick<Standing, 'unknownHead'> {
  const known = [one.head.hash, ...one.earlier]
  const unknown = brought.find(
    ({ beat }) => !known.includes(beat.head) && Date.parse(beat.time) > Date.parse(one.head.issued),
  )
  if (!unknown) return { unknownHead: undefined }
  return { unknownHead: { hash: unknown.beat.head, rounds: held ? 2 : 1 } }
}
