import * as v from 'valibot'
import { entry, line, prose } from './entry.ts'
import { answerRow, day, duration, identifier, referenceTo, source } from './values.ts'
import { step } from './routine.ts'

/** Kinds of critical dependency (ISO 22301: resources an activity needs). */
export const dependencyTypes = [
  'system',
  'staff',
  'premises',
  'power',
  'telephony',
  'supplier',
  'transport',
] as const

/** A continuity plan (kontinuitetsplan) for one critical activity. */
export const plan = entry({
  title: line,
  activity: prose,
  owner: entry({ role: line, deputy: line }),
  decided: v.optional(entry({ by: line, on: day })),
  version: v.optional(line),
  reviewed: v.optional(entry({ on: day, role: line })),
  nextReview: v.optional(day),
  /** Minimum business continuity objective: what must go on whatever happens. */
  mbco: prose,
  /** Maximum tolerable period of disruption (acceptabel avbrottstid). */
  mtpd: duration,
  /** Recovery time objective, shorter than mtpd. */
  rto: duration,
  /** Recovery point objective (acceptabel dataförlust). */
  rpo: duration,
  consequences: v.optional(v.array(entry({ after: duration, text: line })), []),
  dependencies: v.optional(
    v.array(
      entry({
        title: line,
        type: v.picklist(dependencyTypes),
        system: v.optional(identifier),
        expectedOutage: v.optional(duration),
        acceptableOutage: v.optional(duration),
        routine: v.optional(referenceTo('routine')),
      }),
    ),
    [],
  ),
  paused: v.optional(v.array(line), []),
  leastStaffing: v.optional(v.array(line), []),
  activation: v.optional(entry({ when: v.array(line), decides: line })),
  /** The four that the national comparison counts: fallback, recovery, return, contacts. */
  routines: v.optional(v.array(referenceTo('routine')), []),
  recovery: v.optional(v.array(step), []),
  return: v.optional(v.array(step), []),
  contacts: v.optional(v.array(referenceTo('contact')), []),
  binder: v.optional(
    entry({ place: line, responsible: v.optional(line), printed: v.optional(day) }),
  ),
  exercises: v.optional(
    v.array(
      entry({
        on: day,
        title: line,
        result: v.optional(prose),
        exercise: v.optional(referenceTo('exercise')),
      }),
    ),
    [],
  ),
  answers: v.optional(v.array(answerRow), []),
  sources: v.optional(v.array(source), []),
})
export type Plan = v.InferOutput<typeof plan>
