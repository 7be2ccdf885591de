import type { DepartmentState } from '#device/device-state.ts'

/** After this many days without a confirmation people are asked to compare the code by phone. */
export const oldAfterDays = 30

const dayMs = 86_400_000

/** Whole days since a department's content was last confirmed to be current; 0 when that is unknown. */
export function ageInDays(department: DepartmentState, now: Date): number {
  if (department.confirmedAt === undefined) return 0
  return Math.max(0, Math.floor((now.getTime() - Date.parse(department.confirmedAt)) / dayMs))
}

/** The department that was confirmed longest ago, of those that have something to read. */
export function leastConfirmed(
  departments: readonly DepartmentState[],
): (DepartmentState & { confirmed: string }) | undefined {
  return departments
    .flatMap((each) => {
      const confirmed = each.release && each.confirmedAt
      return confirmed === undefined ? [] : [{ ...each, confirmed }]
    })
    .sort((a, b) => Date.parse(a.confirmed) - Date.parse(b.confirmed))[0]
}
