import * as v from 'valibot'
import { entry, line } from './entry.ts'
import { identifier, phoneNumber } from './values.ts'

/** One system of the organisation's register. */
export const system = entry({
  id: identifier,
  title: line,
  /** The names people use for it. */
  names: v.optional(v.array(line), []),
  purpose: line,
  owner: line,
  supplier: v.optional(line),
  emergency: v.optional(phoneNumber),
  needs: v.optional(v.array(v.picklist(['network', 'mobile-data', 'power', 'login'])), []),
  /** Other sources that hold copies of its data: the lost-data list. */
  copies: v.optional(v.array(line), []),
})
export type System = v.InferOutput<typeof system>

/** The organisation's register of systems, published with `gemensamt`. */
export const systems = entry({ title: line, systems: v.array(system) })
export type Systems = v.InferOutput<typeof systems>
