import { describeError } from './answer-error.ts'
import { NoRoom } from './intake.ts'
import { tooMany } from './server-error.ts'
import type { Intake } from './intake.ts'
import type { Quota } from './quota.ts'

/**
 * Reads a request's body and has it tried. `accept` answers 201 when something was taken; every other answer,
 * and what it throws, is counted to `key`.
 */
export type AddressGate = (
  request: Request,
  one: { key: string; most: number; intake: Intake },
  accept: (body: Uint8Array<ArrayBuffer>) => Promise<Response>,
) => Promise<Response>

/** Late bodies of one address, and of all, that have arrived and wait to be tried: 8 MB, and 32 MB. */
const mostInLine = 16
const mostInLines = 64

/**
 * [H12] [H14] What one address may send. A whole municipality stands behind one, or everybody behind a reverse
 * proxy, with a stranger among them: so only what brought nothing counts, and above the quota nobody is shut
 * out. Small bodies are then still read, and tried one after the other: what verifies is taken, all else is
 * told to come later. Nobody holds that one place by being slow: a body waits for it when all of it is there.
 *
 * @param options.requests of what brought nothing, per address
 * @param options.bytes of what brought nothing, per address
 * @param options.late reads bodies of addresses above their quota
 * @param options.lateBytes the largest of those
 */
export function createAddressGate(options: {
  requests: Quota
  bytes: Quota
  late: Intake
  lateBytes: number
}): AddressGate {
  const { requests, bytes, late, lateBytes } = options
  const inLine = createLines()

  /** Small, one after the other; told to come again whatever was wrong with it. */
  const acceptLate: (seconds: number) => AddressGate =
    (seconds) =>
    async (request, { key, most }, accept) => {
      try {
        const body = await late(request, { key, most: Math.min(most, lateBytes) })
        return await inLine(key, seconds, () => accept(body))
      } catch (error) {
        throw describeError(error).status < 500 ? tooMany(seconds) : error
      }
    }

  return async (request, one, accept) => {
    const { key, most, intake } = one
    const seconds = Math.max(requests.wait(key), bytes.wait(key))
    if (seconds > 0) return acceptLate(seconds)(request, one, accept)
    let arrived = 0
    let isCounted = true
    try {
      const onBytes = (count: number) => (arrived += count)
      const answer = await accept(await intake(request, { key, most, onBytes }))
      isCounted = answer.status !== 201
      return answer
    } catch (error) {
      if (!(error instanceof NoRoom)) throw error
      // Others of this address may have filled the room, by being slow.
      isCounted = false
      if (arrived > 0) throw error
      return await acceptLate(error.retryAfter ?? 1)(request, one, accept)
    } finally {
      if (isCounted) {
        requests.charge(key)
        bytes.charge(key, arrived)
      }
    }
  }
}

/** Runs one action of a key after the other. */
function createLines() {
  const lineByKey = new Map<string, { count: number; last: Promise<unknown> }>()
  let all = 0
  return async <T>(key: string, seconds: number, action: () => Promise<T>): Promise<T> => {
    const line = lineByKey.get(key) ?? { count: 0, last: Promise.resolve() }
    if (line.count >= mostInLine || all >= mostInLines) throw tooMany(seconds)
    lineByKey.set(key, line)
    line.count++
    all++
    const result = line.last.then(action)
    line.last = result.catch(() => undefined)
    try {
      return await result
    } finally {
      all--
      if (--line.count === 0) lineByKey.delete(key)
    }
  }
}
