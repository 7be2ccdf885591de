import * as v from 'valibot'
import { parseStrictJson } from '#trust/json.ts'
import { parseGeneral } from '#trust/jws.ts'
import { maxKeepDays, outerSchema } from './entry-schema.ts'

const clearSchema = v.object({
  epoch: outerSchema.entries.epoch,
  keepDays: outerSchema.entries.keepDays,
})

/**
 * What a store's keeper has to know of an entry it admitted earlier. Believes nothing: for what is no
 * entry, epoch 0 and the longest time.
 */
export function readClear(bytes: Uint8Array): { epoch: number; keepDays: number } {
  try {
    return v.parse(clearSchema, parseStrictJson(parseGeneral(bytes).payload))
  } catch {
    return { epoch: 0, keepDays: maxKeepDays }
  }
}
