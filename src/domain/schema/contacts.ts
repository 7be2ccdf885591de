import * as v from 'valibot'
import { entry, line } from './entry.ts'
import { day, identifier, phoneNumber } from './values.ts'

/** A function one can call: "Sjuksköterska kväll", a supplier's emergency line. */
export const contact = entry({
  id: identifier,
  /** The function, not the person. */
  title: line,
  /** Short name for a big button, at most 24 characters. */
  short: v.optional(
    v.pipe(v.string(), v.minLength(1), v.maxLength(24, 'is longer than 24 characters')),
  ),
  /** When to call, what they can help with. */
  for: v.optional(line),
  number: phoneNumber,
  second: v.optional(phoneNumber),
  hours: v.optional(line),
  /** True when the number does not run through the municipality's switchboard. */
  direct: v.optional(v.boolean()),
  sms: v.optional(v.boolean()),
  /** A private number, left voluntarily and removable ("lämnat frivilligt, kan tas bort"). */
  private: v.optional(v.boolean()),
  organisation: v.optional(line),
  address: v.optional(line),
  aliases: v.optional(v.array(line), []),
})
export type Contact = v.InferOutput<typeof contact>

export const contacts = entry({
  title: line,
  checked: v.optional(entry({ on: day, role: line })),
  contacts: v.array(contact),
})
export type Contacts = v.InferOutput<typeof contacts>
