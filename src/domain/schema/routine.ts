import * as v from 'valibot'
import { entry, line, prose } from './entry.ts'
import { answerRow, day, identifier, reference, referenceTo, source } from './values.ts'

/** The phases of a loss, in order: outages in the reports lasted from days to nine weeks, some for good. */
export const phaseNames = ['minutes15', 'hour1', 'day1', 'week1', 'longer', 'neverBack'] as const
export type PhaseName = (typeof phaseNames)[number]

/** What a routine is about; groups the start screen. */
export const routineGroups = ['it', 'phone', 'power', 'staff', 'premises', 'other'] as const
export type RoutineGroup = (typeof routineGroups)[number]

/** One action: verb first. Everything else says with whom, with what and where. */
export const step = entry({
  text: line,
  who: v.optional(line),
  where: v.optional(line),
  call: v.optional(v.array(referenceTo('contact'))),
  form: v.optional(referenceTo('form')),
  see: v.optional(reference),
})
export type Step = v.InferOutput<typeof step>

export const phase = entry({
  note: v.optional(line),
  steps: v.pipe(v.array(step), v.minLength(1, 'has no steps')),
})
export type Phase = v.InferOutput<typeof phase>

export const escalation = entry({
  when: line,
  text: v.optional(line),
  call: v.optional(v.array(referenceTo('contact'))),
})

/** A fallback routine (reservrutin): what one role does when one dependency is lost. */
export const routine = entry({
  title: line,
  /** The name people use here, shown on the start screen: "TES: din körlista". */
  name: line,
  /** One line under the name: what it is for. */
  summary: line,
  aliases: v.optional(v.array(line), []),
  group: v.picklist(routineGroups),
  systems: v.optional(v.array(identifier), []),
  answers: v.optional(v.array(answerRow), []),
  for: line,
  /** Who can come to harm tonight. */
  harm: v.optional(v.array(line), []),
  /** How one notices. */
  notice: v.optional(v.array(line), []),
  phases: entry({
    minutes15: phase,
    hour1: v.optional(phase),
    day1: v.optional(phase),
    week1: v.optional(phase),
    longer: v.optional(phase),
    neverBack: v.optional(phase),
  }),
  do: v.optional(v.array(line), []),
  dont: v.optional(v.array(line), []),
  /** What can be counted to know that nobody was missed. */
  control: v.optional(v.array(line), []),
  escalation: v.optional(v.array(escalation), []),
  /** What to do when it works again. */
  return: v.optional(v.array(step), []),
  /** A routine of health care (HSL) says whether the medical lead nurse approved it. */
  healthCare: v.optional(v.boolean(), false),
  approval: v.optional(entry({ role: line, on: day })),
  reviewed: v.optional(entry({ on: day, role: line })),
  nextReview: v.optional(day),
  sources: v.optional(v.array(source), []),
  notes: v.optional(prose),
})
export type Routine = v.InferOutput<typeof routine>
