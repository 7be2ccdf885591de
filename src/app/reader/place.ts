import type { DepartmentState, DeviceState, OrganisationState } from '#device/device-state.ts'
import type { Settings } from '#device/settings.ts'
import { commonDepartment } from '#domain/schema/document.ts'

/** Whose plans are on the screen. */
export interface Place {
  organisation: OrganisationState | undefined
  /** One department, or several together for the night; empty before anything was joined. */
  shown: DepartmentState[]
  /** Every department of the organisation on this phone, what all have in common last. */
  all: DepartmentState[]
  /** Address of the start screen for this place, and what list addresses begin with. */
  home: string
  lists: string
}

/** A department's name in settings. */
export function settingsName(department: DepartmentState): string {
  return `${department.organisation}/${department.department}`
}

/**
 * Whose plans an address shows. `/d/<department>` names one; elsewhere it is the one looked at last, or
 * those shown together. Of two organisations with the same department, the one looked at last: the
 * addresses do not name organisations, and plans of two are never mixed.
 */
export function placeOf(device: DeviceState, settings: Settings, path: string): Place {
  const last = device.departments.find((each) => settingsName(each) === settings.last)
  const together = device.departments.filter((each) =>
    settings.together.includes(settingsName(each)),
  )
  const isTogether = last === undefined && together.length > 1
  const usual =
    last ??
    (isTogether ? together[0] : undefined) ??
    device.departments.find((each) => each.department !== commonDepartment) ??
    device.departments[0]
  const [, prefix, asked, kind] = path.split('/')
  const named =
    prefix === 'd'
      ? device.departments
          .filter((each) => each.department === asked)
          .sort((a, b) => sameAs(b, usual) - sameAs(a, usual))[0]
      : undefined
  const main = named ?? usual
  const organisation = device.organisations.find((each) => each.id === main?.organisation)
  const all = device.departments
    .filter((each) => each.organisation === main?.organisation)
    .sort(
      (a, b) =>
        Number(a.department === commonDepartment) - Number(b.department === commonDepartment),
    )
  // A document opened from the merged start stays within it; a department's own pages leave it.
  const isDocument = kind !== undefined && path.split('/').length > 4
  if (isTogether && main !== undefined && (named === undefined || isDocument)) {
    const shown = together.filter((each) => each.organisation === main.organisation)
    if (shown.length > 1) return { organisation, shown, all, home: '/', lists: '' }
  }
  if (main === undefined)
    return { organisation: undefined, shown: [], all: [], home: '/', lists: '' }
  const home = `/d/${main.department}`
  return { organisation, shown: [main], all, home, lists: home }
}

function sameAs(department: DepartmentState, other: DepartmentState | undefined): number {
  return Number(department.organisation === other?.organisation)
}
