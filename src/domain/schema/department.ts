import * as v from 'valibot'
import { entry, line, prose } from './entry.ts'
import { answerRow, clockTime, identifier, referenceTo } from './values.ts'

/** What a shift must leave on paper: ticked, its content never entered. */
export const shiftList = entry({
  id: identifier,
  title: line,
  /** At the end of which shift it is printed. */
  printed: line,
  at: v.optional(clockTime),
  by: line,
  kept: line,
})

/** A department (verksamhet): its settings and what its start screen shows first. */
export const department = entry({
  title: line,
  /** What it does, in one line. */
  summary: v.optional(line),
  /** Words that differ between municipalities: `client: brukare`. */
  terms: v.optional(entry({ client: v.optional(line), clients: v.optional(line) })),
  /** Months between review, exercise and check of phone trees. */
  intervals: v.optional(
    entry({
      review: v.optional(v.number(), 12),
      exercise: v.optional(v.number(), 12),
      phoneTree: v.optional(v.number(), 3),
    }),
  ),
  /** Days that what phones tell each other is kept (who is in, what each holds); 400 where it is left out. */
  keepEntries: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(30, 'is less than 30 days'), v.maxValue(400)),
  ),
  /** The numbers that stand first on the start screen; 112 is always added. At most four. */
  firstNumbers: v.pipe(v.array(referenceTo('contact')), v.maxLength(4, 'has more than four')),
  /** The card for "Jag vet inte vad som är fel"; that of gemensamt where none is named. */
  firstCard: v.optional(referenceTo('routine')),
  /** Own routines, most critical first; those not named come after. */
  order: v.optional(v.array(referenceTo('routine')), []),
  shiftLists: v.optional(v.array(shiftList), []),
  units: v.optional(v.array(line), []),
  binder: v.optional(entry({ place: line, responsible: line })),
  /** Critical activities in one or two sentences. */
  critical: v.optional(prose),
  answers: v.optional(v.array(answerRow), []),
})
export type Department = v.InferOutput<typeof department>
