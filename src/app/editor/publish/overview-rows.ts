import { dayOf } from '#domain/calendar.ts'
import { planCompleteness, type PlanCompleteness } from '#domain/completeness.ts'
import type { DocumentIndex } from '#domain/resolve.ts'
import { dueDates, intervalsOf, type DueDate } from '#domain/review.ts'
import { documentName, type DocumentOf, type PlanBDocument } from '#domain/schema/document.ts'
import type { VerifiedRelease } from '#release/open-release.ts'

/** One plan, as it stands. */
export interface PlanRow extends PlanCompleteness {
  title: string
}

/** One department, as it stands. What is not known is undefined, and said to be so. */
export interface DepartmentRow {
  department: string
  title: string
  plans: PlanRow[]
  /** Plans that hold all four and are current: what the national comparison counts. */
  counting: number
  /** What is due: overdue or never done, and soon. */
  overdue: DueDate[]
  soon: DueDate[]
  /** Day of the latest exercise, of any plan or exercise. */
  lastExercise?: string
  /** Some plan has been exercised within the interval. */
  isExercised: boolean
  treesChecked: boolean | undefined
  /** Every binder is printed since the last change; undefined where that is not known. */
  binderPrinted: boolean | undefined
  phones?: { have: number; all: number }
  needsSomething: boolean
}

export interface OverviewInput {
  index: DocumentIndex
  now: Date
  departments: readonly { department: string; title: string; release: VerifiedRelease }[]
  phones: ReadonlyMap<string, { have: number; all: number }>
}

/** Every department with its meter and what stands beside it. */
export function overviewRows({ index, now, departments, phones }: OverviewInput): DepartmentRow[] {
  return departments.map(({ department, title, release }) => {
    const documents = index.documents.filter((one) => one.department === department)
    const plans = index.ofKind('plan', department)
    const rows = plans.map((plan) => planRow(plan, { index, now, release }))
    const due = documents.flatMap((one) => dueDates(one, intervalsOf(index, department), now))
    const reviews = due.filter(({ what }) => what !== 'exercise' && what !== 'drill')
    const overdue = reviews.filter(({ state }) => state === 'overdue' || state === 'never')
    const lastExercise = documents
      .flatMap(exercisedOn)
      .filter((on) => on <= dayOf(now))
      .sort()
      .at(-1)
    const counted = phones.get(department)
    const row = {
      department,
      title,
      plans: rows,
      counting: rows.filter(({ counts }) => counts).length,
      overdue,
      soon: reviews.filter(({ state }) => state === 'soon'),
      ...(lastExercise !== undefined && { lastExercise }),
      isExercised: rows.some(({ exercised }) => exercised),
      treesChecked: rows[0]?.phoneTreesChecked,
      binderPrinted: allOf(rows.map(({ binderPrinted }) => binderPrinted)),
      ...(counted !== undefined && { phones: counted }),
    }
    return { ...row, needsSomething: isWanting(row) }
  })
}

function planRow(
  plan: DocumentOf<'plan'>,
  { index, now, release }: { index: DocumentIndex; now: Date; release: VerifiedRelease },
): PlanRow {
  const changedOn = lastChange(release, [documentName(plan), ...plan.body.routines])
  return {
    ...planCompleteness(plan, { index, now, ...(changedOn !== undefined && { changedOn }) }),
    title: plan.body.title,
  }
}

/** The day any of these documents last changed, as far back as the release remembers. */
function lastChange({ changes, department }: VerifiedRelease, names: readonly string[]) {
  const latest = changes
    .filter(({ kind, id }) => names.includes(`${department}/${kind}/${id}`))
    .map(({ issued }) => issued)
    .sort()
    .at(-1)
  return latest === undefined ? undefined : dayOf(new Date(latest))
}

/** The days something was exercised: what plans say, and what the exercises themselves log. */
function exercisedOn({ kind, body }: PlanBDocument): string[] {
  if (kind === 'plan') return body.exercises.map(({ on }) => on)
  return kind === 'exercise' ? body.log.map(({ on }) => on) : []
}

/** No where any is no, not known where any is not known, else yes. */
function allOf(values: readonly (boolean | undefined)[]): boolean | undefined {
  if (values.includes(false)) return false
  return values.length === 0 || values.includes(undefined) ? undefined : true
}

function isWanting(row: Omit<DepartmentRow, 'needsSomething'>): boolean {
  return (
    row.counting < row.plans.length ||
    row.overdue.length > 0 ||
    !row.isExercised ||
    row.treesChecked === false ||
    row.binderPrinted === false ||
    (row.phones !== undefined && row.phones.have < row.phones.all)
  )
}
