import type { DepartmentState } from '#device/device-state.ts'

/** Departments that were joined and of which nothing can be read on this phone yet. */
export function missingDepartments(departments: readonly DepartmentState[]): DepartmentState[] {
  return departments.filter(({ release, status }) => release === undefined && status !== 'ended')
}
