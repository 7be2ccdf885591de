import type { DepartmentState } from '#device/device-state.ts'
import type { ReadinessCheck, ReadinessId } from '#device/readiness.ts'
import { missingDepartments } from './missing-departments.ts'

/** A check as it is said to a person. */
export interface ReadyItem {
  /** Key of its title, `ready.check.…`. */
  title: ReadinessId | 'notPersisted' | 'arrived'
  /** `note`: good to know, and nothing to be done about. */
  result: ReadinessCheck['result'] | 'note'
  /** Key of what to do, `ready.help.…`, where there is something to say. */
  help?: ReadinessId | 'persistedInstalled' | 'arrived'
  check: ReadinessCheck | undefined
}

/**
 * What to say of one check. A browser's promise to keep the storage is nobody's to-do: some never give it.
 * What a person can do for it is to have the app on the home screen and to open it.
 */
export function itemOf(id: ReadinessId, checks: readonly ReadinessCheck[]): ReadyItem {
  const check = checks.find((each) => each.id === id)
  const result = check?.result ?? 'unknown'
  if (id === 'persisted' && result === 'attention') {
    const isInstalled = checks.some((each) => each.id === 'installed' && each.result === 'ok')
    const help = isInstalled ? 'persistedInstalled' : 'persisted'
    return { title: 'notPersisted', result: 'note', help, check }
  }
  const needsHelp = result === 'attention' || result === 'failed'
  return { title: id, result, check, ...(needsHelp ? { help: id } : {}) }
}

/** Whether all that was joined is here: known at any moment, so that no older look is asked. */
export function arrivedItem(departments: readonly DepartmentState[]): ReadyItem {
  const title = 'arrived'
  if (departments.length === 0) return { title, result: 'unknown', check: undefined }
  return missingDepartments(departments).length > 0
    ? { title, result: 'failed', help: title, check: undefined }
    : { title, result: 'ok', check: undefined }
}
