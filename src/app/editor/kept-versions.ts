import type { RecentVersion } from '#sync/manage/recent-versions.ts'

/** Why a key goes: its holder has left, or somebody else may have used it. */
export type GoneReason = 'left' | 'lost'

/** The versions of a department among which one stays, newest first. */
export interface DepartmentVersions {
  department: string
  versions: readonly RecentVersion[]
}

/** By department, the version that stays, as it was seen. */
export type Kept = Readonly<Record<string, { v: number; hash: string }>>

/** [M11] Whether somebody must say which version stays: one of the newest was signed by the key that goes. */
export function isAsked({ versions }: DepartmentVersions): boolean {
  return versions.length > 1 && versions.some(({ isByGone }) => isByGone)
}

/** The only version there is was signed by the key that goes: nothing can be chosen, but it is said. */
export function isOnlyByGone({ versions }: DepartmentVersions): boolean {
  return versions.length === 1 && versions[0]?.isByGone === true
}

/**
 * [M11] The version that stays when nobody says otherwise: the newest, or, where somebody else may have used the
 * key, the newest it has not signed.
 */
export function keptBy(
  reason: GoneReason,
  { versions }: DepartmentVersions,
): RecentVersion | undefined {
  const own = reason === 'lost' ? versions.find(({ isByGone }) => !isByGone) : undefined
  return own ?? versions[0]
}

/** What `revoke`, `wipe` and `replaceRootKey` are told: every department's version by the hash seen. */
export function keptOf(
  departments: readonly DepartmentVersions[],
  reason: GoneReason,
  chosen: Readonly<Record<string, string>> = {},
): Kept {
  const kept: Record<string, { v: number; hash: string }> = {}
  for (const one of departments) {
    const version =
      one.versions.find(({ hash }) => hash === chosen[one.department]) ?? keptBy(reason, one)
    if (version) kept[one.department] = { v: version.v, hash: version.hash }
  }
  return kept
}
