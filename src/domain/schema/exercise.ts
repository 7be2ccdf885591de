import * as v from 'valibot'
import { entry, line, prose } from './entry.ts'
import { answerRow, day, duration, reference } from './values.ts'

/** An exercise (övning): the plan tried for real, with paper and phones. */
export const exercise = entry({
  title: line,
  purpose: prose,
  scenario: prose,
  length: duration,
  participants: v.array(line),
  preparation: v.optional(v.array(line), []),
  /** What the leader says or does, and when. */
  injects: v.optional(
    v.array(entry({ after: duration, text: prose, expected: v.optional(prose) })),
    [],
  ),
  questions: v.optional(v.array(line), []),
  uses: v.optional(v.array(reference), []),
  answers: v.optional(v.array(answerRow), []),
  log: v.optional(v.array(entry({ on: day, role: line, result: prose })), []),
})
export type Exercise = v.InferOutput<typeof exercise>
