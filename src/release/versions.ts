import type { Change, VerifiedRelease } from './open-release.ts'

/** One release of a department, as its successors remember it. */
export interface Version {
  gen: number
  v: number
  /** The number people see. */
  edition: number
  /** RFC 3339. */
  issued: string
  /** Role title of who published. */
  by: string
  reason?: string
  /** What changed then; empty where only keys did, and for a first release. */
  changes: readonly Change[]
}

/**
 * The versions that a release remembers, newest first, itself among them. Those without a change of content (a new key,
 * a new publisher) are left out but for the one in force; of a long past only the last changes are kept ([R25]).
 */
export function listVersions(release: VerifiedRelease): Version[] {
  const versionByPlace = new Map<string, Version & { changes: Change[] }>()
  for (const change of release.changes) {
    const { gen, v, edition, issued, by, reason } = change
    const place = `${gen}-${v}`
    const known = versionByPlace.get(place)
    if (known) known.changes.push(change)
    else {
      versionByPlace.set(place, {
        gen,
        v,
        edition,
        issued,
        by,
        ...(reason !== undefined && { reason }),
        changes: [change],
      })
    }
  }
  const versions: Version[] = [...versionByPlace.values()]
  const [newest] = versions
  if (newest?.gen === release.gen && newest.v === release.v) return versions
  const { gen, v, edition, issued, publishedBy: by } = release
  return [{ gen, v, edition, issued, by, changes: [] }, ...versions]
}

/**
 * Where to look for what stood before the oldest version that is remembered: the number below, or what is in force
 * there. Undefined where the oldest is the first of its generation.
 */
export function beforeOldest(versions: readonly Version[]): { gen: number; v: number } | undefined {
  const oldest = versions.at(-1)
  return oldest && oldest.v > 1 ? { gen: oldest.gen, v: oldest.v - 1 } : undefined
}
