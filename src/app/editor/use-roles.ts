import { commonDepartment } from '#domain/schema/document.ts'
import { useEditor } from './editor-parts.ts'

/** What this phone may do in the organisation on the screen. */
export interface OwnRoles {
  isCoordinator: boolean
  /** May publish at least one department. */
  isPublisher: boolean
  /** Departments it may publish, those with phones of their own first. */
  departments: string[]
}

export function useRoles(): OwnRoles {
  const { state, organisation } = useEditor()
  const own = state.device.roles.filter((role) => role.organisation === organisation?.id)
  const departments = [...new Set(own.flatMap((role) => role.departments))]
  return {
    isCoordinator: own.some(({ role }) => role === 'coordinator'),
    isPublisher: departments.length > 0,
    departments: departments.sort(
      (a, b) => Number(a === commonDepartment) - Number(b === commonDepartment),
    ),
  }
}
