import { manageSv } from '#i18n/manage-sv.ts'
import type { Place } from './differences.ts'
import type { ManageText } from './use-manage-text.ts'

/** Fields that only hold others and say nothing by themselves. */
const silent = new Set(['phases'])
/** Lists whose entries have a name that says enough. */
const named = new Set(['contacts', 'positions', 'systems', 'items', 'dependencies', 'fields'])

/** Where in a document something stands, in words: "Första 15 minuterna › Steg 3 › Vem". */
export function trailWords(trail: readonly Place[], t: ManageText): string {
  const words = trail.flatMap((place, at): string[] => {
    const next = trail[at + 1]
    if ('entry' in place) return [place.entry]
    if ('number' in place) {
      const list = trail[at - 1]
      const field = list !== undefined && 'field' in list ? list.field : ''
      // "Steg 3"; for a list of lines the list itself has been named.
      return [field === 'steps' ? `${t('field.steps')} ${place.number}` : t('change.row', { number: place.number })] // prettier-ignore
    }
    if (silent.has(place.field)) return []
    if (next !== undefined && 'entry' in next && named.has(place.field)) return []
    if (next !== undefined && 'number' in next && place.field === 'steps') return []
    // The text of a step or a line is what the way there already says.
    if (at > 0 && place.field === 'text' && at === trail.length - 1) return []
    return [fieldWord(place.field, t)]
  })
  return words.join(' › ')
}

/** A field's name as people say it; a field of a later app as it is written. */
export function fieldWord(field: string, t: ManageText): string {
  return isKnownField(field) ? t(`field.${field}`) : field
}

function isKnownField(field: string): field is keyof typeof manageSv.field {
  return Object.hasOwn(manageSv.field, field)
}

/** Fields whose values are one of a few words of the schema. */
const chosen = new Set(['state', 'group', 'type', 'record', 'needs'])

/** One of a few words of the schema as people say it. */
export function valueWord(field: string, value: string, t: ManageText): string {
  return chosen.has(field) && isKnownValue(value) ? t(`value.${value}`) : value
}

function isKnownValue(value: string): value is keyof typeof manageSv.value {
  return Object.hasOwn(manageSv.value, value)
}
