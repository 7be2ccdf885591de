import * as v from 'valibot'
import { entry, line } from './entry.ts'
import { identifier } from './values.ts'

/** The municipality. `example: true` puts up the banner ÖVNING and restricts numbers to fictional ones. */
export const organisation = entry({
  title: line,
  example: v.optional(v.boolean(), false),
  /** Departments in the order they are listed; each has a folder. */
  departments: v.pipe(v.array(identifier), v.minLength(1)),
  coordinator: line,
  website: v.optional(line),
})
export type Organisation = v.InferOutput<typeof organisation>
