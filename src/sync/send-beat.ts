import { signBeat } from '#release/beat.ts'
import { readOutbox } from './outbox.ts'
import type { Follow } from './sync-journal.ts'
import type { WriteStore } from './write-store.ts'

/** How long a release goes without a beat, in milliseconds: once a day, whoever opens the app. */
const beatEveryMs = 20 * 3600_000
const againMs = 3600_000

/**
 * [S48] "Still the newest", said by a publisher's app when a round has just shown it, and nobody has said it
 * for 20 hours. One that fails is tried again after an hour.
 */
export async function sendBeat(parts: Follow, write: WriteStore): Promise<void> {
  const { follow, one, round, isCurrent } = parts
  const { department, head, signer } = one
  if (!signer || !isCurrent || head.root.v > follow.root.v) return
  const standing = await follow.readStanding(department)
  const outbox = await readOutbox(follow, department)
  const now = round.now()
  const isWithin = (ms: number, time: string) => Math.abs(now.getTime() - Date.parse(time)) < ms
  const said = standing.beats.filter((beat) => beat.head === head.hash)
  const isSaid = [head.issued, ...said.map((beat) => beat.time)].some((at) =>
    isWithin(beatEveryMs, at),
  )
  if (isSaid || (outbox.beatTriedAt && isWithin(againMs, outbox.beatTriedAt))) return
  const time = now.toISOString()
  await follow.writeOutbox(department, { ...outbox, beatTriedAt: time })
  const bytes = await signBeat(head, follow.root, now, signer)
  if ((await write.sendBeat(department, bytes)) !== 'stored') return
  const own = { head: head.hash, signer: signer.kid, time, receivedAt: time }
  await follow.writeStanding(department, { ...standing, beats: [...said, own] })
}
