import { recentVersions } from '#sync/manage/recent-versions.ts'
import type { Kid } from '#trust/keys.ts'
import type { CliContext } from './command.ts'
import type { Office } from '#sync/manage/office.ts'

/**
 * [M11] Says where the version that stays was signed by the key that goes, and which others there are: it may have
 * been somebody else's work. Asks nothing, so that it can be run without anybody there.
 *
 * @param departments whose generation rises, or has risen and has no head yet
 * @param keep by department, what was chosen with `--keep`
 */
export async function warnOfLastGood(
  context: CliContext,
  input: {
    office: Office
    gone: Kid
    departments: readonly string[]
    keep: Readonly<Record<string, number>>
  },
): Promise<void> {
  const { office, gone, departments, keep } = input
  for (const department of departments) {
    if (Object.hasOwn(keep, department)) continue
    // As it will be chosen: the office's own look at the store, deaf to what the key says of newer apps.
    const versions = await recentVersions(office, office.root, department, { gone }).catch(() => [])
    const newest = versions[0]
    if (newest?.isByGone !== true) continue
    const { v, edition } = newest
    context.complain(
      `planb: ${department}: the version that stays (v ${v}, edition ${edition}) was published by the key that goes. If somebody else may have used it, read it through.`,
    )
    for (const one of versions.filter((version) => version.v !== v)) {
      context.complain(
        `  before it: v ${one.v}, edition ${one.edition}, ${one.issued.slice(0, 10)}, ${one.isByGone ? 'by the same key' : `by ${one.by ?? 'a root key'}`}: --keep ${department}=${one.v}`,
      )
    }
    if (!versions.some(({ isByGone }) => !isByGone)) {
      context.complain('  No other key has published any version of this generation.')
    }
  }
}
