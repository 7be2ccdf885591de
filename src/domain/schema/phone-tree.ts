import * as v from 'valibot'
import { entry, line, prose } from './entry.ts'
import { day, identifier, phoneNumber, referenceTo } from './values.ts'

/**
 * One place in a phone tree: a function first; a name is a layer from the rota.
 * `calls` lists position ids in the order they are called. The number is the position's own, or its
 * contact's where `contact` is given.
 */
export const position = entry({
  id: identifier,
  title: line,
  unit: v.optional(line),
  contact: v.optional(referenceTo('contact')),
  number: v.optional(phoneNumber),
  second: v.optional(phoneNumber),
  hours: v.optional(line),
  name: v.optional(line),
  private: v.optional(v.boolean()),
  calls: v.optional(v.array(identifier), []),
  /** Whom to call instead when nobody answers (ring i stället): a position of this tree. */
  deputy: v.optional(identifier),
})
export type Position = v.InferOutput<typeof position>

export const phoneTree = entry({
  title: line,
  purpose: prose,
  /** When this tree is used, for example "Vardag kväll 16–22". */
  hours: v.optional(line),
  unit: v.optional(line),
  /** What the caller says. */
  script: prose,
  /** What the caller says in a drill; it begins with ÖVNING. */
  drillScript: v.optional(prose),
  /** Whether people may say no: "Du måste inte komma". */
  voluntary: v.optional(v.boolean(), false),
  /** Who may start it, in words. */
  mayStart: v.array(line),
  /** The position the chain begins with, and which the last persons call back to. */
  start: identifier,
  minutesPerCall: v.optional(v.pipe(v.number(), v.minValue(0.5), v.maxValue(60)), 3),
  positions: v.pipe(v.array(position), v.minLength(2, 'needs at least two positions')),
  checked: v.optional(entry({ on: day, role: line })),
  drills: v.optional(
    v.array(entry({ on: day, minutes: v.optional(v.number()), result: v.optional(line) })),
    [],
  ),
})
export type PhoneTree = v.InferOutput<typeof phoneTree>
