import { randomBytes } from 'node:crypto'
import { isExpired } from '#journal/expiry.ts'
import { readClear } from '#journal/read-clear.ts'
import { LIMITS, logFolder, parseStorePath } from '#store/layout.ts'
import { StoreError } from '#store/store.ts'
import type { Store } from '#store/store.ts'

/** One page of a department's journal, as `GET …/log` answers it. */
export interface LogPage {
  /** Each entry's text (a general JWS). */
  entries: string[]
  /** Opaque: where to go on. */
  next: string
  more: boolean
}

/** The entries of one department in the order this process saw them. */
export interface LogIndex {
  /** [H40] Entries after a cursor; from the beginning without one, or with one this process did not give. */
  page(after?: string): Promise<LogPage>
  /** How many entries are held of a device, and of all. */
  count(device: string): Promise<{ device: number; department: number }>
  /** To be called when an entry was stored. */
  add(path: string, bytes: Uint8Array): void
  /** [H36] How many devices entries are held of, and of how many of them the oldest came in the last 24 hours. */
  devices(): { all: number; newToday: number }
  /**
   * [H34] [H36] Takes away the oldest entries of earlier epochs; where there are none, one of the device that has
   * most. Says whether there were any.
   */
  makeRoom(epoch: number): Promise<boolean>
  /** [H36] Takes away a device of which all entries are of earlier epochs; says whether there was one. */
  makeRoomForDevice(epoch: number): Promise<boolean>
}

interface Row {
  path: string
  device: string
  seq: number
  storedAt: number
  keepDays: number
  epoch: number
}

/** A page ends at whichever comes first. */
const pageEntries = 200
const pageBytes = 512 * 1024
const dayMs = 24 * 60 * 60 * 1000
/** How many entries `makeRoom` takes away at once. */
const roomFor = 100
/** What another process wrote to the same store is seen this much later, and no later where looking is quick. */
const lookAgainMs = 5_000
/** So many times as long as looking took it waits before it looks again: reading costs nobody anything. */
const restPerLook = 20
/** A clock that was set while it looked does not stop it for days. */
const longestRestMs = 5 * 60_000

/**
 * An index of `d/<department>/log/`, made of what lies in the store and rebuilt at each start: the
 * store stays the only truth. Expired entries are taken away whenever it looks.
 *
 * @param options.now milliseconds
 */
export function createLogIndex(options: {
  store: Store
  department: string
  now: () => number
}): LogIndex {
  const { store, department, now } = options
  // Numbers of another process mean nothing here: its cursors are told from ours by this.
  const name = randomBytes(9).toString('base64url')
  const rowByPath = new Map<string, Row>()
  /** Rows by their number, too. */
  const rowsByDevice = new Map<string, Set<Row>>()
  let lastSeq = 0
  let [lookedAt, restMs] = [-Infinity, 0]
  let looking: Promise<void> | undefined

  function insert(path: string, storedAt: number, bytes: Uint8Array): void {
    const parsed = parseStorePath(path)
    if (parsed?.kind !== 'log' || rowByPath.has(path)) return
    const { device } = parsed
    // A map keeps the order of insertion: rows stand by their number.
    const row = { path, device, seq: ++lastSeq, storedAt, ...readClear(bytes) }
    rowByPath.set(path, row)
    const rows = rowsByDevice.get(device)
    if (rows) rows.add(row)
    else rowsByDevice.set(device, new Set([row]))
  }

  function forget(row: Row): void {
    const { path, device } = row
    if (!rowByPath.delete(path)) return
    const rows = rowsByDevice.get(device)
    rows?.delete(row)
    if (rows?.size === 0) rowsByDevice.delete(device)
  }

  async function read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return store.get(path, { maxBytes: LIMITS.log }).catch((error: unknown) => {
      if (error instanceof StoreError && error.code !== 'unreachable') return undefined
      throw error
    })
  }

  async function look(): Promise<void> {
    const known = lastSeq
    const paths = await store.list(logFolder(department))
    const there = new Set(paths)
    for (const row of rowByPath.values()) {
      // One that came while the store was listed is not missing.
      if (row.seq <= known && !there.has(row.path)) forget(row)
    }
    const found: { path: string; storedAt: number; bytes: Uint8Array }[] = []
    for (const path of paths) {
      if (rowByPath.has(path) || parseStorePath(path)?.kind !== 'log') continue
      const [storedAt, bytes] = [await store.storedAt(path), await read(path)]
      if (storedAt !== undefined && bytes) found.push({ path, storedAt, bytes })
    }
    for (const { path, storedAt, bytes } of found.sort((a, b) => a.storedAt - b.storedAt)) {
      insert(path, storedAt, bytes)
    }
    const today = new Date(now())
    for (const row of rowByPath.values()) {
      if (isExpired(row, row.storedAt, today)) await remove(row)
    }
  }

  async function remove(row: Row): Promise<void> {
    await store.remove(row.path)
    forget(row)
  }

  async function fresh(): Promise<void> {
    if (looking) return looking
    const age = now() - lookedAt
    if (age >= 0 && age < restMs) return
    const began = now()
    looking = look().finally(() => (looking = undefined))
    await looking
    lookedAt = now()
    restMs = Math.min(Math.max(lookAgainMs, restPerLook * (lookedAt - began)), longestRestMs)
  }

  return {
    async page(after) {
      await fresh()
      const from = seqOf(after, name)
      const entries: string[] = []
      let [reached, size] = [from, 0]
      for (const row of rowByPath.values()) {
        if (row.seq <= from) continue
        if (entries.length >= pageEntries || size >= pageBytes) {
          return { entries, next: `${name}.${reached}`, more: true }
        }
        const bytes = await read(row.path)
        const text = bytes && textOf(bytes)
        if (text !== undefined) entries.push(text)
        size += bytes?.length ?? 0
        reached = row.seq
      }
      return { entries, next: `${name}.${reached}`, more: false }
    },

    async count(device) {
      await fresh()
      return { device: rowsByDevice.get(device)?.size ?? 0, department: rowByPath.size }
    },

    add(path, bytes) {
      insert(path, now(), bytes)
    },

    devices() {
      let newToday = 0
      for (const [first] of rowsByDevice.values()) {
        if (first && first.storedAt > now() - dayMs) newToday++
      }
      return { all: rowsByDevice.size, newToday }
    },

    async makeRoom(epoch) {
      const old = [...rowByPath.values()].filter((row) => row.epoch < epoch).slice(0, roomFor)
      for (const row of old) await remove(row)
      if (old.length > 0) return true
      // Devices that were invented came last: of two with as many entries it is the later one's turn.
      let most: Row[] = []
      for (const rows of rowsByDevice.values()) if (rows.size >= most.length) most = [...rows]
      // The first tells that it has joined, and stays.
      if (!most[1]) return false
      await remove(most[1])
      return true
    },

    async makeRoomForDevice(epoch) {
      const former = [...rowsByDevice.values()].findLast((rows) =>
        [...rows].every((row) => row.epoch < epoch),
      )
      for (const row of former ?? []) await remove(row)
      return former !== undefined
    },
  }
}

/** The number a cursor of this process stands for; 0, the beginning, for any other text. */
function seqOf(cursor: string | undefined, name: string): number {
  const digits = cursor?.startsWith(`${name}.`) ? cursor.slice(name.length + 1) : ''
  return /^[0-9]{1,15}$/.test(digits) ? Number(digits) : 0
}

/** Undefined for what no entry can be: somebody put it there by hand. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
