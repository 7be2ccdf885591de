import * as v from 'valibot'
import { entry, line, prose } from './entry.ts'
import { identifier, instant } from './values.ts'

/** What works, what does not, what may and may not be done (läge nu). One is in force: not `ended`. */
export const situation = entry({
  title: line,
  summary: v.optional(prose),
  since: instant,
  nextNews: v.optional(instant),
  ended: v.optional(instant),
  items: v.optional(
    v.array(
      entry({
        title: line,
        system: v.optional(identifier),
        state: v.picklist(['works', 'partly', 'down']),
        note: v.optional(line),
      }),
    ),
    [],
  ),
  may: v.optional(v.array(line), []),
  mayNot: v.optional(v.array(line), []),
  signedBy: line,
  drill: v.optional(v.boolean(), false),
})
export type Situation = v.InferOutput<typeof situation>
