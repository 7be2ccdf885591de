import { readBody } from './read-body.ts'
import { ServerError } from './server-error.ts'

export interface IntakeLimits {
  /** Bodies that may be read at the same time. */
  atOnce: number
  /** Bytes of all bodies that are being read. */
  bytesAtOnce: number
  /** A body has to arrive within it. */
  ms: number
}

/**
 * Reads one request's body. `key` says whom it counts as, `most` is the cap in bytes, `onBytes` is told of what
 * arrives.
 */
export type Intake = (
  request: Request,
  one: { key: string; most: number; onBytes?: (count: number) => void },
) => Promise<Uint8Array<ArrayBuffer>>

/**
 * Lets bodies in as long as there is room. Room is memory: a body counts by what has arrived of it, so
 * that a sender of one byte a second holds next to none. One address gets half of everything at most:
 * whoever fills theirs leaves the other half to a publisher.
 *
 * @throws (the intake) ServerError `too-many` (429) when there is no room, `too-large`, `too-slow`
 */
export function createIntake(limits: IntakeLimits): Intake {
  const all = { count: 0, bytes: 0 }
  const usedByKey = new Map<string, { count: number; bytes: number }>()

  return async (request, { key, most, onBytes }) => {
    const own = usedByKey.get(key) ?? { count: 0, bytes: 0 }
    if (all.count >= limits.atOnce || own.count >= half(limits.atOnce)) throw new NoRoom()
    usedByKey.set(key, own)
    all.count++
    own.count++
    let arrived = 0
    const take = (bytes: number) => {
      arrived += bytes
      onBytes?.(bytes)
      all.bytes += bytes
      own.bytes += bytes
      if (all.bytes > limits.bytesAtOnce || own.bytes > half(limits.bytesAtOnce)) throw new NoRoom()
    }
    try {
      return await readBody(request, { bytes: most, ms: limits.ms, onBytes: take })
    } finally {
      all.count--
      own.count--
      all.bytes -= arrived
      own.bytes -= arrived
      if (own.count === 0) usedByKey.delete(key)
    }
  }
}

function half(limit: number): number {
  return Math.ceil(limit / 2)
}

/** Says nothing about who sent: others may have filled the room. */
export class NoRoom extends ServerError {
  constructor() {
    super('too-many', 429, 'too much is being sent: try again soon', 5)
  }
}
