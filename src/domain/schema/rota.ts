import * as v from 'valibot'
import { entry, line } from './entry.ts'
import { identifier, instant, phoneNumber, referenceTo } from './values.ts'

/** Who holds which position by the hour: the layer of names over a phone tree. */
export const rota = entry({
  title: line,
  phoneTree: v.optional(referenceTo('phone-tree')),
  entries: v.array(
    entry({
      position: identifier,
      name: v.optional(line),
      number: v.optional(phoneNumber),
      private: v.optional(v.boolean()),
      from: instant,
      to: instant,
    }),
  ),
})
export type Rota = v.InferOutput<typeof rota>
