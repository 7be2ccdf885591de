import type { DocumentIndex } from './resolve.ts'
import { commonDepartment, documentName, type DocumentOf } from './schema/document.ts'
import { routineGroups, type RoutineGroup } from './schema/routine.ts'

export interface StartItem {
  /** `department/routine/id`. */
  name: string
  routine: DocumentOf<'routine'>
  /** Of gemensamt, not of the department itself. */
  common: boolean
  /** It is the card for "Jag vet inte vad som är fel", which the start screen shows by itself. */
  firstCard: boolean
}

export interface StartList {
  /** The card for "Jag vet inte vad som är fel": the department's, else that of gemensamt. */
  firstCard: DocumentOf<'routine'> | undefined
  /** Every routine, most critical first. */
  items: StartItem[]
  /** The same by group (it, phone, power, staff, premises, other), without empty groups. */
  groups: { group: RoutineGroup; items: StartItem[] }[]
}

/**
 * The routines of a department as its start screen lists them: its own first, in the order it has set,
 * those it has not named after them by name; then those of gemensamt likewise.
 */
export function startList(index: DocumentIndex, department: string): StartList {
  const firstCard = firstCardOf(index, department) ?? firstCardOf(index, commonDepartment)
  const firstName = firstCard === undefined ? undefined : documentName(firstCard)
  const departments =
    department === commonDepartment ? [department] : [department, commonDepartment]
  const items = departments.flatMap((one) =>
    inOrder(index, one).map((routine): StartItem => {
      const name = documentName(routine)
      return { name, routine, common: one === commonDepartment, firstCard: name === firstName }
    }),
  )
  const groups = routineGroups
    .map((group) => ({ group, items: items.filter(({ routine }) => routine.body.group === group) }))
    .filter((one) => one.items.length > 0)
  return { firstCard, items, groups }
}

function firstCardOf(index: DocumentIndex, department: string): DocumentOf<'routine'> | undefined {
  const reference = index.department(department)?.body.firstCard
  return reference === undefined ? undefined : index.getOf('routine', reference)
}

function inOrder(index: DocumentIndex, department: string): DocumentOf<'routine'>[] {
  const order = index.department(department)?.body.order ?? []
  const placeByName = new Map(order.map((name, place) => [name, place]))
  const place = (one: DocumentOf<'routine'>) => placeByName.get(documentName(one)) ?? Infinity
  return index.ofKind('routine', department).sort((a, b) =>
    // Infinity minus Infinity is no number, so that both unnamed ones fall to their names.
    place(a) === place(b) ? a.body.name.localeCompare(b.body.name, 'sv') : place(a) - place(b),
  )
}
