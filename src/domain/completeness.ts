import { dayOf } from './calendar.ts'
import type { DocumentIndex } from './resolve.ts'
import { checkTree } from './phone-tree/check-tree.ts'
import { dueDates, intervalsOf, type DueDate } from './review.ts'
import { documentName, type DocumentOf } from './schema/document.ts'
import { phaseNames, type PhaseName } from './schema/routine.ts'

/**
 * The four that Socialstyrelsen's national comparison asks of a continuity plan: fallback routine
 * (reservrutin), recovery routine (återställningsrutin), return routine (återgångsrutin), necessary
 * contacts. A plan counts only when it has all four and is current.
 */
export const requiredParts = ['fallback', 'recovery', 'return', 'contacts'] as const
export type RequiredPart = (typeof requiredParts)[number]

export interface PlanCompleteness {
  name: string
  has: Readonly<Record<RequiredPart, boolean>>
  missing: RequiredPart[]
  /** Reviewed within the department's interval. */
  current: boolean
  /** All four, and current. */
  counts: boolean
  /** What stands beside the meter; undefined where nothing is known about it. */
  exercised: boolean
  /** Every phone tree of the department checked in time and without a fault; undefined when it has none. */
  phoneTreesChecked: boolean | undefined
  /** Binder printed on or after the day of the last change; undefined when that day is not known. */
  binderPrinted: boolean | undefined
  /** References of the four that point at nothing. */
  dangling: string[]
}

export interface CompletenessInput {
  index: DocumentIndex
  now: Date
  /** The day this plan, or a routine it names, was last changed, where the caller knows it. */
  changedOn?: string
}

/** How complete a plan is, and what it lacks. */
export function planCompleteness(
  plan: DocumentOf<'plan'>,
  { index, now, changedOn }: CompletenessInput,
): PlanCompleteness {
  const { body } = plan
  const routines = body.routines.filter((name) => index.getOf('routine', name) !== undefined)
  const contacts = body.contacts.filter((name) => index.contact(name) !== undefined)
  const has = {
    fallback: routines.length > 0,
    recovery: body.recovery.length > 0,
    return: body.return.length > 0,
    contacts: contacts.length > 0,
  }
  const missing = requiredParts.filter((part) => !has[part])
  const due = dueDates(plan, intervalsOf(index, plan.department), now)
  const current = inTime(due, 'review')
  const printed = body.binder?.printed
  return {
    name: documentName(plan),
    has,
    missing,
    current,
    counts: missing.length === 0 && current,
    exercised: inTime(due, 'exercise'),
    phoneTreesChecked: phoneTreesChecked(plan.department, index, now),
    binderPrinted:
      changedOn === undefined
        ? undefined
        : printed !== undefined && printed >= changedOn && printed <= dayOf(now),
    dangling: [
      ...body.routines.filter((name) => !routines.includes(name)),
      ...body.contacts.filter((name) => !contacts.includes(name)),
    ],
  }
}

function inTime(due: DueDate[], what: DueDate['what']): boolean {
  return due.some((one) => one.what === what && (one.state === 'in-time' || one.state === 'soon'))
}

/** Every phone tree of a department checked in time and without a fault; undefined when it has none. */
export function phoneTreesChecked(
  department: string,
  index: DocumentIndex,
  now: Date,
): boolean | undefined {
  const trees = index.ofKind('phone-tree', department)
  if (trees.length === 0) return undefined
  const intervals = intervalsOf(index, department)
  const hasNumber = (contact: string) => index.contact(contact) !== undefined
  return trees.every(
    (tree) =>
      inTime(dueDates(tree, intervals, now), 'phone-tree-check') &&
      checkTree(tree.body, hasNumber).every(({ severity }) => severity !== 'error'),
  )
}

/** What a fallback routine lacks to be one that holds for weeks. */
export interface RoutineGaps {
  name: string
  /** Phases without steps: outages lasted from days to nine weeks, and some data never came back. */
  phases: PhaseName[]
  parts: ('harm' | 'control' | 'escalation' | 'return' | 'notice')[]
  /** A routine of health care that the medical lead nurse (MAS) has not approved. */
  unapproved: boolean
}

/** The gaps of a routine; none of them keeps it from being published. */
export function routineGaps(routine: DocumentOf<'routine'>): RoutineGaps {
  const { body } = routine
  const parts = (['harm', 'control', 'escalation', 'return', 'notice'] as const).filter(
    (part) => body[part].length === 0,
  )
  return {
    name: documentName(routine),
    phases: phaseNames.filter((phase) => body.phases[phase] === undefined),
    parts,
    unapproved: body.healthCare && body.approval === undefined,
  }
}
