import { addMonths, dayOf, daysBetween } from './calendar.ts'
import { indexDocuments, type DocumentIndex } from './resolve.ts'
import { documentName, type PlanBDocument } from './schema/document.ts'

/** Months between reviews (översyn), exercises and checks of phone trees. */
export interface ReviewIntervals {
  review: number
  exercise: number
  phoneTree: number
}

/** What is taken where a department sets nothing (DOMAIN: 12 months are advice, a quarter for trees). */
export const usualIntervals: ReviewIntervals = { review: 12, exercise: 12, phoneTree: 3 }

export interface DueDate {
  /** Name of the document, `department/kind/id`. */
  name: string
  what: 'review' | 'exercise' | 'phone-tree-check' | 'contacts-check' | 'drill'
  /** When it was last done; undefined when no document says that it ever was. */
  last?: string
  /** The last day it is still in time; undefined when it never was done. */
  due?: string
  state: 'in-time' | 'soon' | 'overdue' | 'never'
  /** Days left; negative when overdue. Undefined when it never was done. */
  days?: number
}

/** So many days before the last day a date is called soon. */
export const soonDays = 30
/** A phone tree is drilled twice a year (DOMAIN). */
const drillMonths = 6

/** The intervals a department has set, usual ones for the rest. */
export function intervalsOf(index: DocumentIndex, department: string): ReviewIntervals {
  const set = index.department(department)?.body.intervals
  return {
    review: usable(set?.review) ?? usualIntervals.review,
    exercise: usable(set?.exercise) ?? usualIntervals.exercise,
    phoneTree: usable(set?.phoneTree) ?? usualIntervals.phoneTree,
  }
}

/** Zero or less would make everything overdue for ever: taken as not set. */
function usable(months: number | undefined): number | undefined {
  return months !== undefined && months > 0 ? months : undefined
}

/**
 * What is to be done with one document, and when. A day named as next review holds before the interval:
 * somebody chose it.
 */
export function dueDates(
  document: PlanBDocument,
  intervals: ReviewIntervals,
  now: Date,
): DueDate[] {
  const name = documentName(document)
  const today = dayOf(now)
  const date = (what: DueDate['what'], last: string | undefined, months: number, chosen?: string) =>
    dueDate(name, what, today, last, chosen ?? (last && addMonths(last, months)))
  switch (document.kind) {
    case 'plan': {
      const { reviewed, decided, nextReview, exercises } = document.body
      return [
        date('review', reviewed?.on ?? decided?.on, intervals.review, nextReview),
        date('exercise', latest(exercises, today), intervals.exercise),
      ]
    }
    case 'routine': {
      const { reviewed, approval, nextReview } = document.body
      return [date('review', reviewed?.on ?? approval?.on, intervals.review, nextReview)]
    }
    case 'phone-tree':
      return [
        date('phone-tree-check', document.body.checked?.on, intervals.phoneTree),
        date('drill', latest(document.body.drills, today), drillMonths),
      ]
    case 'contacts':
      return [date('contacts-check', document.body.checked?.on, intervals.phoneTree)]
    default:
      return []
  }
}

/** Everything of all documents, most urgent first: never done, then by day. */
export function allDueDates(documents: readonly PlanBDocument[], now: Date): DueDate[] {
  const index = indexDocuments(documents)
  return index.documents
    .flatMap((one) => dueDates(one, intervalsOf(index, one.department), now))
    .sort((a, b) => (a.due ?? '').localeCompare(b.due ?? '') || a.name.localeCompare(b.name))
}

/** The latest day of a list of things done; a day that is still to come has not been done. */
function latest(done: readonly { on: string }[], today: string): string | undefined {
  return done
    .map(({ on }) => on)
    .filter((on) => on <= today)
    .sort()
    .at(-1)
}

function dueDate(
  name: string,
  what: DueDate['what'],
  today: string,
  last: string | undefined,
  due: string | undefined,
): DueDate {
  if (due === undefined) return { name, what, state: 'never' }
  const days = daysBetween(today, due)
  const state = days < 0 ? 'overdue' : days <= soonDays ? 'soon' : 'in-time'
  return { name, what, ...(last === undefined ? {} : { last }), due, state, days }
}
