import type { DepartmentState } from '#device/device-state.ts'

/** After this many days without a confirmation people are asked to compare the code by phone. */
export const oldAfterDays = 30

const dayMs = 86_400_000

/** When a department's content was last confirmed to be current, RFC 3339; undefined when nothing tells. */
export function confirmedAt(department: DepartmentState): string | undefined {
  return (department as { confirmedAt?: string }).confirmedAt ?? department.checkedAt
}

/** Whole days since then; 0 when that is unknown. */
export function ageInDays(department: DepartmentState, now: Date): number {
  const confirmed = confirmedAt(department)
  if (confirmed === undefined) return 0
  return Math.max(0, Math.floor((now.getTime() - Date.parse(confirmed)) / dayMs))
}

/** The department that was confirmed longest ago, of those that have something to read. */
export function leastConfirmed(
  departments: readonly DepartmentState[],
): (DepartmentState & { confirmed: string }) | undefined {
  return departments
    .flatMap((each) => {
      const confirmed = each.release && confirmedAt(each)
      return confirmed === undefined ? [] : [{ ...each, confirmed }]
    })
    .sort((a, b) => Date.parse(a.confirmed) - Date.parse(b.confirmed))[0]
}
