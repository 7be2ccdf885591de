import * as v from 'valibot'
import { entry, line, prose } from './entry.ts'
import { answerRow, duration, identifier, source } from './values.ts'

export const fieldTypes = [
  'text',
  'lines',
  'date',
  'time',
  'check',
  'choice',
  'table',
  'identity',
  'signature',
] as const

/** One question of a paper form. `rows` is lines to write on (lines) or rows of a table. */
export const formField = entry({
  label: line,
  type: v.picklist(fieldTypes),
  help: v.optional(line),
  rows: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60))),
  columns: v.optional(v.array(line)),
  options: v.optional(v.array(line)),
})
export type FormField = v.InferOutput<typeof formField>

/** The kinds of record a sheet becomes part of: health care (HSL), social services (SoL/LSS), other. */
export const recordKinds = ['hsl', 'sol', 'other'] as const

/**
 * A paper form. Unit, date and time of the event, date written if another, who wrote, function,
 * signature, page x of y and serial number are on every form and are not listed in `fields`.
 */
export const form = entry({
  title: line,
  summary: v.optional(line),
  /** The screen it replaces. */
  replaces: line,
  systems: v.optional(v.array(identifier), []),
  answers: v.optional(v.array(answerRow), []),
  aliases: v.optional(v.array(line), []),
  record: v.picklist(recordKinds),
  fields: v.pipe(v.array(formField), v.minLength(1, 'has no fields')),
  /** Where blank ones lie: "Pärmen, flik 4". */
  kept: line,
  /** Who collects filled-in ones, and when. */
  collected: entry({ by: line, when: line }),
  /** Which system it is entered into afterwards, by whom, by when, who checks. */
  entered: entry({
    into: line,
    system: v.optional(identifier),
    by: line,
    within: v.optional(duration),
    checkedBy: line,
  }),
  /** How long the paper is kept afterwards. */
  retention: line,
  /** How many blank copies belong in the binder. */
  copies: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)), 10),
  /** First part of the serial number: 2–4 capital letters. */
  serialPrefix: v.pipe(v.string(), v.regex(/^[A-Z]{2,4}$/, 'must be 2–4 capital letters A–Z')),
  /** How to draw it on blank paper when the printers are down too. */
  copyByHand: v.array(line),
  sources: v.optional(v.array(source), []),
  notes: v.optional(prose),
})
export type Form = v.InferOutput<typeof form>
