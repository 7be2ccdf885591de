import type { Kid } from '#trust/keys.ts'
import type { VerifiedEntry } from './entry.ts'

/**
 * [J10] [J11] Puts entries together. The same set gives the same result in any order and any number of times: one
 * entry a number of a device, sorted by device and number. Where a device used a number twice, the
 * entry with the lowest hash stays everywhere; `findForks` tells of it.
 *
 * @returns a new list; the entries themselves are the ones given
 */
export function mergeEntries(
  held: readonly VerifiedEntry[],
  more: readonly VerifiedEntry[],
): VerifiedEntry[] {
  const entryByPlace = new Map<string, VerifiedEntry>()
  for (const entry of [...held, ...more]) {
    const place = placeOf(entry)
    const other = entryByPlace.get(place)
    if (!other || entry.hash < other.hash) entryByPlace.set(place, entry)
  }
  return [...entryByPlace.values()].sort(byDeviceAndNumber)
}

/** A number one device used for two different entries: its key was copied, or its memory put back. */
export interface Fork {
  device: Kid
  n: number
  /** Sorted; the first is the one that stays. */
  hashes: string[]
}

/** [J12] Which numbers were used twice, among what is held and what has come. To be told before merging: merging keeps one. */
export function findForks(
  held: readonly VerifiedEntry[],
  more: readonly VerifiedEntry[] = [],
): Fork[] {
  const hashesByPlace = new Map<string, { entry: VerifiedEntry; hashes: Set<string> }>()
  for (const entry of [...held, ...more]) {
    const place = placeOf(entry)
    const known = hashesByPlace.get(place)
    if (known) known.hashes.add(entry.hash)
    else hashesByPlace.set(place, { entry, hashes: new Set([entry.hash]) })
  }
  return [...hashesByPlace.values()]
    .filter(({ hashes }) => hashes.size > 1)
    .sort((a, b) => byDeviceAndNumber(a.entry, b.entry))
    .map(({ entry: { device, n }, hashes }) => ({ device, n, hashes: [...hashes].sort() }))
}

/** Each device numbers its own entries, in each department by itself. */
function placeOf({ department, device, n }: VerifiedEntry): string {
  return `${department}/${device}/${n}`
}

function byDeviceAndNumber(a: VerifiedEntry, b: VerifiedEntry): number {
  return compareText(a.department, b.department) || compareText(a.device, b.device) || a.n - b.n
}

/** By code units: the same on every device, whatever its language. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
