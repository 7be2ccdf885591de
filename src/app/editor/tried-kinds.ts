import type { Tried } from '#device/journal-reader.ts'
import { shortId } from '#journal/short-id.ts'

/** Codes of notes and alarms that have words of their own; any other is told as `other`. */
const known = [
  'withheld-root',
  'withheld-head',
  'bad-root',
  'bad-head',
  'bad-blob',
  'missing-blob',
  'cannot-open',
  'bad-hint',
  'old-gen',
  'rollback',
  'fork',
  'not-the-store',
  'bad-beat',
  'bad-entry',
  'entry-fork',
  'clock',
] as const

export type TriedKind = (typeof known)[number] | 'other'

export interface TriedGroup {
  kind: TriedKind
  code: string
  store: string | undefined
  /** How often, and when last, RFC 3339. */
  count: number
  at: string
  /** Phones that told of it, by label and short id; empty where it was this one alone. */
  phones: string[]
  details: string[]
}

/** What was tried, the same from the same address as one, gravest first, then latest. */
export function groupTried(tried: readonly Tried[]): TriedGroup[] {
  const groups = new Map<string, TriedGroup>()
  for (const one of tried) {
    const name = `${one.code} ${one.store ?? ''}`
    const held = groups.get(name)
    const group: TriedGroup = held ?? {
      kind: known.find((kind) => kind === one.code) ?? 'other',
      code: one.code,
      store: one.store,
      count: 0,
      at: one.at,
      phones: [],
      details: [],
    }
    group.count += 1
    if (Date.parse(one.at) > Date.parse(group.at)) group.at = one.at
    const phone =
      one.device === undefined ? undefined : `${one.label ?? ''} ${shortId(one.device)}`.trim()
    if (phone !== undefined && !group.phones.includes(phone)) group.phones.push(phone)
    const detail = [one.department, one.detail].filter((part) => part !== undefined).join(' ')
    if (detail !== '' && !group.details.includes(detail)) group.details.push(detail)
    groups.set(name, group)
  }
  return [...groups.values()].sort(
    (a, b) => gravity(a.kind) - gravity(b.kind) || Date.parse(b.at) - Date.parse(a.at),
  )
}

/** Red: somebody may be trying to hide who may publish, or holds a key. Others were simply turned away. */
export function isGrave(kind: TriedKind): boolean {
  return kind === 'withheld-root' || kind === 'fork' || kind === 'bad-root'
}

/** What is nobody's doing is listed, and told to nobody who does not look for it. */
export function isHarmless(kind: TriedKind): boolean {
  return kind === 'clock' || kind === 'not-the-store' || kind === 'missing-blob'
}

function gravity(kind: TriedKind): number {
  return isGrave(kind) ? 0 : isHarmless(kind) ? 2 : 1
}
