import { commonDepartment } from '#domain/schema/document.ts'
import { importSigningKey } from '#trust/keys.ts'
import { maxKeepDays } from '#journal/entry-schema.ts'
import { sealEntry } from '#journal/entry.ts'
import { keepDaysOf } from '#journal/kinds.ts'
import { backoffMs } from './backoff.ts'
import { readOutbox, type Outbox, type Pending } from './outbox.ts'
import { pause } from './pause.ts'
import { SendError } from './send-error.ts'
import type { Follow } from './sync-journal.ts'
import type { FollowDevice, Saying } from './follow-device.ts'
import type { WriteStore } from './write-store.ts'

/** A new release reaches thousands of phones in the same half minute: what they tell is spread, in milliseconds. */
const spreadMs = 10_000
/** A host that takes nothing is asked again after this long, in milliseconds. */
const readOnlyMs = 24 * 3600_000
const mostPending = 30
/** What people wrote, in the outbox at once; the rest waits on the device. */
const mostSayings = 10
const mostAlarmsADay = 10
const mostRefusals = 5
/** Numbers that somebody has used are stepped over so many times in a round. */
const mostSteps = 8

/** Notes that are nobody's doing: a captive portal, a wrong clock, a mirror that lags. */
const notTold = new Set<string>(['not-the-store', 'clock', 'missing-blob', 'bad-entry', 'entry-fork']) // prettier-ignore

/**
 * [S50]–[S54] Tells the department's members what they should know of this phone: that it has joined, which
 * release it holds, what false things it was offered. What all departments share has members through
 * them, and is told nothing.
 */
export async function sendEntries(parts: Follow, write: WriteStore): Promise<void> {
  const { follow, one, round, clock, random } = parts
  const { department } = one
  if (department === commonDepartment) return
  const outbox = await readOutbox(follow, department)
  const before = JSON.stringify(outbox)
  gather(outbox, parts, await follow.notes())
  const said = takeSayings(outbox, await follow.sayings(department))
  if (JSON.stringify(outbox) !== before) await follow.writeOutbox(department, outbox)
  // Closed in between, they are found in the outbox the next time; sent by then, they count once ([J50]).
  if (said.length > 0) await follow.forgetSayings(department, said)
  if (!outbox.pending.length || isQuiet(outbox, round.now())) return
  // [S54]
  await pause(clock, random() * spreadMs, round.signal)
  const member = await importSigningKey(one.member, { extractable: false })
  let steps = 0
  for (let next = outbox.pending[0]; next; next = outbox.pending[0]) {
    const sealed = await sealOnce(parts, outbox, next, member)
    try {
      const outcome = await write.sendEntry(department, sealed.bytes)
      if (outcome === 'stored') {
        outbox.pending.shift()
        outbox.previous = sealed.hash
        outbox.failures = 0
        delete outbox.quietUntil
      } else {
        // [S52] Sent in a life this phone has forgotten: the number is gone, what is to be told is not.
        delete next.sealed
        outbox.n += 2 ** steps - 1
        if (++steps > mostSteps) outbox.pending.shift()
      }
    } catch (error) {
      round.signal.throwIfAborted()
      failed(parts, outbox, next, error)
      await follow.writeOutbox(department, outbox)
      return
    }
    await follow.writeOutbox(department, outbox)
  }
}

/** So that managers see which phones are in use, also where nothing new is published for months. */
const confirmedAgainAfterDays = 14

type Notes = Awaited<ReturnType<FollowDevice['notes']>>

/** What is new since it was last told. A later word of the same kind takes the place of one not sent yet. */
function gather(outbox: Outbox, { follow, one, round }: Follow, notes: Notes): void {
  const { department, head, invitation } = one
  const now = round.now().toISOString()
  const told = (kind: Pending['kind'], body: object, isOne = true) => {
    if (isOne) outbox.pending = outbox.pending.filter((other) => other.kind !== kind)
    outbox.pending.push({ kind, body, time: now, refusals: 0 })
  }
  // [S50]
  const joined = {
    epoch: head.epoch,
    label: follow.label,
    ...(invitation !== undefined && { invitation }),
  }
  // [J41] What is told expires; what still holds is told again before that.
  const { keepDays = maxKeepDays } = one
  const isOld = (at: string | undefined, days: number) =>
    at === undefined || Math.abs(Date.parse(now) - Date.parse(at)) > days * 86_400_000
  const isNewlyJoined = JSON.stringify(outbox.joined) !== JSON.stringify(joined)
  if (isNewlyJoined || isOld(outbox.toldAt?.joined, keepDays / 2)) {
    const { epoch: _epoch, ...body } = joined
    told('joined', { ...body, agreement: follow.agreement })
    outbox.joined = joined
    outbox.toldAt = { ...outbox.toldAt, joined: now }
  }
  // [S51]
  if (outbox.confirmed !== head.hash || isOld(outbox.toldAt?.confirmed, confirmedAgainAfterDays)) {
    told('confirmed', { gen: head.gen, v: head.v, head: head.hash })
    outbox.confirmed = head.hash
    outbox.toldAt = { ...outbox.toldAt, confirmed: now }
  }
  // [S53] A note without a department is of them all, and told in one.
  const first = follow.departments.find((each) => each.department !== commonDepartment)
  const today = now.slice(0, 10)
  outbox.alarms = outbox.alarms.filter((key) => key.startsWith(today))
  for (const { code, at, store, department: where, detail } of notes) {
    const isHere = where === department || (first === one && (!where || where === commonDepartment))
    if (!isHere || notTold.has(code) || at.slice(0, 10) !== today) continue
    const key = [today, code, store, where, detail].join(' ')
    if (outbox.alarms.includes(key) || outbox.alarms.length >= mostAlarmsADay) continue
    outbox.alarms.push(key)
    told('alarm', { code, ...(store && { store }), ...(detail && { detail }) }, false)
  }
  outbox.pending = newestOf(outbox.pending)
}

/** Of what the phone says by itself the newest; what a person has written is never pushed out by that. */
function newestOf(pending: readonly Pending[]): Pending[] {
  const own = pending.filter(({ kind }) => !isSaying(kind))
  const gone = new Set(own.slice(0, Math.max(0, own.length - mostPending)))
  return pending.filter((one) => !gone.has(one))
}

function isSaying(kind: Pending['kind']): boolean {
  return kind === 'report' || kind === 'handled'
}

/** [S57] @returns ids of those that are in the outbox now */
function takeSayings(outbox: Outbox, sayings: readonly Saying[]): string[] {
  const waiting = outbox.pending.filter(({ kind }) => isSaying(kind))
  const known = new Set(waiting.map(({ id }) => id))
  const taken = sayings
    .filter(({ id }) => !known.has(id))
    .slice(0, Math.max(0, mostSayings - waiting.length))
  for (const { id, kind, body, time } of taken) {
    outbox.pending.push({ id, kind, body, time, refusals: 0 })
  }
  return sayings.filter((one) => known.has(one.id) || taken.includes(one)).map(({ id }) => id)
}

/** [S52] Sealed once and written down before it is sent; anew, under another number, in another epoch. */
async function sealOnce(
  { follow, one, round }: Follow,
  outbox: Outbox,
  next: Pending,
  member: Awaited<ReturnType<typeof importSigningKey>>,
): Promise<NonNullable<Pending['sealed']>> {
  const { department, head, epochKey } = one
  if (next.sealed?.epoch === head.epoch) return next.sealed
  const n = outbox.n + 1
  const { bytes, hash } = await sealEntry({
    organisation: round.organisation.id,
    department,
    epoch: head.epoch,
    epochKey,
    member,
    device: follow.deviceKey,
    n,
    ...(outbox.previous !== undefined && { previous: outbox.previous }),
    kind: next.kind,
    time: new Date(next.time),
    body: next.body,
    keepDays: Math.min(one.keepDays ?? maxKeepDays, keepDaysOf(next.kind)),
  })
  outbox.n = n
  next.sealed = { n, epoch: head.epoch, hash, bytes }
  await follow.writeOutbox(department, outbox)
  return next.sealed
}

/** [S54] Until when nothing more is sent. A quiet time that is longer than any is a clock that was set back. */
function isQuiet({ quietUntil }: Outbox, now: Date): boolean {
  const left = quietUntil === undefined ? 0 : Date.parse(quietUntil) - now.getTime()
  return left > 0 && left <= 2 * readOnlyMs
}

function failed({ round, random }: Follow, outbox: Outbox, next: Pending, error: unknown): void {
  const known = error instanceof SendError ? error : undefined
  // A store that knows a later epoch refuses until that is here; what it never takes is given up.
  if (known?.code === 'refused' && ++next.refusals >= mostRefusals) outbox.pending.shift()
  if (known?.code === 'too-large') outbox.pending.shift()
  outbox.failures += 1
  // A static host: everything else works without its members telling each other.
  const ms =
    known?.code === 'read-only'
      ? readOnlyMs
      : backoffMs(outbox.failures, random, known?.retryAfterMs)
  outbox.quietUntil = new Date(round.now().getTime() + ms).toISOString()
}
