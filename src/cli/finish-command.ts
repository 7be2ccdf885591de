import type { Unsaid } from '#sync/manage/manage-error.ts'

/**
 * [M13] The command that finishes a revocation that was stopped: one for all departments, since whoever finishes
 * one of them must have said what becomes of the others. V stands for the number of a version.
 *
 * @param unsaid at least one
 */
export function finishCommand(unsaid: readonly Unsaid[]): string {
  const keep = unsaid.map(({ department }) => ` --keep ${department}=V`)
  return `planb revoke ${unsaid[0]!.gone}${keep.join('')}`
}
