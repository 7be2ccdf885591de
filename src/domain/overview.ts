import { dayOf } from './calendar.ts'
import {
  phoneTreesChecked,
  planCompleteness,
  requiredParts,
  type PlanCompleteness,
  type RequiredPart,
} from './completeness.ts'
import { csvText } from './csv-text.ts'
import { indexDocuments, type DocumentIndex } from './resolve.ts'
import { dueDates, intervalsOf } from './review.ts'
import type { PlanBDocument } from './schema/document.ts'
import type { Finding } from './writing/finding.ts'

/** How prepared a department is: what its coordinator looks at. */
export interface DepartmentOverview {
  department: string
  title: string
  plans: number
  /** Plans that count in the national comparison: all four, and current. */
  complete: number
  /** Plans that have each of the four. */
  has: Readonly<Record<RequiredPart, number>>
  /** Plans and routines whose review is past its day or never was done; whose day comes within a month. */
  reviewsOverdue: number
  reviewsSoon: number
  /** The first day that is still to come. */
  nextReview?: string
  /** The latest day something was exercised, of plans and exercises. */
  lastExercise?: string
  /** Every phone tree without fault and checked in time; undefined when there is none. */
  phoneTreesChecked?: boolean
  binder: 'printed' | 'out-of-date' | 'never' | 'unknown'
  /** What was found in what is published; undefined where nobody looked. */
  findings?: Readonly<Record<Finding['severity'], number>>
  /** Phones that hold the newest version, of all that told of themselves; undefined where it is not known. */
  phones?: PhoneCount
}

export interface PhoneCount {
  newest: number
  all: number
}

export interface OverviewOptions {
  now: Date
  /** By department: what `checkWriting` found. */
  findings?: ReadonlyMap<string, readonly Finding[]>
  /** By department: the day of its last change. */
  changedOn?: ReadonlyMap<string, string>
  phones?: ReadonlyMap<string, PhoneCount>
}

/** Every department that has documents here, in the order of the organisation. */
export function overview(
  documents: readonly PlanBDocument[],
  options: OverviewOptions,
): DepartmentOverview[] {
  const index = indexDocuments(documents)
  return index.departmentIds().map((department) => departmentOverview(index, department, options))
}

function departmentOverview(
  index: DocumentIndex,
  department: string,
  { now, findings, changedOn, phones }: OverviewOptions,
): DepartmentOverview {
  const changed = changedOn?.get(department)
  const plans = index.ofKind('plan', department).map((plan) =>
    planCompleteness(plan, {
      index,
      now,
      ...(changed === undefined ? {} : { changedOn: changed }),
    }),
  )
  const own = index.documents.filter((document) => document.department === department)
  const intervals = intervalsOf(index, department)
  const due = own.flatMap((document) => dueDates(document, intervals, now))
  const reviews = due.filter(({ what }) => what === 'review')
  const nextReview = reviews
    .flatMap(({ due, days = -1 }) => (due === undefined || days < 0 ? [] : [due]))
    .sort()[0]
  const lastExercise = exercisedOn(own).filter((day) => day <= dayOf(now)).sort().at(-1) // prettier-ignore
  const treesChecked = phoneTreesChecked(department, index, now)
  const found = findings?.get(department)
  const counted = phones?.get(department)
  return {
    department,
    title: index.department(department)?.body.title ?? department,
    plans: plans.length,
    complete: plans.filter(({ counts }) => counts).length,
    has: countBy(requiredParts, (part) => plans.filter(({ has }) => has[part]).length),
    reviewsOverdue: reviews.filter(({ state }) => state === 'overdue' || state === 'never').length,
    reviewsSoon: reviews.filter(({ state }) => state === 'soon').length,
    ...(nextReview !== undefined && { nextReview }),
    ...(lastExercise !== undefined && { lastExercise }),
    ...(treesChecked !== undefined && { phoneTreesChecked: treesChecked }),
    binder: binderState(own, plans, changed),
    ...(found && { findings: countBy(['blocks', 'warning', 'hint'] as const, (one) => found.filter(({ severity }) => severity === one).length) }), // prettier-ignore
    ...(counted && { phones: counted }),
  }
}

function countBy<K extends string>(
  keys: readonly K[],
  count: (key: K) => number,
): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, count(key)])) as Record<K, number>
}

function exercisedOn(documents: readonly PlanBDocument[]): string[] {
  return documents.flatMap((document) => {
    if (document.kind === 'plan') return document.body.exercises.map(({ on }) => on)
    return document.kind === 'exercise' ? document.body.log.map(({ on }) => on) : []
  })
}

/** One binder holds all plans: it is printed when each of them is since the last change. */
function binderState(
  documents: readonly PlanBDocument[],
  plans: readonly PlanCompleteness[],
  changed: string | undefined,
): DepartmentOverview['binder'] {
  const printed = documents.some(
    ({ kind, body }) => kind === 'plan' && body.binder?.printed !== undefined,
  )
  if (plans.length > 0 && !printed) return 'never'
  if (plans.length === 0 || changed === undefined) return 'unknown'
  return plans.every(({ binderPrinted }) => binderPrinted) ? 'printed' : 'out-of-date'
}

/** The columns of the overview as a file, in their order; what each is called is handed in. */
export const overviewColumns = [
  'department', 'plans', 'complete', ...requiredParts, 'reviewsOverdue', 'reviewsSoon', 'nextReview',
  'lastExercise', 'phoneTreesChecked', 'binder', 'blocks', 'warnings', 'phonesNewest', 'phonesAll',
] as const // prettier-ignore
export type OverviewColumn = (typeof overviewColumns)[number]

export interface OverviewWords {
  columns: Readonly<Record<OverviewColumn, string>>
  binder: Readonly<Record<DepartmentOverview['binder'], string>>
  yes: string
  no: string
}

/** The overview as a CSV file (`csvText`); what is not known is an empty cell. */
export function overviewCsv(
  departments: readonly DepartmentOverview[],
  words: OverviewWords,
): string {
  const header = overviewColumns.map((column) => words.columns[column])
  return csvText([header, ...departments.map((one) => rowOf(one, words))])
}

function rowOf(
  one: DepartmentOverview,
  { yes, no, binder }: OverviewWords,
): (string | number | undefined)[] {
  const { phoneTreesChecked: checked } = one
  const cells: Record<OverviewColumn, string | number | undefined> = {
    department: one.title,
    plans: one.plans,
    complete: one.complete,
    ...one.has,
    reviewsOverdue: one.reviewsOverdue,
    reviewsSoon: one.reviewsSoon,
    nextReview: one.nextReview,
    lastExercise: one.lastExercise,
    phoneTreesChecked: checked === undefined ? undefined : checked ? yes : no,
    binder: binder[one.binder],
    blocks: one.findings?.blocks,
    warnings: one.findings?.warning,
    phonesNewest: one.phones?.newest,
    phonesAll: one.phones?.all,
  }
  return overviewColumns.map((column) => cells[column])
}
