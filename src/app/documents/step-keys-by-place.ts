import type { Routine } from '#domain/schema/routine.ts'
import { stepKeys, type StepPlace } from '#domain/step-key.ts'

/** The keys of a routine's steps, a list for each phase in the order of its steps. */
export function stepKeysByPlace(routine: Routine): Record<StepPlace, string[]> {
  const keys: Record<StepPlace, string[]> = {
    minutes15: [],
    hour1: [],
    day1: [],
    week1: [],
    longer: [],
    neverBack: [],
    return: [],
  }
  for (const { key, place } of stepKeys(routine)) keys[place].push(key)
  return keys
}
