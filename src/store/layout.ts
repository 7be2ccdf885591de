import { StoreError } from './store.ts'

/**
 * The paths of a store (DESIGN, "Store layout"): plain files under any base path. Nothing else is
 * read, written or served.
 */
export type StorePath =
  | { kind: 'root'; n: number }
  | { kind: 'head'; department: string; gen: number; v: number }
  | { kind: 'latest'; department: string }
  | { kind: 'beat'; department: string }
  | { kind: 'log'; department: string; device: string; n: number }
  | { kind: 'blob'; hash: string }

export type StorePathKind = StorePath['kind']

/** The most bytes an object of each kind may have. Writers refuse more, readers stop there. */
export const LIMITS = {
  /** About 500 keys and 100 departments. As `trust/limits.ts`. */
  root: 512 * 1024,
  /** About 1,600 blobs of 80 bytes each. As `trust/limits.ts`. */
  head: 128 * 1024,
  /** `0001-0000000001` and perhaps a line break. */
  latest: 32,
  beat: 8 * 1024,
  /** 512 bytes padded and sealed, signed twice. */
  log: 8 * 1024,
  /** The largest is the key file: about 600 bytes for each of 5,000 phones. */
  blob: 4 * 1024 * 1024,
} as const satisfies Record<StorePathKind, number>

/** The highest generation and version that the digits of a head's name hold. */
export const MAX_GEN = 9_999
export const MAX_VERSION = 9_999_999_999

// As an identifier of `domain/schema/values.ts`: at most 64 characters, single hyphens.
const department = '(?=[^/]{1,64}/)[a-z0-9]+(?:-[a-z0-9]+)*'
const device = '[A-Za-z0-9_-]{43}'
const number = '[1-9][0-9]{0,9}'

const rootPattern = new RegExp(`^root/(${number})\\.jws$`)
const headPattern = new RegExp(`^d/(${department})/head/([0-9]{4})-([0-9]{10})\\.jws$`)
const latestPattern = new RegExp(`^d/(${department})/latest$`)
const beatPattern = new RegExp(`^d/(${department})/beat\\.jws$`)
const logPattern = new RegExp(`^d/(${department})/log/(${device})/(${number})\\.jws$`)
const blobPattern = /^b\/([0-9a-f]{64})$/
const versionPattern = /^([0-9]{4})-([0-9]{10})$/

export function rootPath(n: number): string {
  return checked(`root/${n}.jws`)
}

export function headPath(department: string, gen: number, v: number): string {
  return checked(`d/${department}/head/${versionName(gen, v)}.jws`)
}

/** The folder of a department's heads, for `list`. */
export function headFolder(department: string): string {
  latestPath(department)
  return `d/${department}/head/`
}

export function latestPath(department: string): string {
  return checked(`d/${department}/latest`)
}

export function beatPath(department: string): string {
  return checked(`d/${department}/beat.jws`)
}

export function logPath(department: string, device: string, n: number): string {
  return checked(`d/${department}/log/${device}/${n}.jws`)
}

/** The folder of a department's member entries, for `list`. */
export function logFolder(department: string): string {
  latestPath(department)
  return `d/${department}/log/`
}

export function blobPath(hash: string): string {
  return checked(`b/${hash}`)
}

/** What a path of the layout names; undefined for every other path. Takes no encoding, `..` or empty parts. */
export function parseStorePath(path: string): StorePath | undefined {
  const root = rootPattern.exec(path)
  if (root) return { kind: 'root', n: Number(root[1]) }
  const blob = blobPattern.exec(path)
  if (blob) return { kind: 'blob', hash: blob[1]! }
  const head = headPattern.exec(path)
  if (head) {
    const [gen, v] = [Number(head[2]), Number(head[3])]
    return gen > 0 && v > 0 ? { kind: 'head', department: head[1]!, gen, v } : undefined
  }
  const latest = latestPattern.exec(path)
  if (latest) return { kind: 'latest', department: latest[1]! }
  const beat = beatPattern.exec(path)
  if (beat) return { kind: 'beat', department: beat[1]! }
  const log = logPattern.exec(path)
  if (log) return { kind: 'log', department: log[1]!, device: log[2]!, n: Number(log[3]) }
  return undefined
}

/** As `parseStorePath`, for adapters: a path outside the layout is refused with `bad-path`. */
export function requireStorePath(path: string): StorePath {
  const parsed = parseStorePath(path)
  if (!parsed) throw new StoreError('bad-path', `not a path of the store: ${path}`, { path })
  return parsed
}

/** `<gen>-<v>` with 4 and 10 digits: a head's name, and what `latest` holds. */
export function versionName(gen: number, v: number): string {
  if (!isCount(gen, MAX_GEN) || !isCount(v, MAX_VERSION)) {
    throw new StoreError('bad-path', `no such version: gen ${gen}, v ${v}`)
  }
  return `${String(gen).padStart(4, '0')}-${String(v).padStart(10, '0')}`
}

/** Reads what `latest` holds; undefined for anything else, also gen or v 0. A line break at the end is taken. */
export function parseVersionName(text: string): { gen: number; v: number } | undefined {
  const match = versionPattern.exec(text.trimEnd())
  if (!match) return undefined
  const [gen, v] = [Number(match[1]), Number(match[2])]
  return gen > 0 && v > 0 ? { gen, v } : undefined
}

function isCount(value: number, max: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= max
}

function checked(path: string): string {
  requireStorePath(path)
  return path
}
