import { dueDates, intervalsOf, type DueDate } from '../review.ts'
import { sentencesOf } from '../sentences.ts'
import { phaseNames } from '../schema/routine.ts'
import { validateDocument } from '../validate-document.ts'
import { fieldAt, found, listAt, type Finding, type Found, type Written } from './finding.ts'

/** [W6] What a plan lacks of the four that count (see `completeness.ts`). */
export function planGaps({ document, context }: Written): Found[] {
  const { body } = document
  const findings: Found[] = []
  const points = (field: string) =>
    listAt(body, field).some((name) => typeof name === 'string' && context.names.has(name))
  if (!points('routines')) findings.push(found('warning', 'fallback-missing', ['routines']))
  if (listAt(body, 'recovery').length === 0)
    findings.push(found('warning', 'recovery-missing', ['recovery']))
  if (listAt(body, 'return').length === 0)
    findings.push(found('warning', 'return-missing', ['return']))
  if (!points('contacts')) findings.push(found('warning', 'contacts-missing', ['contacts']))
  return findings
}

/** [W7] What a routine lacks to hold for weeks (see `routineGaps`), and how it is called. */
export function routineFaults({ document: { body } }: Written): Found[] {
  const findings: Found[] = []
  const phases = fieldAt(body, 'phases')
  const missing = phaseNames.filter((phase) => listAt(fieldAt(phases, phase), 'steps').length === 0)
  const [first] = missing
  if (first !== undefined) {
    const values = { count: missing.length, phases: missing.join(' ') }
    findings.push(found('warning', 'phases-missing', ['phases', first], values))
  }
  if (listAt(body, 'control').length === 0)
    findings.push(found('warning', 'control-missing', ['control']))
  for (const part of ['harm', 'notice', 'escalation', 'return'] as const) {
    if (listAt(body, part).length === 0) findings.push(found('hint', `${part}-missing`, [part]))
  }
  if (fieldAt(body, 'healthCare') === true && fieldAt(body, 'approval') === undefined) {
    findings.push(found('warning', 'approval-missing', ['approval']))
  }
  const title = fieldAt(body, 'title')
  if (typeof title === 'string' && title.trim() !== '' && !/^(när|om|vid)\s/iu.test(title.trim())) {
    findings.push(found('hint', 'title-not-when', ['title']))
  }
  return findings
}

/** More characters do not fit two lines of a phone in the hand. */
export const longestStep = 140
/** Two or three sentences may be one action, its reason and its exception; four are more than one. */
const mostSentences = 3

/** [W9] Steps too long to be read in a stairwell. */
export function longSteps({ values }: Written): Found[] {
  return values.flatMap(({ value, path }) => {
    const isStep =
      path.at(-1) === 'text' && ['steps', 'recovery', 'return'].includes(String(path.at(-3)))
    if (!isStep || typeof value !== 'string') return []
    const sentences = sentencesOf(value).length
    if (value.length <= longestStep && sentences <= mostSentences) return []
    return [found('warning', 'step-long', path, { characters: value.length, sentences })]
  })
}

const placeOfDue: Readonly<Record<DueDate['what'], string>> = {
  review: 'reviewed',
  exercise: 'exercises',
  'phone-tree-check': 'checked',
  'contacts-check': 'checked',
  drill: 'drills',
}

/** [W10] What should have been done by now: review, exercise, check, drill. */
export function overdue({ document, context }: Written): Found[] {
  const checked = validateDocument(document)
  if (!checked.ok) return []
  const intervals = intervalsOf(context.index, document.department)
  return dueDates(checked.document, intervals, context.now).flatMap((date) => {
    const severity: Finding['severity'] = date.what === 'drill' ? 'hint' : 'warning'
    const path = [placeOfDue[date.what]]
    if (date.state === 'overdue') {
      const values = { due: date.due ?? '', days: -(date.days ?? 0) }
      return [found(severity, `${date.what}-overdue`, path, values)]
    }
    return date.state === 'never' ? [found('hint', `${date.what}-never`, path)] : []
  })
}
