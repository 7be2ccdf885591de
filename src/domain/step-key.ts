import { phaseNames, type PhaseName, type Routine } from './schema/routine.ts'

/** Where a step of a routine stands: in a phase, or in what to do when it works again. */
export type StepPlace = PhaseName | 'return'

/**
 * A key for a step of a routine, so that a tick stays with it when the routine is published anew and the
 * step has moved: made of the phase and the Swedish text, letter case and spaces aside. A step whose
 * words changed is another step and loses its tick: somebody must read it again.
 *
 * `occurrence` counts steps of the same phase with the same text, from 0.
 */
export function stepKey(place: StepPlace, text: string, occurrence = 0): string {
  const words = text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()
  const suffix = occurrence === 0 ? '' : `-${occurrence + 1}`
  return `${place}-${hash(words)}${suffix}`
}

export interface KeyedStep {
  key: string
  place: StepPlace
  index: number
}

/** The keys of every step of a routine, each once. Give the Swedish body, not a translated one. */
export function stepKeys(routine: Routine): KeyedStep[] {
  const places: readonly StepPlace[] = [...phaseNames, 'return']
  return places.flatMap((place) => {
    const steps = place === 'return' ? routine.return : (routine.phases[place]?.steps ?? [])
    const seen = new Map<string, number>()
    return steps.map((step, index) => {
      const first = stepKey(place, step.text)
      const occurrence = seen.get(first) ?? 0
      seen.set(first, occurrence + 1)
      return { key: stepKey(place, step.text, occurrence), place, index }
    })
  })
}

/** 53 bits by two rounds of FNV-like mixing (cyrb53): to tell apart, not to protect. */
function hash(text: string): string {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36).padStart(11, '0')
}
